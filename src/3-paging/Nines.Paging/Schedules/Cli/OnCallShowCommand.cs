using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Schedules.Cli;

/// <summary><c>nines oncall show</c>.</summary>
internal sealed class OnCallShowCommand : AskCommand<ScheduleView>
{
    private const int MostDays = 400;

    private readonly Argument<string> _schedule = new("schedule") { Description = "The schedule" };
    private readonly Option<int> _days = new("--days") { Description = "How far ahead", DefaultValueFactory = _ => 14 };

    /// <inheritdoc />
    public override string Path => "oncall show";

    /// <inheritdoc />
    public override string Summary => "Shows a schedule: who is on call when, its overrides, who asks for cover.";

    /// <inheritdoc />
    public override string Example => "nines oncall show payments --days 14";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("schedules");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_schedule);
        command.Options.Add(_days);
    }

    /// <inheritdoc />
    protected override async Task<Outcome<ScheduleView>> AskAsync(ParseResult parse, CommandRun run)
    {
        var days = parse.GetValue(_days);
        if (days is < 1 or > MostDays) return Problem.Invalid($"{days} days are too few or too many.", $"Write 1 to {MostDays}.", "--days");
        var now = run.Clock.Now();
        return await run.Server.GetAsync<ScheduleView>($"/api/v1/schedules/{Uri.EscapeDataString(parse.GetValue(_schedule)!)}?from={now}&to={now + NodaTime.Duration.FromDays(days)}", run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(ScheduleView answer, CommandRun run)
    {
        var zone = NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(answer.Zone) ?? NodaTime.DateTimeZone.Utc;
        run.Screen.WriteLine($"{answer.DisplayName}, times in {answer.Zone}");
        var table = new TextTable().Column("from").Column("until").Column("on call").Column("layer", drop: 2).Column("why", drop: 1, cut: true);
        foreach (var shift in answer.Shifts)
            table.Row(OnCallTimes.Words(shift.From, zone), OnCallTimes.Words(shift.Until, zone), shift.IsGap ? new TextCell("nobody", "red") : string.Join(", ", shift.People), shift.Layer, shift.Reason);
        table.Write(run.Screen);
        if (answer.Overrides.Any(o => o.Open))
        {
            run.Screen.WriteLine("Overrides:");
            var overrides = new TextTable().Column("from").Column("until").Column("who").Column("note", drop: 1, cut: true).Column("id");
            foreach (var o in answer.Overrides.Where(o => o.Open)) overrides.Row(OnCallTimes.Words(o.From, zone), OnCallTimes.Words(o.Until, zone), o.Words, o.Note, o.Id);
            overrides.Write(run.Screen);
        }

        foreach (var asked in answer.Asked)
            run.Screen.WriteLine($"{asked.By} asks {(asked.To.Length > 0 ? asked.To : "anybody")} for cover, {OnCallTimes.Words(asked.From, zone)} to {OnCallTimes.Words(asked.Until, zone)}: nines oncall cover-accept {answer.Name} {asked.Id} --by NAME");
    }
}

/// <summary>Times in a schedule's own zone.</summary>
internal static class OnCallTimes
{
    public static string Words(NodaTime.Instant at, NodaTime.DateTimeZone zone) => at.InZone(zone).ToString("ddd yyyy-MM-dd HH:mm x", System.Globalization.CultureInfo.InvariantCulture);
}
