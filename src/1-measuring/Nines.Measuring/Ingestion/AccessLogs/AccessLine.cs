namespace Nines.Measuring.Ingestion.AccessLogs;

/// <summary>The parts of a line that have a meaning of their own; further captured fields follow from <see cref="Extra"/> on.</summary>
internal enum AccessField
{
    /// <summary>The HTTP method.</summary>
    Method,

    /// <summary>Path with query, as requested.</summary>
    Path,

    /// <summary>The caller's address.</summary>
    Address,

    /// <summary>The User-Agent header.</summary>
    UserAgent,

    /// <summary>The first of the fields that become labels.</summary>
    Extra,
}

/// <summary>One request of an access log, reused from line to line.</summary>
internal sealed class AccessLine
{
    /// <summary>Most captured fields that can become labels.</summary>
    public const int MaxExtra = 8;

    private readonly (int Start, int Length)[] _slots = new (int, int)[(int)AccessField.Extra + MaxExtra];
    private byte[] _store = new byte[1024];
    private int _used;

    /// <summary>When the request was logged, in milliseconds since 1970; 0 where the line does not say.</summary>
    public long UnixMs { get; set; }

    /// <summary>HTTP status, 100 to 999; 0 where the line does not say.</summary>
    public int Status { get; set; }

    /// <summary>How long the request took in seconds; NaN where the line does not say.</summary>
    public double Seconds { get; set; } = double.NaN;

    /// <summary>A part's bytes; empty where the line does not have it.</summary>
    public ReadOnlySpan<byte> this[AccessField field] => _store.AsSpan(_slots[(int)field].Start, _slots[(int)field].Length);

    /// <summary>Forgets the last line.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        _used = 0;
        UnixMs = 0;
        Status = 0;
        Seconds = double.NaN;
    }

    /// <summary>Keeps a copy of a part.</summary>
    public void Set(AccessField field, ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        Keep(field, value.Length);
    }

    /// <summary>Room for a part of at most this many bytes; <see cref="Keep"/> says how many it took.</summary>
    public Span<byte> Room(int size)
    {
        if (_store.Length - _used < size) Array.Resize(ref _store, Math.Max(_store.Length * 2, _used + size));
        return _store.AsSpan(_used, size);
    }

    /// <summary>Ends what <see cref="Room"/> began.</summary>
    public void Keep(AccessField field, int length)
    {
        _slots[(int)field] = (_used, length);
        _used += length;
    }
}
