using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives;

/// <summary>One objective made ready: its streams, its windows, its plan and where its alerts stand.</summary>
public sealed class WatchedObjective
{
    // Shown everywhere, whatever the policy watches: 5m 30m 1h 2h 6h 1d 3d 7d.
    private static readonly int[] Shown = [5, 30, 60, 120, 360, 1440, 4320, 10080];

    private long _usualHour = -1;
    private double _usual;

    internal WatchedObjective(Objective objective, BurnPlan plan, int? indicator, IReadOnlyList<Member> parts)
    {
        (Objective, Plan, Indicator, Parts) = (objective, plan, indicator, [.. parts]);
        PeriodMinutes = (int)objective.Window.Nominal.TotalMinutes;
        Windows = [.. Shown.Concat(plan.Rules.Select(r => r.LongMinutes)).Concat(plan.Rules.Select(r => r.ShortMinutes)).Distinct().Order()];
        LongAt = [.. plan.Rules.Select(r => Array.IndexOf(Windows, r.LongMinutes))];
        ShortAt = [.. plan.Rules.Select(r => Array.IndexOf(Windows, r.ShortMinutes))];
        if (plan.Rules.Any(r => r.AfterMs > 0)) BurnsSince = new long[plan.Rules.Count];
        foreach (var part in parts) part.Prepare(Windows);
    }

    /// <summary>The objective.</summary>
    public Objective Objective { get; }

    /// <summary>Its policy, worked out.</summary>
    public BurnPlan Plan { get; }

    /// <summary>Its indicator's index; null for a composite.</summary>
    public int? Indicator { get; }

    /// <summary>Where its alerts and its budget stand.</summary>
    public AlertState Alerts { get; internal set; } = new();

    /// <summary>What is evaluated: itself alone, or the members of a composite by occurrences.</summary>
    internal Member[] Parts { get; }

    internal int[] Windows { get; }

    internal int[] LongAt { get; }

    internal int[] ShortAt { get; }

    internal int PeriodMinutes { get; }

    /// <summary>Since when each pair burns, Unix milliseconds, 0 while it does not; null where no pair asks how long.</summary>
    internal long[]? BurnsSince { get; }

    /// <summary>The stream that its budget counts; of a composite by occurrences the first member's.</summary>
    public MinuteStream Counted => Parts[0].Reader.Stream;

    /// <summary>Median events a minute at an hour of the week, remembered for that hour; NaN where too little is known.</summary>
    internal double UsualAt(MinuteStream stream, long minute)
    {
        if (_usualHour != minute / 60) (_usualHour, _usual) = (minute / 60, HourOfWeek.Median(stream, minute));
        return _usual;
    }

    /// <summary>True where it adds the burn of several members.</summary>
    internal bool AddsMembers => Objective is { Composite.Count: > 0, Method: BudgetingMethod.Occurrences };

    /// <summary>Bytes of memory that it holds besides its indicator's stream.</summary>
    public int ResidentBytes => Parts.Sum(p => p.ResidentBytes) + 600;
}

/// <summary>One stream that takes part in an objective, with the places of its far edges.</summary>
internal sealed class Member
{
    private readonly DerivedView? _view;
    private readonly Member? _withExcluded;

    public Member(Objective objective, MinuteStream counted, DerivedView? view, double weight, Member? withExcluded)
    {
        (Objective, _view, Weight, _withExcluded) = (objective, view, weight, withExcluded);
        Reader = new(counted, view?.Plain ?? counted, view is { CountsSlices: true } ? view.SliceMinutes : 0);
        SliceMinutes = objective.Method == BudgetingMethod.Occurrences ? 0 : (int)objective.TimeSliceWindow.TotalMinutes;
        Period = new(objective.Window);
    }

    /// <summary>The objective whose budget this stream spends.</summary>
    public Objective Objective { get; }

    public double Weight { get; }

    /// <summary>The members behind the slices of a composite; null for a plain objective.</summary>
    public CompositeSlices? Together => _view?.Source as CompositeSlices;

    public WindowReader Reader { get; }

    /// <summary>0 for occurrences.</summary>
    public int SliceMinutes { get; }

    /// <summary>The same without exclusions; null where there are none.</summary>
    public Member? WithExcluded => _withExcluded;

    public PeriodClock Period { get; }

    public int[] Places { get; private set; } = [];

    public int PeriodPlace { get; private set; }

    public int LastFromPlace { get; private set; }

    public int LastToPlace { get; private set; }

    public int ResidentBytes =>
        Reader.ResidentBytes + (_view is null ? 0 : Reader.Stream.ResidentBytes) + (_withExcluded?.ResidentBytes ?? 0);

    public void Prepare(int[] windows)
    {
        Places = [.. windows.Select(Reader.Place)];
        // Lengths below zero name edges that are no rolling windows.
        PeriodPlace = Reader.Place(-1);
        LastFromPlace = Reader.Place(-2);
        LastToPlace = Reader.Place(-3);
        _withExcluded?.Prepare(windows);
    }

    public void LookAhead(int minutes, List<(MinuteStream Stream, int Block, int Version)> wanted)
    {
        Reader.LookAhead(minutes, wanted);
        _withExcluded?.LookAhead(minutes, wanted);
    }

    public void Sync(long nowMs)
    {
        _view?.Sync(nowMs);
        _withExcluded?.Sync(nowMs);
    }
}
