using System.Numerics;

namespace Nines.Measuring.Indicators;

/// <summary>
/// The newest four blocks of a stream, minute by minute: running sums since the ring's first minute (small numbers, so
/// that a quiet night after a busy month loses no digits) and one bit per mark.
/// </summary>
internal sealed class MinuteRing
{
    /// <summary>Minutes held; at least 384 of them lie before the newest, more than the 6 h window needs.</summary>
    public const int Slots = 4 * BlockCodec.Minutes;

    private const int Words = Slots / 64;

    private readonly (double Bad, double Total)[] _runs = new (double, double)[Slots];
    private readonly ulong[] _marks = new ulong[4 * Words];

    public (double Bad, double Total) RunAt(int slot) => _runs[slot];

    public void Open(int slot, (double Bad, double Total) run)
    {
        _runs[slot] = run;
        Mark(slot, MinuteMarks.None);
    }

    /// <summary>Adds to the sums of a slot and of the <paramref name="after"/> slots that follow it.</summary>
    public void Add(int slot, int after, double bad, double total)
    {
        for (var i = 0; i <= after; i++)
        {
            ref var run = ref _runs[(slot + i) & (Slots - 1)];
            run = (run.Bad + bad, run.Total + total);
        }
    }

    /// <summary>Makes the sums count from a later minute.</summary>
    public void Rebase((double Bad, double Total) by)
    {
        if (by == default) return;
        for (var i = 0; i < Slots; i++) _runs[i] = (_runs[i].Bad - by.Bad, _runs[i].Total - by.Total);
    }

    /// <summary>Replaces the marks of a slot.</summary>
    public void Mark(int slot, MinuteMarks marks)
    {
        for (var mark = 0; mark < 4; mark++)
        {
            ref var word = ref _marks[(mark * Words) + (slot >> 6)];
            var bit = 1UL << (slot & 63);
            word = ((int)marks >> mark & 1) != 0 ? word | bit : word & ~bit;
        }
    }

    public MinuteMarks MarksAt(int slot)
    {
        var marks = 0;
        for (var mark = 0; mark < 4; mark++)
            marks |= (int)(_marks[(mark * Words) + (slot >> 6)] >> (slot & 63) & 1) << mark;
        return (MinuteMarks)marks;
    }

    /// <summary>Covered minutes among a slot and the <paramref name="after"/> slots that follow it.</summary>
    public int Covered(int slot, int after)
    {
        var covered = 0;
        for (var left = after + 1; left > 0;)
        {
            var bit = slot & 63;
            var take = Math.Min(left, 64 - bit);
            var word = _marks[slot >> 6] >> bit;
            if (take < 64) word &= (1UL << take) - 1;
            covered += BitOperations.PopCount(word);
            left -= take;
            slot = (slot + take) & (Slots - 1);
        }

        return covered;
    }
}
