using Nines.Kernel;
using Nines.Paging.Schedules.Calendars;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>What an import came to.</summary>
/// <param name="Set">How many overrides were set.</param>
/// <param name="Unchanged">How many events say what is so anyway.</param>
/// <param name="Problems">What could not be taken, and why.</param>
public sealed record ImportedOverrides(int Set, int Unchanged, IReadOnlyList<Problem> Problems);

/// <summary>Turns the events of a calendar into overrides.</summary>
internal static class CalendarImport
{
    public static (IReadOnlyList<Override> Set, int Unchanged, IReadOnlyList<Problem> Problems) Decide(
        Rota rota, IcsCalendar calendar, Func<string, Problem?> known, Func<string, string?> named, Func<string> newId, Instant now, Duration ahead)
    {
        var (set, unchanged, problems) = (new List<Override>(), 0, calendar.Problems.ToList());
        foreach (var (from, until, one) in calendar.Between(rota.Schedule.Zone, now, now + ahead))
        {
            string[] people = [.. one.Names.Select(named).OfType<string>().Distinct(StringComparer.Ordinal)];
            if (people.Length == 0) problems.Add(Problem.Finding($"Nobody in the catalog is called \"{string.Join(", ", one.Names)}\".", "Write a handle, a display name or a mail address as the event's title.", null, new(null, one.Line, 1)));
            for (var i = 0; i < people.Length; i++)
            {
                // The first takes the place of whoever is on call, the others stand beside.
                var decided = OverrideRules.Decide(rota, new(people[i], Beside: i > 0, From: from, Until: until), newId(), known, now);
                if (decided.Ok)
                {
                    set.Add(decided.Value);
                    rota = rota.With(decided.Value);
                }
                else if (decided.Problems.All(p => p.Kind == ProblemKind.Conflict)) unchanged++;
                else problems.AddRange(decided.Problems.Select(p => p with { Place = new(null, one.Line, 1) }));
            }
        }

        return (set, unchanged, problems);
    }
}
