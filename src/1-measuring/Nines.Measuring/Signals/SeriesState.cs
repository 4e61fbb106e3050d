namespace Nines.Measuring.Signals;

/// <summary>What the hub remembers of a matched series; one cache line.</summary>
internal struct SeriesState
{
    /// <summary>The last accepted value and its time; a stale marker leaves both, so that nothing is lost and nothing booked twice.</summary>
    public double Last;
    public long LastMs;

    public int Group;

    /// <summary>Where its streams stand in <see cref="SeriesTable.Streams"/>.</summary>
    public int StreamsAt;
    public ushort StreamCount;
    public SampleKind Kind;
    public SeriesMarks Marks;

    /// <summary>The usual gap between samples; 0 until there were two.</summary>
    public uint IntervalMs;

    /// <summary>The series without its replica labels; itself, where it has none.</summary>
    public int Canonical;

    /// <summary>Which replica sends it; 0 where there are no replicas.</summary>
    public int Replica;
}

/// <summary>Facts about a series, a bit each.</summary>
[Flags]
internal enum SeriesMarks : byte
{
    None = 0,
    HasValue = 1,
    Stale = 2,

    /// <summary>At least one stream counts its increase, so a value below zero is refused.</summary>
    IsCounted = 4,

    /// <summary><c>process_start_time_seconds</c>: tells when its target began.</summary>
    IsProcessStart = 8,
}

/// <summary>Where a matched series is counted.</summary>
internal readonly record struct BoundStream(int Indicator, Objectives.StreamRole Role, StreamMeasure Measure);
