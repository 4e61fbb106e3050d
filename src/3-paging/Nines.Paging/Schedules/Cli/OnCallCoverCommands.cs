using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using NodaTime;
using Spectre.Console;

namespace Nines.Paging.Schedules.Cli;

/// <summary>Asks for cover or for a swap; nothing changes until somebody accepts.</summary>
internal abstract class AskForCover : AskCommand<CoverAsked>
{
    private readonly Argument<string> _schedule = new("schedule") { Description = "The schedule" };
    private readonly Option<string> _by = new("--by") { Description = "Who asks", Required = true };
    private readonly Option<string> _to = new("--to") { Description = "Who is asked; anybody where it is left out" };
    private readonly Option<Instant?> _from = CliOption.Instant("--from", "Of the time to be covered; now where it is left out");
    private readonly Option<Instant?> _until = CliOption.Instant("--until", "Of the time to be covered");

    /// <inheritdoc />
    public sealed override Permission Permission => Permission.Write("schedules");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_schedule);
        foreach (var option in new Option[] { _by, _to, _from, _until }) command.Options.Add(option);
    }

    /// <inheritdoc />
    protected sealed override Task<Outcome<CoverAsked>> AskAsync(ParseResult parse, CommandRun run)
    {
        var asked = Complete(parse, new(parse.GetValue(_by)!, parse.GetValue(_to) ?? "", parse.GetValue(_from), parse.GetValue(_until)));
        return run.Server.PostAsync<CoverAsked>($"/api/v1/schedules/{Uri.EscapeDataString(parse.GetValue(_schedule)!)}/covers", asked, run.Stop);
    }

    /// <summary>What only one of the two commands knows.</summary>
    protected virtual CoverAsk Complete(ParseResult parse, CoverAsk asked) => asked;

    /// <inheritdoc />
    protected sealed override void Show(CoverAsked answer, CommandRun run) =>
        run.Screen.WriteLine($"Asked. It waits for: nines oncall cover-accept {answer.Schedule} {answer.Id} --by NAME");
}

/// <summary><c>nines oncall cover</c>.</summary>
internal sealed class OnCallCoverCommand : AskForCover
{
    /// <inheritdoc />
    public override string Path => "oncall cover";

    /// <inheritdoc />
    public override string Summary => "Asks somebody, or anybody, to cover a time; nothing changes until they accept.";

    /// <inheritdoc />
    public override string Example => "nines oncall cover payments --by ada --to bo --from 2026-11-19T18:00:00+01:00 --until 2026-11-20T06:00:00+01:00";
}

/// <summary><c>nines oncall swap</c>.</summary>
internal sealed class OnCallSwapCommand : AskForCover
{
    private readonly Option<Instant?> _backFrom = CliOption.Instant("--back-from", "Of the time taken in return");
    private readonly Option<Instant?> _backUntil = CliOption.Instant("--back-until", "Of the time taken in return");

    /// <inheritdoc />
    public override string Path => "oncall swap";

    /// <inheritdoc />
    public override string Summary => "Asks for a swap: my time for yours; nothing changes until they accept.";

    /// <inheritdoc />
    public override string Example => "nines oncall swap payments --by ada --to bo --from 2026-11-23T09:00:00Z --until 2026-11-30T09:00:00Z --back-from 2026-11-30T09:00:00Z --back-until 2026-12-07T09:00:00Z";

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        base.Configure(command);
        command.Options.Add(_backFrom);
        command.Options.Add(_backUntil);
    }

    /// <inheritdoc />
    protected override CoverAsk Complete(ParseResult parse, CoverAsk asked) => asked with { BackFrom = parse.GetValue(_backFrom), BackUntil = parse.GetValue(_backUntil) };
}

/// <summary><c>nines oncall cover-accept</c>.</summary>
internal sealed class OnCallCoverAcceptCommand : AskCommand<CoverAnswered>
{
    private readonly Argument<string> _schedule = new("schedule") { Description = "The schedule" };
    private readonly Argument<string> _id = new("id") { Description = "The request" };
    private readonly Option<string> _by = new("--by") { Description = "Who answers", Required = true };
    private readonly Option<bool> _decline = new("--decline") { Description = "Say no" };

    /// <inheritdoc />
    public override string Path => "oncall cover-accept";

    /// <inheritdoc />
    public override string Summary => "Accepts or declines a request for cover; accepted, it becomes an override at once.";

    /// <inheritdoc />
    public override string Example => "nines oncall cover-accept payments 01kahz3v9v2m5c1r8t7w0x4y6z --by bo";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("schedules");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_schedule);
        command.Arguments.Add(_id);
        command.Options.Add(_by);
        command.Options.Add(_decline);
    }

    /// <inheritdoc />
    protected override Task<Outcome<CoverAnswered>> AskAsync(ParseResult parse, CommandRun run) => run.Server.PostAsync<CoverAnswered>(
        $"/api/v1/schedules/{Uri.EscapeDataString(parse.GetValue(_schedule)!)}/covers/{Uri.EscapeDataString(parse.GetValue(_id)!)}/answer",
        new { by = parse.GetValue(_by)!, accept = !parse.GetValue(_decline) }, run.Stop);

    /// <inheritdoc />
    protected override void Show(CoverAnswered answer, CommandRun run) => run.Screen.WriteLine(answer.Accepted ? "Accepted: the schedule has changed." : "Declined: the schedule stays as it is.");
}
