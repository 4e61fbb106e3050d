using System.Collections.Concurrent;
using Nines.Measuring.Objectives;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>
/// Reads the days of a page's components from the minutes of their objectives. A past day is read once and kept; today, and the
/// day before until late data can no longer come, are read anew at most once a minute, however many look.
/// </summary>
public sealed class BarReading(ObjectiveQueries objectives)
{
    // Late data is taken for some hours; after that a day does not change.
    private static readonly Duration Settles = Duration.FromHours(6);

    // Days of removed components and pages: far more than any house shows.
    private const int MostKept = 200_000;

    private readonly ConcurrentDictionary<(string Objectives, LocalDate Day, string Zone), DayBar> _past = new();

    /// <summary>Every component's days.</summary>
    /// <param name="page">The page.</param>
    /// <param name="published">What was announced on it.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<ComponentDays> Of(StatusPage page, PublishedPage published, Instant now)
    {
        if (_past.Count > MostKept) _past.Clear();
        var today = now.InZone(page.Zone).Date;
        return [.. page.Components.Select(c =>
        {
            var names = ObjectivesOf(c, now);
            return new ComponentDays(c.Key, [.. Enumerable.Range(0, page.Days).Select(back => Day(page, c, names, today.PlusDays(back + 1 - page.Days), published, now))]);
        })];
    }

    /// <summary>The objectives that measure a component.</summary>
    public IReadOnlyList<string> ObjectivesOf(PageComponent component, Instant now) =>
        component.Objectives.IsEmpty ? [.. objectives.Of(component.Services, now).Select(o => o.Name)] : component.Objectives;

    private DayBar Day(StatusPage page, PageComponent component, IReadOnlyList<string> names, LocalDate day, PublishedPage published, Instant now)
    {
        var (from, until) = (page.Zone.AtStartOfDay(day).ToInstant(), page.Zone.AtStartOfDay(day.PlusDays(1)).ToInstant());
        var key = (string.Join('\n', names), day, page.Zone.Id);
        if (!_past.TryGetValue(key, out var measured))
        {
            measured = DayRule.Of(day, [.. names.Select(n => Minutes(n, from, Instant.Min(until, now))).OfType<(double[], double[])>()]);
            if (until + Settles < now) _past[key] = measured;
        }

        var planned = DayRule.Planned(published.Maintenances, component.Key, from, Instant.Min(until, now));
        return planned > 0 ? measured with { Planned = planned } : measured;
    }

    private (double[] Bad, double[] Total)? Minutes(string objective, Instant from, Instant until) =>
        until > from && objectives.Minutes(objective, from, until) is { } minutes ? (minutes.Bad, minutes.Total) : null;
}
