using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Silences;

/// <summary>What a silence would hide.</summary>
/// <param name="Matchers">As Nines reads them.</param>
/// <param name="Alerts">Alerts that fire now and that it would hold back.</param>
/// <param name="Pages">Those of them that page.</param>
/// <param name="Services">Whose they are.</param>
/// <param name="WeekAlerts">Alerts of the last week that it would have held back.</param>
/// <param name="WeekPages">Those of them that paged.</param>
/// <param name="WeekServices">Whose they were.</param>
/// <param name="WeekFrom">How far back memory reaches; later than a week ago where many alerts ended since.</param>
/// <param name="Objectives">Objectives whose burn it would hide.</param>
/// <param name="Findings">What to think about before asking for it.</param>
/// <param name="Examples">Some of the alerts, the newest first.</param>
public sealed record SilencePreview(
    IReadOnlyList<string> Matchers, int Alerts, int Pages, IReadOnlyList<string> Services, int WeekAlerts, int WeekPages, IReadOnlyList<string> WeekServices,
    Instant WeekFrom, IReadOnlyList<string> Objectives, IReadOnlyList<string> Findings, IReadOnlyList<string> Examples)
{
    private const int MostExamples = 10;

    // More services than this in one silence is rarely what was meant.
    private const int WideServices = 3;

    private static readonly Duration Week = Duration.FromDays(7);

    /// <summary>The preview of some matchers, or what is wrong with them.</summary>
    /// <param name="texts">Matchers as text.</param>
    /// <param name="book">The alerts.</param>
    /// <param name="objectives">Every objective with its service.</param>
    /// <param name="now">When.</param>
    public static Outcome<SilencePreview> Of(IReadOnlyList<string> texts, AlertBook book, IReadOnlyList<(string Objective, string Service)> objectives, Instant now)
    {
        var problems = new List<Problem>();
        var matchers = SilenceRules.Read(texts, problems);
        if (texts.Count == 0) problems.Add(Problem.Invalid("There is no matcher.", "Write one such as service=checkout.", "matchers"));
        if (problems.Count > 0) return Outcome<SilencePreview>.Failed(problems);
        Alert[] chosen = [.. book.All.Values.Where(a => matchers.TrueForAll(m => m.Matches(a.Labels)))];
        Alert[] fires = [.. chosen.Where(a => a.Firing)];
        // All that fire are in memory; of those that ended, the last.
        var oldest = book.EndedCount < AlertBook.EndedKept ? Instant.MinValue : book.All.Values.Where(a => !a.Firing).Select(a => a.EndedAt!.Value).DefaultIfEmpty(Instant.MinValue).Min();
        var from = Instant.Max(now - Week, oldest);
        Alert[] week = [.. chosen.Where(a => (a.EndedAt ?? now) >= from)];
        var hidden = ServicesOf(fires).ToHashSet(StringComparer.Ordinal);
        string[] hides = [.. objectives.Where(o => SilenceBreaks.Hides(matchers, o.Objective, o.Service, hidden)).Select(o => o.Objective).Order(StringComparer.Ordinal)];
        return new SilencePreview(
            [.. matchers.Select(m => m.ToString())], fires.Length, PagesOf(fires), ServicesOf(fires), week.Length, PagesOf(week), ServicesOf(week), from, hides,
            FindingsOf(matchers, fires, week), [.. week.OrderByDescending(a => a.StartedAt).Take(MostExamples).Select(a => a.Title)]);
    }

    private static string[] ServicesOf(Alert[] alerts) => [.. alerts.Select(a => a.Service).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static int PagesOf(Alert[] alerts) => alerts.Count(a => Route.SeverityOf(a.Route, a.Severity) == AlertSeverity.Page);

    private static List<string> FindingsOf(List<Matcher> matchers, Alert[] fires, Alert[] week)
    {
        var found = new List<string>();
        if (matchers.TrueForAll(m => m.MatchesNothing)) found.Add("It chooses every alert; such a silence is refused.");
        var wide = ServicesOf([.. fires, .. week]);
        if (wide.Length > WideServices) found.Add($"It reaches {wide.Length} services: {string.Join(", ", wide.Take(8))}{(wide.Length > 8 ? " …" : "")}. Name one, or bound it with maxAlerts.");
        if (week.Length == 0) found.Add("It would have held back nothing in the last week. Look at the labels: a silence that fits nothing looks like one that works.");
        return found;
    }
}
