using System.Globalization;
using Nines.Shell.Components;

namespace Nines.Responding.StatusPages.Ui;

/// <summary>Words, icons and geometry of a public page.</summary>
internal static class PublicWords
{
    private const int Height = 34;
    private const int Step = 10;

    // From here on a bite takes all of its room: four hours of a day are a lost day to whoever wanted to work.
    private const double Full = 240;

    public static StateWord Of(ComponentStatus status) => status switch
    {
        ComponentStatus.UnderMaintenance => new("plan", "tool", StatusWords.Of(status)),
        ComponentStatus.DegradedPerformance or ComponentStatus.PartialOutage => new("warn", "warn", StatusWords.Of(status)),
        ComponentStatus.MajorOutage => new("crit", "crit", StatusWords.Of(status)),
        _ => new("good", "ok", StatusWords.Of(status)),
    };

    public static StateWord Of(PublicView view) => view.Indicator switch
    {
        PostImpact.Critical => new("crit", "crit", "Serious trouble"),
        PostImpact.Major => new("crit", "crit", "Trouble"),
        PostImpact.Minor => new("warn", "warn", "Some trouble"),
        _ when view.Page.Components.Any(c => view.StatusOf(c) == ComponentStatus.UnderMaintenance) => new("plan", "tool", "Maintenance"),
        _ when view.Open.Count > 0 => new("none", "eye", "Something is looked into"),
        _ => new("good", "ok", "No trouble"),
    };

    public static StateWord OfUpdate(string status) => status switch
    {
        "investigating" => new("none", "eye", "Investigating"),
        "identified" => new("warn", "find", "Identified"),
        "monitoring" => new("plan", "clock", "Monitoring"),
        "resolved" => new("good", "ok", "Resolved"),
        "postmortem" => new("plan", "book", "What we learnt"),
        "scheduled" => new("plan", "tool", "Announced"),
        "in_progress" => new("plan", "tool", "In progress"),
        "completed" => new("good", "ok", "Done"),
        _ => new("none", "none", "Called off"),
    };

    /// <summary>The answer in words, the part to remember strong.</summary>
    public static IReadOnlyList<Phrase> Headline(PublicView view)
    {
        string[] bad = [.. view.Page.Components.Where(c => view.StatusOf(c) > ComponentStatus.UnderMaintenance).Select(c => c.Name)];
        string[] planned = [.. view.Page.Components.Where(c => view.StatusOf(c) == ComponentStatus.UnderMaintenance).Select(c => c.Name)];
        if (bad.Length > 0) return [$"{Names(bad)} {(bad.Length == 1 ? "has" : "have")} trouble. ", Phrase.Bold(bad.Length < view.Page.Components.Length ? "Everything else works." : "We are on it.")];
        if (planned.Length > 0) return [$"{Names(planned)} {(planned.Length == 1 ? "is" : "are")} being worked on, as announced. ", Phrase.Bold(planned.Length < view.Page.Components.Length ? "Everything else works." : "")];
        return view.Open.Count > 0 ? ["Everything works. ", Phrase.Bold("We are looking into something.")] : [Phrase.Bold("Everything works.")];
    }

    /// <summary>The worst days in words, the newest first: what a picture says is also said without it.</summary>
    public static string Days(ComponentDays days, int shown)
    {
        if (days.Days.All(d => d.Known == 0)) return "Not measured yet.";
        var first = days.Days.First(d => d.Known > 0).Day;
        var since = first > days.Days[0].Day ? $" Measured since {PublicText.Day(first)}." : "";
        var bad = days.Days.Where(d => d.Down + d.Partly > 0).Reverse().ToArray();
        if (bad.Length == 0) return $"No trouble in {(since.Length > 0 ? "that time" : $"{shown} days")}.{since}";
        var words = bad.OrderByDescending(d => d.Down + d.Partly).Take(3).OrderByDescending(d => d.Day).Select(d => $"{PublicText.Day(d.Day)}, {PublicText.Minutes(d.Down + d.Partly)}.");
        return $"{string.Join(' ', words)}{(bad.Length > 3 ? $" {bad.Length - 3} more {(bad.Length == 4 ? "day" : "days")} with less." : "")}{since}";
    }

    /// <summary>A day in words.</summary>
    public static string Day(DayBar day) => PublicText.Day(day.Day) + ": " + (
        day.Known == 0 && day.Planned == 0 ? "not measured"
        : day.Down + day.Partly > 0 ? $"{PublicText.Minutes(day.Down + day.Partly)} of trouble{(day.Down > 0 ? $", {PublicText.Minutes(day.Down)} down" : "")}"
        : day.Planned > 0 ? $"{PublicText.Minutes(day.Planned)} of planned maintenance" : "no trouble");

    public static int Width(int days) => (days * Step) - 3;

    /// <summary>The rectangles of a day: what worked below, a bite from the top for what did not.</summary>
    public static IEnumerable<Rect> Rects(DayBar day, int index)
    {
        var x = index * Step;
        var (lost, shape) = day.Down + day.Partly > 0 ? (day.Down + day.Partly, day.Down > 0 ? "out" : "part") : (day.Planned, "mt");
        if (day.Known == 0 && lost == 0) yield return new("na", x, Height - 8, 8);
        else if (lost == 0) yield return new("ok", x, 0, Height);
        else
        {
            var bite = (int)Math.Round(6 + (Math.Min(1, lost / Full) * (Height - 8)));
            yield return new(shape, x, 0, bite);
            if (bite + 2 < Height) yield return new(day.Known > 0 ? "ok" : "na", x, bite + 2, Height - bite - 2);
        }
    }

    public static string Uptime(ComponentDays days) => days.Share is { } share ? Figures.Ratio(share) : "";

    public static string Stamp(NodaTime.Instant at) => at.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Names(string[] names) => names.Length > 3 ? $"{names[0]}, {names[1]} and {names.Length - 2} others" : names is [.. var first, var last] && first.Length > 0 ? $"{string.Join(", ", first)} and {last}" : names[0];

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    internal readonly record struct Rect(string Shape, int X, int Y, int Height);
}
