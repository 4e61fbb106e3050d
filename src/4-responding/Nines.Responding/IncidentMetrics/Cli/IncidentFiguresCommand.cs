using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using NodaTime;

namespace Nines.Responding.IncidentMetrics.Cli;

/// <summary><c>nines incident figures</c>.</summary>
internal sealed class IncidentFiguresCommand : AskCommand<MetricReport>
{
    private readonly Option<string> _by = new("--by") { Description = "all, service, severity or month", DefaultValueFactory = _ => "all" };
    private readonly Option<int> _days = new("--days") { Description = "So many days back", DefaultValueFactory = _ => 90 };

    /// <inheritdoc />
    public override string Path => "incident figures";

    /// <inheritdoc />
    public override string Summary => "How long it takes to detect, acknowledge, mitigate, restore and resolve, with median and 90 %, and how often it happens again.";

    /// <inheritdoc />
    public override string Example => "nines incident figures --by service --days 90";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("incidents");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Options.Add(_by);
        command.Options.Add(_days);
    }

    /// <inheritdoc />
    protected override Task<Outcome<MetricReport>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<MetricReport>($"/api/v1/incident-metrics?by={Uri.EscapeDataString(parse.GetValue(_by)!)}&days={parse.GetValue(_days)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(MetricReport answer, CommandRun run)
    {
        var table = new TextTable().Column("group").Column("figure").Column("incidents").Column("mean").Column("median").Column("90 %").Column("target");
        foreach (var group in answer.Groups)
            foreach (var row in group.Metrics.Where(m => m.Count > 0))
                table.Row(group.Group, row.Key, $"{row.Count}", Words(row.Mean), Words(row.Median), Words(row.P90), row.Target is { } target ? $"< {Words(target)}{(row.Late == true ? " missed" : "")}" : "");
        table.Write(run.Screen);
    }

    private static string Words(Duration? length) => length switch
    {
        null => "–",
        { TotalMinutes: < 120 } minutes => FormattableString.Invariant($"{minutes.TotalMinutes:0.#} min"),
        { TotalHours: < 48 } hours => FormattableString.Invariant($"{hours.TotalHours:0.#} h"),
        { } days => FormattableString.Invariant($"{days.TotalDays:0.#} d"),
    };
}
