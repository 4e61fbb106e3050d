using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Measuring.Changes.Cli;

/// <summary><c>nines change add</c>: one line of a deploy script.</summary>
internal sealed class ChangeAddCommand : AskCommand<Change>
{
    private readonly Argument<string> _title = new("title") { Description = "One line; made from kind and version where it is left out", DefaultValueFactory = _ => "", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _service = new("--service") { Description = "The service that changed; all where it is left out", DefaultValueFactory = _ => "" };
    private readonly Option<string> _kind = new("--kind") { Description = "deploy, rollback, config, flag or other", DefaultValueFactory = _ => "deploy" };
    private readonly Option<string> _version = new("--to") { Description = "What it is now: a version, a commit, a flag's value", DefaultValueFactory = _ => "" };
    private readonly Option<string> _stage = new("--stage") { Description = "Where", DefaultValueFactory = _ => "" };
    private readonly Option<string> _key = new("--key") { Description = "A key of your own: the same key again changes nothing", DefaultValueFactory = _ => "" };
    private readonly Option<string> _link = new("--link") { Description = "Where to read more", DefaultValueFactory = _ => "" };
    private readonly Option<NodaTime.Instant?> _at = CliOption.Instant("--at", "When it began; now where it is left out");

    /// <inheritdoc />
    public override string Path => "change add";

    /// <inheritdoc />
    public override string Summary => "Tells of a deploy, a changed setting or flag, so that it stands beside objectives and alerts.";

    /// <inheritdoc />
    public override string Example => "nines change add --service checkout --to 1.4.2 --link https://ci.example.com/run/7";

    /// <inheritdoc />
    public override Permission Permission => Permission.Send("changes");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_title);
        foreach (var option in (Option[])[_service, _kind, _version, _stage, _key, _link, _at]) command.Options.Add(option);
    }

    /// <inheritdoc />
    protected override Task<Outcome<Change>> AskAsync(ParseResult parse, CommandRun run)
    {
        var link = parse.GetValue(_link)!;
        var told = new ChangeRequest(
            parse.GetValue(_service)!, parse.GetValue(_kind)!, parse.GetValue(_title)!, parse.GetValue(_version)!, parse.GetValue(_stage)!, parse.GetValue(_at), Source: "nines change add",
            Key: parse.GetValue(_key)!, Links: link.Length > 0 ? new Dictionary<string, string> { ["more"] = link } : null);
        return run.Server.PostAsync<Change>("/api/v1/changes", told, run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(Change answer, CommandRun run) => run.Screen.WriteLine($"{answer.Title}{(answer.Service.Length > 0 ? $" ({answer.Service})" : "")}, {answer.At:yyyy-MM-dd HH:mm:ss}Z: {answer.Id}");
}
