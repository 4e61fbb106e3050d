using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Responding.IncidentMetrics.Cli;
using Nines.Responding.IncidentMetrics.Ui;
using Nines.Responding.Incidents;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;
using NodaTime;

namespace Nines.Responding.IncidentMetrics;

/// <summary>The room of incident figures: how long it takes to detect, acknowledge, mitigate, restore; how often it happens again.</summary>
public sealed class IncidentMetricsModule : Module
{
    private const int MostDays = 3_650;

    /// <inheritdoc />
    public override string Name => "incidentmetrics";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        var read = Permission.Read("incidents");
        room.Services.AddSingleton(new LoopPlace(Loop.Respond, "Incident figures", "/incident-metrics", "signal", Order: 40));
        room.Get("/api/v1/incident-metrics", read, (HttpContext http, IncidentReading incidents, TimeProvider clock) =>
            Answer(Report(http, incidents, clock), report => Results.Json(report, HouseJson.Options), Answers.Refuse));
        room.Get("/incident-metrics.csv", read, (HttpContext http, IncidentReading incidents, TimeProvider clock) =>
            Answer(Report(http, incidents, clock), report => TableExport.Csv([.. report.Groups.SelectMany(g => g.Metrics.Select(m => (g, m)))], Columns, "incident-metrics"), Answers.Refuse));
        room.Get("/incident-metrics", read, (HttpContext http, IncidentReading incidents, TimeProvider clock) =>
            Answer(Report(http, incidents, clock), report => new PageResult<MetricsPage>(new Dictionary<string, object?> { ["Report"] = report, ["Days"] = (int)(report.Until - report.From).TotalDays }), problems => ProblemAnswers.Refuse(http, problems)));
        room.Command(new IncidentFiguresCommand());
    }

    private static IReadOnlyList<Column<(MetricGroup Group, MetricRow Row)>> Columns { get; } =
    [
        new("group", "Group", r => r.Group.Group),
        new("incidents", "Incidents", r => r.Group.Incidents),
        new("repeats", "Repeats", r => r.Group.Repeats),
        new("metric", "Figure", r => r.Row.Key),
        new("count", "Count", r => r.Row.Count),
        new("mean", "Mean, minutes", r => r.Row.Mean?.TotalMinutes),
        new("median", "Median, minutes", r => r.Row.Median?.TotalMinutes),
        new("p90", "90 %, minutes", r => r.Row.P90?.TotalMinutes),
        new("target", "Target, minutes", r => r.Row.Target?.TotalMinutes),
    ];

    private static IResult Answer(Outcome<MetricReport> report, Func<MetricReport, IResult> show, Func<IReadOnlyList<Problem>, IResult> refuse) => report.Ok ? show(report.Value) : refuse(report.Problems);

    private static Outcome<MetricReport> Report(HttpContext http, IncidentReading incidents, TimeProvider clock)
    {
        var (by, days) = (http.Request.Query["by"].ToString() is { Length: > 0 } given ? given : "all", http.Request.Query["days"].ToString() is { Length: > 0 } text ? text : "90");
        var wrong = new List<Problem>();
        if (!MetricRule.Groupings.Contains(by)) wrong.Add(Problem.Invalid($"Figures cannot be grouped by \"{by}\".", $"Write one of {string.Join(", ", MetricRule.Groupings)}.", "by"));
        if (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var span) || span is < 1 or > MostDays) wrong.Add(Problem.Invalid($"\"{days}\" are no days.", $"Write a number from 1 to {MostDays}.", "days"));
        if (wrong.Count > 0) return Outcome<MetricReport>.Failed(wrong);
        var now = clock.Now();
        return MetricRule.Of(incidents.All(now), by, now - Duration.FromDays(span), now);
    }
}
