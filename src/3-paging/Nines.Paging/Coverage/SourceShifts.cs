using Nines.Paging.Escalations;
using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Paging.Coverage;

/// <summary>The shifts of sources over a time, each schedule asked once. Pure.</summary>
/// <param name="rotas">The schedules.</param>
/// <param name="from">Where the time begins.</param>
/// <param name="until">Where it ends.</param>
/// <param name="known">Shifts over the same time that somebody worked out before; null for what they did not.</param>
internal sealed class SourceShifts(RotaSet rotas, Instant from, Instant until, Func<string, IReadOnlyList<Shift>?>? known = null)
{
    private readonly Dictionary<string, IReadOnlyList<Shift>> _schedules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Stretch>> _hours = new(StringComparer.Ordinal);

    /// <summary>The shifts of a source; none where its schedule is gone.</summary>
    public IReadOnlyList<Shift> Of(LevelSource source)
    {
        var all = source.Schedule is { } name ? OfSchedule(name) : [new("", from, until, source.People, "", "")];
        if (source.Hours is not { } hours) return all;
        var inside = OfHours(hours);
        var counts = source.Outside ? Pieces.Without(new(from, until), inside) : inside;
        return [.. Cut(all, counts)];
    }

    /// <summary>The shifts of a schedule; none where it is gone.</summary>
    public IReadOnlyList<Shift> OfSchedule(string name)
    {
        if (!_schedules.TryGetValue(name, out var found)) _schedules[name] = found = known?.Invoke(name) ?? rotas.Find(name)?.Between(from, until) ?? [];
        return found;
    }

    private List<Stretch> OfHours(StepHours hours)
    {
        if (!_hours.TryGetValue(hours.Key(), out var found)) _hours[hours.Key()] = found = hours.Between(from, until);
        return found;
    }

    private static IEnumerable<Shift> Cut(IReadOnlyList<Shift> shifts, List<Stretch> counts)
    {
        for (int s = 0, c = 0; s < shifts.Count && c < counts.Count;)
        {
            var begins = Instant.Max(shifts[s].From, counts[c].From);
            var ends = Instant.Min(shifts[s].Until, counts[c].Until);
            if (begins < ends) yield return shifts[s] with { From = begins, Until = ends };
            if (shifts[s].Until < counts[c].Until) s++;
            else c++;
        }
    }
}
