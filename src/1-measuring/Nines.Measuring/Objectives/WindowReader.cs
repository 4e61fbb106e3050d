using System.Runtime.InteropServices;
using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives;

/// <summary>One window at one instant.</summary>
/// <param name="Minutes">W.</param>
/// <param name="Bad">Bad events in the window.</param>
/// <param name="Total">All events in the window.</param>
/// <param name="Covered">Minutes of the window for which data came.</param>
/// <param name="ErrorRatio">e(W), from what happened.</param>
/// <param name="Burn">e(W) / b.</param>
/// <param name="AlertRatio">The error ratio that alerts ask: minutes without data count as clean traffic at the observed rate (semantics.md 5).</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WindowReading(
    int Minutes, double Bad, double Total, double Covered, double ErrorRatio, double Burn, double AlertRatio)
{
    /// <summary>True where data is missing somewhere in the window.</summary>
    public bool Partial => Covered < Minutes - 1e-6;
}

/// <summary>Reads windows that end now from one stream.</summary>
/// <param name="stream">What is read.</param>
/// <param name="source">The stream that says when its source was read; the same unless the first is derived.</param>
/// <param name="sliceMinutes">Length of the slices that are counted; 0 for events.</param>
internal sealed class WindowReader(MinuteStream stream, MinuteStream source, int sliceMinutes)
{
    // Windows inside the resident ring need no cursor; a place for the others is kept by length.
    private readonly Dictionary<int, int> _places = [];
    private EdgeCursor[] _cursors = [];

    public MinuteStream Stream => stream;

    /// <summary>Bytes held for far edges.</summary>
    public int ResidentBytes => _cursors.Length * 700;

    /// <summary>Keeps a cursor for a window length; called once, before reading.</summary>
    public int Place(int minutes)
    {
        if (_places.TryGetValue(minutes, out var place)) return place;
        Array.Resize(ref _cursors, _cursors.Length + 1);
        return _places[minutes] = _cursors.Length - 1;
    }

    /// <summary>Says which blocks its edges will need soon.</summary>
    public void LookAhead(int minutes, List<(MinuteStream Stream, int Block, int Version)> wanted)
    {
        foreach (ref readonly var cursor in _cursors.AsSpan())
            if (stream.Ahead(cursor, minutes) is { } block) wanted.Add((stream, block, stream.LateVersion));
    }

    /// <summary>What happened since an instant.</summary>
    public Sums Since(long fromMs, long nowMs, int place)
    {
        // Minute m begins just after its start: an edge at a full minute includes the minute that begins there.
        var minute = Math.Max(0, fromMs) / Minute.Ms;
        var fraction = Math.Max(0, fromMs) % Minute.Ms / (double)Minute.Ms;
        var sums = stream.Since(minute, fraction, ref _cursors[place]);
        var covered = sliceMinutes == 0 && minute <= source.FirstCovered ? sums.Covered - source.Unborn : sums.Covered;
        return sums with { Covered = Cover(covered, nowMs, (nowMs - fromMs) / (double)Minute.Ms) };
    }

    /// <summary>What happened between two past instants.</summary>
    public Sums Between(long fromMs, long toMs, int fromPlace, int toPlace)
    {
        var from = stream.At(fromMs / Minute.Ms, fromMs % Minute.Ms / (double)Minute.Ms, ref _cursors[fromPlace]);
        var to = stream.At(toMs / Minute.Ms, toMs % Minute.Ms / (double)Minute.Ms, ref _cursors[toPlace]);
        return to - from;
    }

    /// <summary>A window of so many minutes that ends now.</summary>
    public WindowReading Read(int minutes, long nowMs, int place, double budget)
    {
        var sums = Since(nowMs - (minutes * Minute.Ms), nowMs, place);
        var ratio = sums.ErrorRatio;
        var alert = sums.Covered > 0 ? ratio * Math.Min(1, sums.Covered / minutes) : 0;
        return new(minutes, Math.Max(0, sums.Bad), Math.Max(0, sums.Total), sums.Covered, ratio, ratio / budget, alert);
    }

    /// <summary>
    /// The newest minute counts only as far as it has passed. The time since it counts as covered while its slice is not
    /// over, or the next read is on its way; after that it is a minute without data like any other (semantics.md 5).
    /// </summary>
    private double Cover(double covered, long nowMs, double windowMinutes)
    {
        if (stream.IsEmpty) return 0;
        var since = nowMs - Minute.EndMs(stream.Front);
        var slice = sliceMinutes * Minute.Ms;
        if (since < slice || since <= 0 || (nowMs - source.ReadMs <= source.PatienceMs && since <= source.PatienceMs + slice))
            covered += since / (double)Minute.Ms;
        return Math.Clamp(covered, 0, windowMinutes);
    }
}
