using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>What somebody asks for.</summary>
/// <param name="Person">Who comes; a handle.</param>
/// <param name="InsteadOf">Whose place it is; empty for everybody's.</param>
/// <param name="Beside">True to be on call beside those who are.</param>
/// <param name="From">From when; null for now.</param>
/// <param name="Until">Until when.</param>
/// <param name="EvenIfGap">True where it may leave nobody on call; it then needs a note.</param>
/// <param name="Note">Why.</param>
public sealed record OverrideRequest(
    string Person = "", string InsteadOf = "", bool Beside = false, Instant? From = null, Instant? Until = null, bool EvenIfGap = false, string Note = "");

/// <summary>Decides on overrides.</summary>
public static class OverrideRules
{
    /// <summary>What is longer is no departure but another schedule.</summary>
    public static Duration Longest { get; } = Duration.FromDays(400);

    /// <summary>So many may be open in one schedule.</summary>
    public const int Most = 1000;

    private const int LongestNote = 500;

    /// <summary>The override that was asked for, people by handle, or every problem with it; findings beside it.</summary>
    public static Outcome<Override> Decide(Rota rota, OverrideRequest asked, string id, Func<string, Problem?> known, Instant now)
    {
        var problems = new List<Problem>();
        Who(asked, known, problems);
        // What is past has happened: it stays as it was.
        var from = asked.From is { } begins && begins > now ? begins : now;
        When(from, asked.Until, now, problems);
        if (asked.Note.Length > LongestNote) problems.Add(Problem.Invalid($"The note has {asked.Note.Length} characters.", $"Write at most {LongestNote}.", "note"));
        if (rota.Overrides.Count(o => o.Until > now) >= Most) problems.Add(Problem.Conflict($"{rota.Schedule.Name} has {Most} open overrides.", "Take some back, or change the schedule."));
        if (problems.Count > 0) return Outcome<Override>.Failed(problems);
        var kind = asked.Person.Length == 0 ? OverrideKind.Remove : asked.Beside ? OverrideKind.Add : OverrideKind.Replace;
        var one = new Override(id, rota.Schedule.Name, kind, asked.Person, asked.InsteadOf, from, asked.Until!.Value, long.MaxValue);
        return Effect(rota, one, asked, now);
    }

    /// <summary>What an override would change: refused where that is nothing, or where it leaves a gap that nobody said yes to.</summary>
    private static Outcome<Override> Effect(Rota rota, Override one, OverrideRequest asked, Instant now)
    {
        if (rota.Overrides.Any(o => o.Until > now && o.Kind == one.Kind && o.In == one.In && o.Out == one.Out && Instant.Max(o.From, now) == one.From && o.Until == one.Until))
            return Problem.Conflict("This very override is already set.", "", "from");
        var (before, after) = (rota.Between(one.From, one.Until), rota.With(one).Between(one.From, one.Until));
        if (RotaDiff.Of(before, after).Count == 0)
            return Problem.Conflict(
                one.Out.Length > 0 ? $"{one.Out} is not on call at any time between {one.From} and {one.Until}, so nothing would change." : $"{one.In} is on call then anyway, so nothing would change.",
                "Look at the schedule, and name the person or the time anew.", one.Out.Length > 0 ? "insteadOf" : "person");
        var findings = new List<Problem>();
        if (RotaDiff.Of(before, after).FirstOrDefault(d => d.After.Count == 0) is { } gap)
        {
            var what = $"Nobody would be on call from {gap.From} until {gap.Until}.";
            if (!asked.EvenIfGap) return Problem.Conflict(what, "Name somebody who stands in; or say that it may be so (evenIfGap) and why (note).", "person");
            if (asked.Note.Trim().Length == 0) return Problem.Invalid(what, "A gap needs a reason: write a note.", "note");
            findings.Add(Problem.Finding(what, "You said that it may be so."));
        }

        if (one.Kind != OverrideKind.Add && rota.Overrides.FirstOrDefault(o => o.Kind != OverrideKind.Add && o.Out == one.Out && o.From < one.Until && one.From < o.Until) is { } older)
            findings.Add(Problem.Finding($"There is another override {(older.Out.Length > 0 ? $"of {older.Out}" : "of everybody")} until {older.Until}; where they overlap the newest, this one, counts.", ""));
        return Outcome<Override>.Of(one, findings);
    }

    private static void Who(OverrideRequest asked, Func<string, Problem?> known, List<Problem> problems)
    {
        if (asked.Person.Length == 0 && asked.InsteadOf.Length == 0) problems.Add(Problem.Invalid("Nobody is named.", "Write who comes (person), whose place it is (insteadOf), or both.", "person"));
        if (asked.Beside && asked.InsteadOf.Length > 0) problems.Add(Problem.Invalid("Somebody is on call either beside others or instead of one.", "Take beside or insteadOf away.", "insteadOf"));
        if (asked.Beside && asked.Person.Length == 0) problems.Add(Problem.Invalid("Nobody comes.", "Write who (person).", "person"));
        if (asked.Person.Length > 0 && asked.Person == asked.InsteadOf) problems.Add(Problem.Invalid($"{asked.Person} cannot stand in for themselves.", "Name another person.", "insteadOf"));
        if (asked.Person.Length > 0 && known(asked.Person) is { } unknown) problems.Add(unknown with { Path = "person" });
        if (asked.InsteadOf.Length > 0 && known(asked.InsteadOf) is { } other) problems.Add(other with { Path = "insteadOf" });
    }

    internal static void When(Instant from, Instant? until, Instant now, List<Problem> problems)
    {
        if (until is null) problems.Add(Problem.Invalid("An end is missing.", "Write until when.", "until"));
        else if (until <= now) problems.Add(Problem.Invalid("It ends in the past.", "What has happened stays as it was; give a later end.", "until"));
        else if (until <= from) problems.Add(Problem.Invalid("It ends before it begins.", "Give a later end.", "until"));
        else if (until - from > Longest) problems.Add(Problem.Invalid($"It lasts more than {Longest.Days} days.", "Change the schedule instead.", "until"));
    }
}
