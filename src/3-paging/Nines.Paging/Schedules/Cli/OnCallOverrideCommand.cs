using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using NodaTime;
using Spectre.Console;

namespace Nines.Paging.Schedules.Cli;

/// <summary><c>nines oncall override</c>.</summary>
internal sealed class OnCallOverrideCommand : AskCommand<OverrideSet>
{
    private readonly Argument<string> _schedule = new("schedule") { Description = "The schedule" };
    private readonly Option<string> _person = new("--person") { Description = "Who comes" };
    private readonly Option<string> _insteadOf = new("--instead-of") { Description = "Whose place it is; everybody's where it is left out; alone: this person is off" };
    private readonly Option<bool> _beside = new("--beside") { Description = "Beside those who are on call, not instead of them" };
    private readonly Option<Instant?> _from = CliOption.Instant("--from", "From when; now where it is left out");
    private readonly Option<Instant?> _until = CliOption.Instant("--until", "Until when");
    private readonly Option<Duration?> _for = CliOption.Duration("--for", "Or how long, such as 8h");
    private readonly Option<bool> _evenIfGap = new("--even-if-gap") { Description = "Also where nobody is on call then; needs a note" };
    private readonly Option<string> _note = new("--note") { Description = "Why" };

    /// <inheritdoc />
    public override string Path => "oncall override";

    /// <inheritdoc />
    public override string Summary => "Puts somebody on call for a time, or takes somebody off; the newest override counts.";

    /// <inheritdoc />
    public override string Example => "nines oncall override payments --person bo --instead-of ada --from 2026-11-19T18:00:00+01:00 --for 12h";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("schedules");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_schedule);
        foreach (var option in new Option[] { _person, _insteadOf, _beside, _from, _until, _for, _evenIfGap, _note }) command.Options.Add(option);
    }

    /// <inheritdoc />
    protected override async Task<Outcome<OverrideSet>> AskAsync(ParseResult parse, CommandRun run)
    {
        var from = parse.GetValue(_from);
        var until = parse.GetValue(_until) ?? (parse.GetValue(_for) is { } length ? (from ?? run.Clock.Now()) + length : null);
        if (until is null) return Problem.Invalid("An end is missing.", "Write --until TIME or --for DURATION.", "--until");
        var asked = new OverrideRequest(
            parse.GetValue(_person) ?? "", parse.GetValue(_insteadOf) ?? "", parse.GetValue(_beside), from, until, parse.GetValue(_evenIfGap), parse.GetValue(_note) ?? "");
        return await run.Server.PostAsync<OverrideSet>($"/api/v1/schedules/{Uri.EscapeDataString(parse.GetValue(_schedule)!)}/overrides", asked, run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(OverrideSet answer, CommandRun run) =>
        run.Screen.WriteLine($"Override {answer.Id} counts from {answer.From} until {answer.Until}. Take it back with: nines oncall override-end {answer.Schedule} {answer.Id}");
}

/// <summary><c>nines oncall override-end</c>.</summary>
internal sealed class OnCallOverrideEndCommand : AskCommand<OverrideEnded>
{
    private readonly Argument<string> _schedule = new("schedule") { Description = "The schedule" };
    private readonly Argument<string> _id = new("id") { Description = "The override" };

    /// <inheritdoc />
    public override string Path => "oncall override-end";

    /// <inheritdoc />
    public override string Summary => "Takes an override back; what of it was past stays.";

    /// <inheritdoc />
    public override string Example => "nines oncall override-end payments 01kahz3v9v2m5c1r8t7w0x4y6z";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("schedules");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_schedule);
        command.Arguments.Add(_id);
    }

    /// <inheritdoc />
    protected override Task<Outcome<OverrideEnded>> AskAsync(ParseResult parse, CommandRun run) => run.Server.SendAsync<OverrideEnded>(
        new(HttpMethod.Delete, $"/api/v1/schedules/{Uri.EscapeDataString(parse.GetValue(_schedule)!)}/overrides/{Uri.EscapeDataString(parse.GetValue(_id)!)}"), run.Stop);

    /// <inheritdoc />
    protected override void Show(OverrideEnded answer, CommandRun run) => run.Screen.WriteLine($"Override {answer.Id} no longer counts.");
}
