using Nines.Responding.Incidents;
using NodaTime;
using NodaTime.Text;

namespace Nines.Learning.Drills;

/// <summary>
/// A past incident as what comes in a drill: its alerts at their offsets, the changes that were made. What people wrote,
/// and who they were, is not played again. Pure.
/// </summary>
public static class PastIncident
{
    private const int Most = 50;
    private static readonly DurationPattern Clock = DurationPattern.CreateWithInvariantCulture("H:mm");

    /// <summary>What comes when: the first alert at once, what had been changed before it beside it.</summary>
    public static IReadOnlyList<DrillInject> Injects(Incident past)
    {
        var told = past.Timeline.Where(l => l.Kind is TimelineKind.Alert or TimelineKind.Change).OrderBy(l => l.At).Take(Most).ToArray();
        var zero = told.FirstOrDefault(l => l.Kind == TimelineKind.Alert)?.At ?? past.DetectedAt;
        var injects = new List<DrillInject>();
        if (!told.Any(l => l.Kind == TimelineKind.Alert)) injects.Add(new("alert-1", Duration.Zero, InjectKind.Alert, past.Title, "Reported"));
        var end = past.ResolvedAt ?? Instant.MaxValue;
        foreach (var line in told.Where(l => l.At < end))
        {
            var at = Duration.Max(Duration.Zero, line.At - zero);
            var text = line.Text.Replace("{0}", "Somebody", StringComparison.Ordinal).Trim();
            injects.Add(line.Kind == TimelineKind.Alert
                ? new($"alert-{injects.Count + 1}", at, InjectKind.Alert, text, "Replayed")
                : new($"change-{injects.Count + 1}", at, InjectKind.World, line.At < zero ? $"{Clock.Format(zero - line.At)} h before: {text}" : text));
        }

        return [.. injects.OrderBy(i => i.At)];
    }

    /// <summary>What was behind it, for whoever leads.</summary>
    public static string Story(Incident past) => string.Join(' ', new[]
    {
        $"{past.Name} of {past.DetectedAt.InUtc().Date:yyyy-MM-dd} is played again.", past.Cause.Length > 0 ? $"It was: {past.Cause}" : "", past.Helped.Length > 0 ? $"What helped: {past.Helped}" : "",
    }.Where(s => s.Length > 0));
}
