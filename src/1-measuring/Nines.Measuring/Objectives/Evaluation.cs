using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>
/// Everything about one objective at one instant. The evaluator fills the same one again and again: copy what is to
/// be kept.
/// </summary>
public sealed class Evaluation
{
    private WindowReading[] _windows = new WindowReading[24];

    /// <summary>When, in Unix milliseconds.</summary>
    public long AtMs { get; internal set; }

    /// <summary>True when the window of the budget holds anything.</summary>
    public bool HasData { get; internal set; }

    /// <summary>The budget's sums.</summary>
    public BudgetSums Budget { get; internal set; }

    /// <summary>Remaining by N̂: 1 is full, 0 is exhausted, below is overspent.</summary>
    public double Remaining { get; internal set; }

    /// <summary>Remaining by the events seen.</summary>
    public double PlainRemaining { get; internal set; }

    /// <summary>Remaining as if nothing had been excluded; equal to <see cref="Remaining"/> without exclusions.</summary>
    public double RemainingWithExcluded { get; internal set; }

    /// <summary>Share of the budget spent in the last 7 d.</summary>
    public double Spent7d { get; internal set; }

    /// <summary>Where the budget's period began.</summary>
    public long PeriodStartMs { get; internal set; }

    /// <summary>Where it ends: now for a rolling window.</summary>
    public long PeriodEndMs { get; internal set; }

    /// <summary>Minutes of the period for which data came.</summary>
    public double Covered { get; internal set; }

    /// <summary>True where more good than total events came somewhere: clamped, and worth a look (semantics.md 1).</summary>
    public bool GoodAboveTotal { get; internal set; }

    /// <summary>Every window that is watched, shortest first.</summary>
    public ReadOnlySpan<WindowReading> Windows => _windows.AsSpan(0, Count);

    internal int Count { get; private set; }

    /// <summary>When, as an instant.</summary>
    public Instant At => Instant.FromUnixTimeMilliseconds(AtMs);

    /// <summary>The reading of a window; it is one of those watched.</summary>
    public ref readonly WindowReading Window(int minutes)
    {
        for (var i = 0; i < Count; i++)
            if (_windows[i].Minutes == minutes) return ref _windows[i];
        throw new ArgumentOutOfRangeException(nameof(minutes), minutes, "This window is not watched.");
    }

    internal void Begin(long atMs) => (AtMs, Count, GoodAboveTotal) = (atMs, 0, false);

    internal void Add(in WindowReading reading)
    {
        if (Count == _windows.Length) Array.Resize(ref _windows, Count * 2);
        _windows[Count++] = reading;
    }

    internal ref readonly WindowReading WindowAt(int index) => ref _windows[index];
}
