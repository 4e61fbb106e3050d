using NodaTime;

namespace Nines.Paging.Handoffs;

/// <summary>One stretch of being on call, for whoever pays for it.</summary>
/// <param name="Person">Opaque id.</param>
/// <param name="Schedule">By which schedule.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Layer">What said so; <c>override</c> where somebody stepped in.</param>
/// <param name="Minutes">By kind of hour, in the person's own zone.</param>
/// <param name="Pages">Calls in it.</param>
public sealed record CompensationLine(string Person, string Schedule, Instant From, Instant Until, string Layer, MinutesByKind Minutes, int Pages);

/// <summary>Compensation to the minute, from shifts as they were lived: overrides are in, later edits are not.</summary>
public static class Compensation
{
    /// <summary>The lines of a time, by person and begin; a shift that lasts counts up to now.</summary>
    public static IReadOnlyList<CompensationLine> Of(HandoffBook book, Func<string, DateTimeZone> zones, Instant since, Instant until, Instant now)
    {
        var lines = from shift in book.Past.Concat(book.Now.Values)
                    let begin = Instant.Max(shift.From, since)
                    let end = Instant.Min(shift.Until ?? now, until)
                    where begin < end
                    from person in shift.People
                    let pages = book.Calls.Values.Count(c => c.At >= begin && c.At < end && c.People.Contains(person))
                    select new CompensationLine(person, shift.Schedule, begin, end, shift.Layer, OnCallHours.Minutes(begin, end, zones(person)), pages);
        return [.. lines.OrderBy(l => l.Person, StringComparer.Ordinal).ThenBy(l => l.From).ThenBy(l => l.Schedule, StringComparer.Ordinal)];
    }
}
