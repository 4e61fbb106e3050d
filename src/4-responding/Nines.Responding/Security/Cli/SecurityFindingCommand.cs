using System.CommandLine;
using System.Text.Json;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Responding.Security.Cli;

/// <summary><c>nines security finding</c>.</summary>
internal sealed class SecurityFindingCommand : AskCommand<JsonElement>
{
    private readonly Argument<string> _rule = new("rule") { Description = "What found it" };
    private readonly Argument<string> _text = new("text") { Description = "What was found" };
    private readonly Option<string> _category = new("--category") { Description = SecurityWords.All<SignalCategory>(), DefaultValueFactory = _ => "other" };
    private readonly Option<string> _service = new("--service") { Description = "What it is about" };

    /// <inheritdoc />
    public override string Path => "security finding";

    /// <inheritdoc />
    public override string Summary => "Reports a finding, as a log shipper does: it opens a case or joins one, and answers only that it was taken.";

    /// <inheritdoc />
    public override string Example => "nines security finding sshd \"400 failed sign-ins from one address\" --category failed-logins";

    /// <inheritdoc />
    public override Permission Permission => Permission.Send("security");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_rule);
        command.Arguments.Add(_text);
        command.Options.Add(_category);
        command.Options.Add(_service);
    }

    /// <inheritdoc />
    protected override Task<Outcome<JsonElement>> AskAsync(ParseResult parse, CommandRun run) => run.Server.PostAsync<JsonElement>(
        "/api/v1/security/signals", new { rule = parse.GetValue(_rule), text = parse.GetValue(_text), category = parse.GetValue(_category), service = parse.GetValue(_service) ?? "" }, run.Stop);

    /// <inheritdoc />
    protected override void Show(JsonElement answer, CommandRun run) => run.Screen.WriteLine("The finding was taken.");
}

/// <summary><c>nines security signals</c>.</summary>
internal sealed class SecuritySignalsCommand : AskCommand<SecuritySignal[]>
{
    /// <inheritdoc />
    public override string Path => "security signals";

    /// <inheritdoc />
    public override string Summary => "Lists the signals that open cases here.";

    /// <inheritdoc />
    public override string Example => "nines security signals";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("security");

    /// <inheritdoc />
    protected override Task<Outcome<SecuritySignal[]>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<SecuritySignal[]>("/api/v1/security/signals", run.Stop);

    /// <inheritdoc />
    protected override void Show(SecuritySignal[] answer, CommandRun run)
    {
        if (answer.Length == 0) run.Screen.WriteLine("No signal counts: no SecurityPolicy says who is to read the cases.");
        var table = new TextTable().Column("signal").Column("category").Column("counts", cut: true).Column("at least").Column("within");
        foreach (var one in answer)
            table.Row(one.Name, SecurityWords.Of(one.Category), one.Own is { } own ? OwnFacts.Words(own) : one.Metric + one.Promql, one.AtLeast.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture), FieldDuration.Format(one.Within));
        if (answer.Length > 0) table.Write(run.Screen);
    }
}
