using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Responding.Security.Cli;

/// <summary><c>nines security declare</c>.</summary>
internal sealed class SecurityOpenCommand : AskCommand<SecurityView>
{
    private readonly Argument<string> _title = new("title") { Description = "What is suspected" };
    private readonly Option<string> _kind = new("--kind") { Description = "Which playbook: " + SecurityWords.All<CaseKind>() };
    private readonly Option<string> _severity = new("--severity") { Description = "sev1 to sev4; left out, that of the playbook" };
    private readonly Option<string[]> _services = new("--service") { Description = "What it is about", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _text = new("--text") { Description = "What was seen" };
    private readonly Option<string> _confirmed = new("--confirmed") { Description = "How it is known that it is real; left out, it is suspected" };
    private readonly Option<string> _aware = new("--aware") { Description = "Since when it is known, as 2026-11-22T08:10:00Z" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <inheritdoc />
    public override string Path => "security declare";

    /// <inheritdoc />
    public override string Summary => "Opens a security case that only its circle reads.";

    /// <inheritdoc />
    public override string Example => "nines security declare \"Customer table read from abroad\" --kind data-access --text \"Export at 03:12 from an unknown address\"";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("security");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_title);
        foreach (var option in (Option[])[_kind, _severity, _services, _text, _confirmed, _aware, _by]) command.Options.Add(option);
    }

    /// <inheritdoc />
    protected override Task<Outcome<SecurityView>> AskAsync(ParseResult parse, CommandRun run)
    {
        var body = new Dictionary<string, object>
        {
            ["title"] = parse.GetValue(_title)!,
            ["kind"] = parse.GetValue(_kind) ?? "",
            ["severity"] = parse.GetValue(_severity) ?? "",
            ["services"] = parse.GetValue(_services) ?? [],
            ["text"] = parse.GetValue(_text) ?? "",
            ["confirmed"] = parse.GetValue(_confirmed) ?? "",
            ["by"] = parse.GetValue(_by) ?? "",
        };
        if (parse.GetValue(_aware) is { Length: > 0 } aware) body["aware"] = aware;
        return run.Server.PostAsync<SecurityView>("/api/v1/security/cases", body, run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(SecurityView answer, CommandRun run) => SecurityScreenWords.Head(answer, run.Screen, run.Clock.Now());
}
