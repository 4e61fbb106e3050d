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

    /// <summary>Reads a range from the address; anything that does not make sense is the whole window.</summary>
    public static ShownRange Of(string? range, string? from, string? to, Duration window, Instant now)
    {
        if (Instants(from) is { } start && Instants(to) is { } end && end - start >= Duration.FromMinutes(5) && end <= now + window)
            return new("", start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), Zoomed: true);
        var known = Known.FirstOrDefault(r => r.Name == range && r.Length < window);
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
