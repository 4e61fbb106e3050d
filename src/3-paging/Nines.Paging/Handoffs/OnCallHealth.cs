using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Paging.Handoffs;

/// <summary>Whose health is asked for; at most one of the three.</summary>
/// <param name="People">Opaque ids; null for everybody.</param>
/// <param name="Service">A service; null for every one.</param>
/// <param name="Words">In words, such as <c>ada</c>.</param>
public sealed record HealthSubject(IReadOnlySet<string>? People, string? Service, string Words)
{
    /// <summary>Everybody and everything.</summary>
    public static HealthSubject Everything { get; } = new(null, null, "everybody");

    internal bool Has(CallRecord call) => (Service is null || call.Service == Service) && (People is null || call.People.Any(People.Contains));

    internal bool Has(LivedShift shift) => People is null ? shift.People.Length > 0 : shift.People.Any(People.Contains);
}

/// <summary>One figure.</summary>
/// <param name="Key">Its name for programs.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Value">Null where nothing was measured.</param>
/// <param name="Unit">Of the value.</param>
/// <param name="State">Against the limits.</param>
/// <param name="From">How many pages, shifts or answers it is made of.</param>
public sealed record HealthFigure(string Key, string Title, double? Value, string Unit, HealthState State, int From);

/// <summary>The seven metrics over a time.</summary>
/// <param name="Subject">Of whom or what.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Pages">How many pages.</param>
/// <param name="Sleep">How many of them in sleep hours of whoever was called first.</param>
/// <param name="Figures">The metrics, in the shipped order.</param>
public sealed record HealthReport(string Subject, Instant From, Instant Until, int Pages, int Sleep, IReadOnlyList<HealthFigure> Figures)
{
    /// <summary>The gravest state of all.</summary>
    public HealthState Worst => Figures.Max(f => f.State);
}

/// <summary>How a service stands against the target of five pages a week.</summary>
/// <param name="Service">The service; empty where the alert named none.</param>
/// <param name="PerWeek">Pages a week on average.</param>
/// <param name="Worst">The most in one week (Monday to Sunday, UTC).</param>
/// <param name="Pages">All of the time.</param>
/// <param name="Within">True at five or less in every week.</param>
public sealed record ServiceLoad(string Service, double PerWeek, int Worst, int Pages, bool Within);

/// <summary>Measures on-call health from what was called and who was on call.</summary>
public static class OnCallHealth
{
    /// <summary>The report.</summary>
    /// <param name="book">Calls and shifts.</param>
    /// <param name="subject">Of whom.</param>
    /// <param name="zones">Where a person lives, by opaque id.</param>
    /// <param name="from">Since when.</param>
    /// <param name="until">Until when.</param>
    public static HealthReport Of(HandoffBook book, HealthSubject subject, Func<string, DateTimeZone> zones, Instant from, Instant until)
    {
        var calls = book.Calls.Values.Where(c => c.Severity == AlertSeverity.Page && c.At >= from && c.At < until && subject.Has(c)).ToArray();
        var shifts = book.Past.Where(s => s.Until > from && s.Until <= until && subject.Has(s)).ToArray();
        var weeks = Math.Max((until - from).TotalDays / 7, 1d / 7);
        var judged = calls.Where(c => c.Useful is not null).ToArray();
        var scores = shifts.SelectMany(s => book.Scores.Values.Where(score => score.Handoff == s.Id && (subject.People?.Contains(score.Person) ?? true))).Select(s => (double)s.Score).ToArray();
        var off = calls.Count(c => KindFor(c, subject, zones) != HourKind.Business);
        HealthFigure[] figures =
        [
            Figure(0, shifts.Length == 0 ? null : (double)shifts.Sum(s => calls.Count(c => c.At >= s.From && c.At < s.Until && c.People.Any(p => s.People.Contains(p)))) / shifts.Length, shifts.Length),
            Figure(1, calls.Length == 0 && shifts.Length == 0 ? null : off / weeks, calls.Length),
            Figure(2, Median(calls.Where(c => c.Acknowledged is not null).Select(c => (c.Acknowledged!.Value - c.At).TotalMinutes)), calls.Count(c => c.Acknowledged is not null)),
            Figure(3, Median(calls.Where(c => c.Ended is not null).Select(c => (c.Ended!.Value - c.At).TotalMinutes)), calls.Count(c => c.Ended is not null)),
            Figure(4, judged.Length == 0 ? null : 100d * judged.Count(c => c.Useful == false) / judged.Length, judged.Length),
            Figure(5, calls.Length == 0 ? null : 100d * calls.Count(c => c.Escalated) / calls.Length, calls.Length),
            Figure(6, scores.Length == 0 ? null : scores.Average(), scores.Length),
        ];
        return new(subject.Words, from, until, calls.Length, calls.Count(c => KindFor(c, subject, zones) == HourKind.Sleep), figures);
    }

    /// <summary>Every service that called, the loudest first.</summary>
    public static IReadOnlyList<ServiceLoad> Services(HandoffBook book, Instant from, Instant until)
    {
        var weeks = Math.Max((until - from).TotalDays / 7, 1d / 7);
        return [.. book.Calls.Values.Where(c => c.Severity == AlertSeverity.Page && c.At >= from && c.At < until).GroupBy(c => c.Service)
            .Select(g => (Service: g.Key, Pages: g.Count(), Worst: g.GroupBy(c => c.At.InUtc().Date.PlusDays(1 - (int)c.At.InUtc().DayOfWeek)).Max(w => w.Count())))
            .Select(g => new ServiceLoad(g.Service, g.Pages / weeks, g.Worst, g.Pages, g.Worst <= HealthLimits.PagesPerWeek))
            .OrderByDescending(s => s.Pages).ThenBy(s => s.Service, StringComparer.Ordinal)];
    }

    // The clock of whoever is asked about; else of whoever was called first.
    private static HourKind KindFor(CallRecord call, HealthSubject subject, Func<string, DateTimeZone> zones)
    {
        var person = subject.People is { } people ? call.People.FirstOrDefault(people.Contains) : call.First.FirstOrDefault();
        return OnCallHours.KindOf(call.At, person is null ? DateTimeZone.Utc : zones(person));
    }

    private static HealthFigure Figure(int at, double? value, int from) =>
        HealthLimits.All[at] is var limit ? new(limit.Key, limit.Title, value is { } v ? Math.Round(v, 2) : null, limit.Unit, limit.Judge(value), from) : throw new ArgumentOutOfRangeException(nameof(at));

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) return null;
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
