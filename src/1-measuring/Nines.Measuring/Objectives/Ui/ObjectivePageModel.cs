using Nines.Kernel;
using Nines.Shell.Charts;
using NodaTime;

namespace Nines.Measuring.Objectives.Ui;

/// <summary>
/// What happened to a budget over its window, on an even grid: budget left, bad and all events of each step. NaN is
/// "no data" in all three.
/// </summary>
public sealed record ObjectiveHistory(long StartMs, long StepMs, double[] Left, double[] Bad, double[] Total, long? PartialFromMs = null)
{
    public static ObjectiveHistory None { get; } = new(0, 60_000, [], [], []);

    /// <summary>Of a composite by occurrences the members, whose weight × burn adds up.</summary>
    public IReadOnlyList<MemberMinutes> Members { get; init; } = [];

    public long EndMs => StartMs + (StepMs * Left.Length);

    /// <summary>The first step that holds data; null where none does.</summary>
    public Instant? First => Array.FindIndex(Left, double.IsFinite) is >= 0 and var at ? Instant.FromUnixTimeMilliseconds(StartMs + (at * StepMs)) : null;
}

/// <summary>One query behind an objective: <c>good</c>, <c>bad</c>, <c>total</c>, and where it is read.</summary>
public sealed record MeasuredBy(string Role, string Text, string Source);

/// <summary>What part of the time is shown: a named range, or the two ends that a zoom put into the address.</summary>
public sealed record ShownRange(string Name, long FromMs, long ToMs, bool Zoomed = false)
{
    private static readonly (string Name, Duration Length)[] Known =
        [("1h", Duration.FromHours(1)), ("6h", Duration.FromHours(6)), ("24h", Duration.FromHours(24)), ("7d", Duration.FromDays(7)), ("30d", Duration.FromDays(30)), ("90d", Duration.FromDays(90))];

    /// <summary>Ranges to choose from, by name in the address: shorter ones, then the objective's own window.</summary>
    public static IReadOnlyList<string> For(string window) =>
        FieldDuration.TryParse(window, out var length)
            ? [.. Known.Where(k => k.Length < length).Select(k => k.Name).TakeLast(4), window]
            : ["24h", "7d", window];

    /// <summary>
    /// Reads a range from the address. Without one, or with one that does not make sense, it is the shortest that holds
    /// all data there is: two minutes of data in a picture of 30 days would be a hatch.
    /// </summary>
    /// <param name="range">A name of <see cref="For"/>; the window's own is all of it.</param>
    /// <param name="from">Start of a zoom.</param>
    /// <param name="to">End of a zoom.</param>
    /// <param name="field">The objective's window as written, such as <c>30d</c>.</param>
    /// <param name="start">When the window began.</param>
    /// <param name="first">The first minute that holds data; null where none does.</param>
    /// <param name="now">The present.</param>
    public static ShownRange Of(string? range, string? from, string? to, string field, Instant start, Instant? first, Instant now)
    {
        var window = now - start;
        if (Instants(from) is { } begin && Instants(to) is { } end && end - begin >= Duration.FromMinutes(5) && end <= now + window)
            return new("", begin.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), Zoomed: true);
        var offered = For(field);
        var known = range == field ? default
            : offered.Contains(range) ? Known.FirstOrDefault(r => r.Name == range && r.Length < window)
            : Known.FirstOrDefault(r => offered.Contains(r.Name) && r.Length < window && first is { } since && since >= now - r.Length);
        var length = known.Name is null ? window : known.Length;
        return new(known.Name ?? "", (now - length).ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
    }

    private static Instant? Instants(string? text) =>
        text is { Length: < 40 } && NodaTime.Text.InstantPattern.ExtendedIso.Parse(text) is { Success: true } parsed ? parsed.Value : null;
}

/// <summary>All that an objective's page shows.</summary>
public sealed record ObjectivePageModel(ObjectiveView Objective, string ServiceTitle, ShownRange Range, ObjectiveHistory History, IReadOnlyList<MeasuredBy> Measured, IReadOnlyList<Mark> Marks)
{
    /// <summary>Where the manifest is: its file and line, or empty when it came over HTTP.</summary>
    public string ManifestPlace { get; init; } = "";

    public string ManifestAddress { get; init; } = "/manifests";
}
