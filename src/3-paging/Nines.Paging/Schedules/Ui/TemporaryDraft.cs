using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules.Ui;

/// <summary>What is typed into the form of a temporary schedule; kept when it was wrong. People take turns of one length, in the order in which they stand.</summary>
/// <param name="From">When it begins, in the schedule's zone.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Turn">How long each has it: <c>all</c>, <c>12h</c>, <c>1d</c> or <c>7d</c>.</param>
/// <param name="People">Handles in their order; empty ones are left out.</param>
/// <param name="EvenIfGap">True where times may be left open.</param>
public sealed record TemporaryDraft(string From, string Until, string Turn, IReadOnlyList<string> People, bool EvenIfGap)
{
    /// <summary>So many people can be chosen in the form; the command takes any number.</summary>
    public const int Most = 6;

    private const int MostShifts = 1000;

    /// <summary>The lengths that the form offers.</summary>
    public static IReadOnlyList<(string Value, string Words)> Turns { get; } = [("1d", "a day"), ("12h", "12 hours"), ("7d", "a week"), ("all", "the whole time, together")];

    /// <summary>Suggests the seven days from tomorrow morning.</summary>
    public static TemporaryDraft For(DateTimeZone zone, Instant now)
    {
        var begins = now.InZone(zone).Date.PlusDays(1).At(new(9, 0));
        return new(OverrideDraft.Words(LocalClock.Begins(zone, begins), zone), OverrideDraft.Words(LocalClock.Begins(zone, begins.PlusDays(7)), zone), "1d", [], false);
    }

    /// <summary>What was sent.</summary>
    public static TemporaryDraft Of(IFormCollection form) => new(
        form["from"].ToString(), form["until"].ToString(), form["turn"].ToString(), [.. Enumerable.Range(1, Most).Select(i => form[$"person{i}"].ToString())], form["evenIfGap"] == "yes");

    /// <summary>What is asked, its shifts made from the turns, or why it cannot be read.</summary>
    public Outcome<TemporaryRequest> Read(DateTimeZone zone)
    {
        var times = new OverrideDraft("", "", From, Until, false, false, "").Read(zone);
        var problems = times.Problems.ToList();
        string[] people = [.. People.Where(p => p.Length > 0)];
        if (people.Length == 0) problems.Add(Problem.Invalid("Nobody is named.", "Choose who is on call first, and who then.", "person1"));
        if (Turns.All(t => t.Value != Turn)) problems.Add(Problem.Invalid($"\"{Turn}\" is no length of a turn.", $"Write one of {string.Join(", ", Turns.Select(t => t.Value))}.", "turn"));
        if (times is { Ok: true, Value: { From: null } }) problems.Add(Problem.Invalid("The beginning is missing.", "Say from when.", "from"));
        if (times is { Ok: true, Value: { Until: null } }) problems.Add(Problem.Invalid("The end is missing.", "Say until when.", "until"));
        if (problems.Count > 0) return Outcome<TemporaryRequest>.Failed(problems);
        var (from, until) = (times.Value.From!.Value, times.Value.Until!.Value);
        var shifts = Shifts(zone, from, until, people);
        return shifts.Count > MostShifts
            ? Problem.Invalid($"These would be more than {MostShifts} turns.", "Choose longer turns or an earlier end.", "turn")
            : new TemporaryRequest(from, until, shifts, EvenIfGap);
    }

    /// <summary>Problems as the form's fields know them.</summary>
    public static IReadOnlyList<Problem> InForm(IReadOnlyList<Problem> problems) =>
        [.. problems.Select(p => p.Path is { } path && path.StartsWith("shifts", StringComparison.Ordinal) ? p with { Path = "person1" } : p)];

    // Hand-overs keep their hour of the day, also over a night in which clocks change.
    private List<FixedShift> Shifts(DateTimeZone zone, Instant from, Instant until, string[] people)
    {
        if (Turn == "all") return [new(from, until, people)];
        var (hours, first) = (Turn switch { "12h" => 12, "7d" => 168, _ => 24 }, from.InZone(zone).LocalDateTime);
        var shifts = new List<FixedShift>();
        for (var (i, begins) = (0, from); begins < until && shifts.Count <= MostShifts; i++)
        {
            var ends = Instant.Min(LocalClock.Begins(zone, first.PlusHours(hours * (i + 1L))), until);
            if (ends <= begins) continue;
            shifts.Add(new(begins, ends, [people[i % people.Length]]));
            begins = ends;
        }

        return shifts;
    }
}
