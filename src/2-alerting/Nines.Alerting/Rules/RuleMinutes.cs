namespace Nines.Alerting.Rules;

/// <summary>
/// The last hour of one rule, a minute a row: events and their buckets, or the highest value. Minutes are counted from
/// 1970; an amount stamped at a full minute belongs to the minute that ends there, as in the engine.
/// </summary>
public sealed class RuleMinutes
{
    /// <summary>So many minutes are kept.</summary>
    public const int Kept = 60;

    // A hundred bounds and the sum of all (AlertRuleKind).
    private const int MostSlots = 101;

    private readonly long[] _minute = new long[Kept];
    private readonly double[] _values;
    private readonly bool[] _heard = new bool[Kept];
    private readonly int _slots;

    /// <param name="slots">Values a minute: one for a counter or a gauge, one a bound for a histogram.</param>
    public RuleMinutes(int slots)
    {
        _slots = slots;
        _values = new double[Kept * slots];
        Live = new bool[slots];
    }

    /// <summary>True for slots that something ever fed: a bound that the histogram lacks stays false.</summary>
    public bool[] Live { get; }

    /// <summary>The minute that a moment belongs to.</summary>
    public static long MinuteOf(long unixMs) => (unixMs - 1) / 60_000;

    /// <summary>Adds events.</summary>
    public void Add(int slot, long unixMs, double amount)
    {
        if (Row(MinuteOf(unixMs)) is { } row)
        {
            _values[(row * _slots) + slot] += amount;
            _heard[row] = true;
        }

        Live[slot] = true;
    }

    /// <summary>Adds events of a stretch, spread evenly.</summary>
    public void AddSpread(int slot, long fromMs, long toMs, double amount)
    {
        if (toMs <= fromMs)
        {
            Add(slot, toMs, amount);
            return;
        }

        // Only the newest hour is kept; what lies before it needs no loop.
        for (var minute = Math.Max(MinuteOf(fromMs + 1), MinuteOf(toMs) - Kept); minute <= MinuteOf(toMs); minute++)
        {
            var part = Math.Min(toMs, (minute + 1) * 60_000) - Math.Max(fromMs, minute * 60_000);
            if (part > 0) Add(slot, Math.Min(toMs, (minute + 1) * 60_000), amount * part / (toMs - fromMs));
        }
    }

    /// <summary>Something was heard in a minute, with or without events.</summary>
    public void Hear(int slot, long unixMs)
    {
        if (Row(MinuteOf(unixMs)) is { } row) _heard[row] = true;
        Live[slot] = true;
    }

    /// <summary>Takes a value; the highest of a minute counts.</summary>
    public void Peak(long unixMs, double value)
    {
        if (!double.IsFinite(value) || Row(MinuteOf(unixMs)) is not { } row) return;
        _values[row] = _heard[row] ? Math.Max(_values[row], value) : value;
        _heard[row] = true;
        Live[0] = true;
    }

    /// <summary>The values of a minute, one a slot; empty where nothing was heard.</summary>
    public ReadOnlySpan<double> At(long minute)
    {
        var row = (int)(minute % Kept);
        return _minute[row] == minute && _heard[row] ? _values.AsSpan(row * _slots, _slots) : [];
    }

    /// <summary>Writes the hour, for a restart.</summary>
    internal void Save(BinaryWriter to)
    {
        to.Write(_slots);
        foreach (var minute in _minute) to.Write(minute);
        foreach (var heard in _heard) to.Write(heard);
        foreach (var live in Live) to.Write(live);
        foreach (var value in _values) to.Write(value);
    }

    /// <summary>Takes back an hour that was written.</summary>
    /// <exception cref="InvalidDataException">It is of another form.</exception>
    internal static RuleMinutes Load(BinaryReader from)
    {
        var slots = from.ReadInt32();
        if (slots is < 1 or > MostSlots) throw new InvalidDataException($"{slots} values a minute are no rule's.");
        var read = new RuleMinutes(slots);
        for (var i = 0; i < Kept; i++) read._minute[i] = from.ReadInt64();
        for (var i = 0; i < Kept; i++) read._heard[i] = from.ReadBoolean();
        for (var i = 0; i < slots; i++) read.Live[i] = from.ReadBoolean();
        for (var i = 0; i < read._values.Length; i++) read._values[i] = from.ReadDouble();
        return read;
    }

    private int? Row(long minute)
    {
        if (minute < 0) return null;
        var row = (int)(minute % Kept);
        if (_minute[row] > minute) return null;
        if (_minute[row] < minute)
        {
            _minute[row] = minute;
            _heard[row] = false;
            _values.AsSpan(row * _slots, _slots).Clear();
        }

        return row;
    }
}
