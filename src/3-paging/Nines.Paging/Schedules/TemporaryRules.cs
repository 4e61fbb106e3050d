using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>What somebody asks for.</summary>
/// <param name="From">From when; null for now.</param>
/// <param name="Until">Until when.</param>
/// <param name="Shifts">Who, when; handles.</param>
/// <param name="EvenIfGap">True where times may be left open.</param>
public sealed record TemporaryRequest(Instant? From = null, Instant? Until = null, IReadOnlyList<FixedShift>? Shifts = null, bool EvenIfGap = false);

/// <summary>Decides on temporary schedules.</summary>
public static class TemporaryRules
{
    private const int Most = 1000;

    /// <summary>The temporary schedule, people by handle, or every problem with it.</summary>
    public static Outcome<TemporarySchedule> Decide(Rota rota, TemporaryRequest asked, string id, Func<string, Problem?> known, Instant now)
    {
        var problems = new List<Problem>();
        var from = asked.From is { } begins && begins > now ? begins : now;
        OverrideRules.When(from, asked.Until, now, problems);
        var shifts = asked.Shifts ?? [];
        if (shifts.Count is 0 or > Most) problems.Add(Problem.Invalid($"A temporary schedule has 1 to {Most} shifts, but here are {shifts.Count}.", "Write shifts: [{ from, until, people }].", "shifts"));
        for (var i = 0; i < Math.Min(shifts.Count, Most); i++)
        {
            if (shifts[i].From >= shifts[i].Until) problems.Add(Problem.Invalid("The shift ends before it begins.", "Give a later end.", $"shifts[{i}].until"));
            else if (asked.Until is { } until && (shifts[i].From >= until || shifts[i].Until <= from)) problems.Add(Problem.Invalid("The shift lies outside of the temporary schedule.", "Give another time.", $"shifts[{i}].from"));
            if (shifts[i].People.Count == 0) problems.Add(Problem.Invalid("Nobody has this shift.", "Name somebody, or leave the shift out.", $"shifts[{i}].people"));
            foreach (var person in shifts[i].People)
                if (known(person) is { } unknown) problems.Add(unknown with { Path = $"shifts[{i}].people" });
        }

        if (problems.Count > 0) return Outcome<TemporarySchedule>.Failed(problems);
        var one = new TemporarySchedule(id, rota.Schedule.Name, from, asked.Until!.Value, shifts, long.MaxValue);
        var gap = new Rota(new() { Name = rota.Schedule.Name, DisplayName = "", Zone = DateTimeZone.Utc }, _ => true, [], [one]).Between(one.From, one.Until).FirstOrDefault(s => s.IsGap);
        if (gap is null) return one;
        var what = $"Nobody would be on call from {gap.From} until {gap.Until}.";
        return asked.EvenIfGap
            ? Outcome<TemporarySchedule>.Of(one, [Problem.Finding(what, "You said that it may be so.")])
            : Problem.Conflict(what, "A temporary schedule takes the place of all layers: add a shift, or say that it may be so (evenIfGap).", "shifts");
    }
}
