using System.Globalization;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>
/// A text to begin with (seed 003, customer-facing status): what users feel, that somebody is at it, when the next word comes. It
/// names components as users know them, and nothing of the house.
/// </summary>
public static class DraftText
{
    /// <summary>When the next word is promised.</summary>
    public static Duration NextUpdate { get; } = Duration.FromMinutes(30);

    /// <summary>A title for something that is wrong.</summary>
    public static string Title(IReadOnlyList<(string Name, ComponentStatus Status)> components)
    {
        if (components.Count == 0) return "";
        var worst = components.Max(c => c.Status);
        return $"{Names(components.Where(c => c.Status == worst).Select(c => c.Name))}: {Symptom(worst)}";
    }

    /// <summary>The text for where it stands.</summary>
    /// <param name="status">Where it stands.</param>
    /// <param name="components">What does not work, as users know it.</param>
    /// <param name="next">When the next word comes.</param>
    /// <param name="zone">In whose time.</param>
    public static string Body(PostStatus status, IReadOnlyList<(string Name, ComponentStatus Status)> components, Instant next, DateTimeZone zone)
    {
        var names = components.Count == 0 ? "the service" : Names(components.Select(c => c.Name));
        var worst = components.Count == 0 ? ComponentStatus.DegradedPerformance : components.Max(c => c.Status);
        var by = next.InZone(zone) is var local ? $"{local.ToString("HH:mm", CultureInfo.InvariantCulture)} {local.GetZoneInterval().Name}" : "";
        return status switch
        {
            PostStatus.Investigating => $"We are investigating reports of {Symptom(worst)} in {names}. {Feels(worst)} We are working on it and write again by {by}.",
            PostStatus.Identified => $"We have found the cause of the trouble with {names} and are mending it. {Feels(worst)} We write again by {by}.",
            PostStatus.Monitoring => $"We have mended {names}. It should work again; we keep watching it and write again by {by}.",
            _ => $"The trouble with {names} is over. Everything works again. We are sorry.",
        };
    }

    private static string Symptom(ComponentStatus status) => status switch
    {
        ComponentStatus.MajorOutage => "an outage",
        ComponentStatus.PartialOutage => "increased error rates",
        _ => "slow or failing requests",
    };

    private static string Feels(ComponentStatus status) => status switch
    {
        ComponentStatus.MajorOutage => "You may not be able to use it at the moment.",
        ComponentStatus.PartialOutage => "Some of what you try may fail.",
        _ => "Some of what you try may take longer.",
    };

    private static string Names(IEnumerable<string> names) => names.ToArray() switch
    {
        [] => "",
        [var one] => one,
        [.. var first, var last] => $"{string.Join(", ", first)} and {last}",
    };
}
