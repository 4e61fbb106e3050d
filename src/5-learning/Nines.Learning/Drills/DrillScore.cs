using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>How something of a drill went.</summary>
public enum ScoreVerdict
{
    /// <summary>In time, or right.</summary>
    Met,

    /// <summary>Done, but after its target; or right by half.</summary>
    Late,

    /// <summary>Not done although it was due, or wrong.</summary>
    Missed,

    /// <summary>Nobody can say: it was not asked, or the drill ended before it was due.</summary>
    Unmeasured,
}

/// <summary>One thing that is scored.</summary>
/// <param name="Key">Its short name.</param>
/// <param name="Words">What it is.</param>
/// <param name="Verdict">How it went.</param>
/// <param name="Of">The points that it can bring.</param>
/// <param name="Points">The points that it brought.</param>
/// <param name="Target">How soon it was wanted; null where time does not count.</param>
/// <param name="Took">How long it took; null where it was not done, or time does not count.</param>
/// <param name="Why">What was seen.</param>
public sealed record ScoreItem(string Key, string Words, ScoreVerdict Verdict, int Of, double Points, Duration? Target, Duration? Took, string Why);

/// <summary>
/// What a drill comes to: each thing brings its points in time, fewer the later it comes, none from twice its target on.
/// What nobody can measure is left out of both sides of the fraction. Pure.
/// </summary>
public static class DrillScore
{
    /// <summary>The share of its points that something brings: all until its target, then less by the minute, none from twice its target on.</summary>
    public static double Share(Duration took, Duration target) =>
        took <= target ? 1 : target <= Duration.Zero ? 0 : Math.Clamp(2 - (took / target), 0, 1);

    /// <summary>From 0 to 100: points that were brought, of those that could be; null where there were none.</summary>
    public static int? Total(IReadOnlyCollection<ScoreItem> items)
    {
        var measured = items.Where(i => i.Verdict != ScoreVerdict.Unmeasured).ToArray();
        var of = measured.Sum(i => i.Of);
        return of == 0 ? null : (int)Math.Round(100 * measured.Sum(i => i.Points) / of, MidpointRounding.AwayFromZero);
    }

    /// <summary>Everything that is scored.</summary>
    /// <param name="run">The drill.</param>
    /// <param name="incident">The exercise that was declared for it; null for none.</param>
    /// <param name="end">When it ended.</param>
    public static IReadOnlyList<ScoreItem> Of(DrillRun run, Incident? incident, Instant end)
    {
        var targets = run.Start.Targets;
        var first = run.Came.FirstOrDefault(c => c.Inject.Kind == InjectKind.Alert)?.At;
        var call = run.Came.Find(c => c.Inject.Pages);
        var seen = run.Came.Select(c => c.AcknowledgedAt).Append(incident?.DeclaredAt).Where(t => t >= first).Min();
        var declared = Timed("declare", "An incident is declared", 15, first, incident?.DeclaredAt, targets.Declare, end);
        return
        [
            Timed("detect", "Somebody reacts", 15, first, seen, targets.Detect, end),
            Timed("acknowledge", "Somebody takes the call on", 15, call?.At, call?.AcknowledgedAt, targets.Acknowledge, end),
            declared,
            Severity(run, incident, declared),
            After("commander", "Somebody commands", 10, declared, incident, Since(incident, IncidentRole.Commander), targets.Roles, end),
            After("communications", "Somebody tells those who wait", 10, declared, incident, Since(incident, IncidentRole.Communications), targets.Roles, end),
            After("update", "First check-in", 10, declared, incident, run.UpdatedAt, targets.Update, end),
            Timed("mitigate", "Users feel it no more", 10, first, incident?.MitigatedAt, targets.Mitigate, end),
            Notes(incident, declared),
            .. run.Came.Where(c => c.Inject.Kind == InjectKind.Clue).Select(Clue),
        ];
    }

    private static ScoreItem Timed(string key, string words, int of, Instant? from, Instant? at, Duration? target, Instant end)
    {
        if (target is not { } wanted) return Unmeasured(key, words, of, null, "No target is set for it.");
        if (from is not { } began) return Unmeasured(key, words, of, wanted, "Nothing had come that it could be measured from.");
        if (at is not { } done)
        {
            return end - began <= wanted
                ? Unmeasured(key, words, of, wanted, "The drill ended before it was due.")
                : new(key, words, ScoreVerdict.Missed, of, 0, wanted, null, "Nobody did.");
        }

        var took = Duration.Max(Duration.Zero, done - began);
        return took <= wanted
            ? new(key, words, ScoreVerdict.Met, of, of, wanted, took, "In time.")
            : new(key, words, ScoreVerdict.Late, of, of * Share(took, wanted), wanted, took, "Late.");
    }

    // What can only follow a declaration shares its fate where there was none.
    private static ScoreItem After(string key, string words, int of, ScoreItem declared, Incident? incident, Instant? at, Duration? target, Instant end) =>
        incident is not null || target is null ? Timed(key, words, of, incident?.DeclaredAt, at, target, end) : Without(key, words, of, declared, target);

    private static ScoreItem Without(string key, string words, int of, ScoreItem declared, Duration? target) => declared.Verdict == ScoreVerdict.Missed
        ? new(key, words, ScoreVerdict.Missed, of, 0, target, null, "No incident was declared.")
        : Unmeasured(key, words, of, target, "No incident was declared, and none was due yet.");

    private static ScoreItem Severity(DrillRun run, Incident? incident, ScoreItem declared)
    {
        const string key = "severity", words = "The severity is right";
        if (incident is null) return Without(key, words, 10, declared, null);
        var apart = Math.Abs((int)incident.Severity - (int)run.Start.Severity);
        var why = apart == 0 ? $"{incident.Severity.Word()} is right." : $"{incident.Severity.Word()} was said, {run.Start.Severity.Word()} is right.";
        return new(key, words, apart switch { 0 => ScoreVerdict.Met, 1 => ScoreVerdict.Late, _ => ScoreVerdict.Missed }, 10, apart switch { 0 => 10, 1 => 5, _ => 0 }, null, null, why);
    }

    private static ScoreItem Notes(Incident? incident, ScoreItem declared)
    {
        const string key = "notes", words = "What was seen or decided is written down";
        if (incident is null) return Without(key, words, 5, declared, null);
        var lines = incident.Timeline.Count(l => l.Kind is TimelineKind.Note or TimelineKind.Decision && l.By.Length > 0);
        return new(key, words, lines > 0 ? ScoreVerdict.Met : ScoreVerdict.Missed, 5, lines > 0 ? 5 : 0, null, null, lines == 1 ? "1 line." : $"{lines} lines.");
    }

    private static ScoreItem Clue(InjectCame came)
    {
        var (key, words) = (came.Inject.Key, $"Question: {came.Inject.Text}");
        if (came.RightAt is not { } right)
            return new(key, words, ScoreVerdict.Missed, 5, 0, null, null, came.Answers.Count == 0 ? "Nobody answered." : came.Answers.Count == 1 ? "1 answer, not the right one." : $"{came.Answers.Count} answers, none of them right.");
        return new(key, words, ScoreVerdict.Met, 5, 5, null, right - came.At, "Right.");
    }

    private static ScoreItem Unmeasured(string key, string words, int of, Duration? target, string why) => new(key, words, ScoreVerdict.Unmeasured, of, 0, target, null, why);

    private static Instant? Since(Incident? incident, IncidentRole role) => incident?.Roles.Find(r => r.Role == role)?.Since;
}
