using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Silences.Cli;

/// <summary><c>nines silence add</c>, formerly <c>nines alerts silence set</c>.</summary>
internal sealed class SilenceSetCommand(string path) : AskCommand<SilenceSet>
{
    private readonly Argument<string[]> _matchers = new("matchers") { Description = "label=value, label!=value, label=~pattern, label!~pattern; all must hold", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _for = new("--for") { Description = "How long, such as 2h (default 1h; with --until-resolved at most 30d)" };
    private readonly Option<bool> _untilResolved = new("--until-resolved") { Description = "Ends as soon as nothing that it chooses fires any more" };
    private readonly Option<double?> _maxBudget = new("--max-budget") { Description = "Breaks when an error budget that it hides falls by more than this share, such as 0.05" };
    private readonly Option<int?> _maxAlerts = new("--max-alerts") { Description = "Breaks when it holds back more alerts than this" };
    private readonly Option<string> _owner = new("--owner") { Description = "Who answers for it", Required = true };
    private readonly Option<string> _comment = new("--comment") { Description = "Why", DefaultValueFactory = _ => "" };

    /// <inheritdoc />
    public override string Path => path;

    /// <inheritdoc />
    public override string Summary => "Holds alerts back until a time; what still fires then is told.";

    /// <inheritdoc />
    public override string Example => $"nines {path} service=checkout --for 2h --owner alice --comment \"database move\" --max-alerts 20";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("silences");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_matchers);
        command.Options.Add(_for);
        command.Options.Add(_untilResolved);
        command.Options.Add(_maxBudget);
        command.Options.Add(_maxAlerts);
        command.Options.Add(_owner);
        command.Options.Add(_comment);
    }

    /// <inheritdoc />
    protected override async Task<Outcome<SilenceSet>> AskAsync(ParseResult parse, CommandRun run)
    {
        var untilResolved = parse.GetValue(_untilResolved);
        var text = parse.GetValue(_for) ?? (untilResolved ? null : "1h");
        NodaTime.Duration? length = null;
        if (text is not null)
        {
            if (!FieldDuration.TryParse(text, out var read)) return Problem.Invalid($"\"{text}\" is not a duration.", "Write one such as 30m, 2h or 1d.", "--for");
            length = read;
        }

        var asked = new SilenceRequest(
            parse.GetValue(_matchers)!, For: length, Owner: parse.GetValue(_owner)!, Comment: parse.GetValue(_comment)!, UntilResolved: untilResolved,
            MaxBudget: parse.GetValue(_maxBudget), MaxAlerts: parse.GetValue(_maxAlerts));
        return await run.Server.PostAsync<SilenceSet>("/api/v1/silences", asked, run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(SilenceSet answer, CommandRun run) => run.Screen.WriteLine($"Silence {answer.Id} holds until {answer.EndsAt:yyyy-MM-dd HH:mm:ss}Z{(answer.Bounds is null ? "" : ", or until a bound of it is reached")}.");
}
