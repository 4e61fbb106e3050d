using Nines.Kernel;
using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives;

/// <summary>
/// The objectives that are watched now. Replacing the set keeps what did not change; a changed target, query or label
/// keeps its history and its alerts (semantics.md 1).
/// </summary>
public sealed class ObjectiveSet(IndicatorBook book)
{
    // Replaced as a whole: readers keep the list that they took.
    private volatile Dictionary<string, WatchedObjective> _byName = [];
    private volatile IReadOnlyList<WatchedObjective> _all = [];

    /// <summary>The indicators' streams.</summary>
    public IndicatorBook Book { get; } = book;

    /// <summary>All of them, in the order given.</summary>
    public IReadOnlyList<WatchedObjective> All => _all;

    /// <summary>One of them.</summary>
    public WatchedObjective? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Watches exactly these from now on; the problems of composites refuse the composite only.</summary>
    public IReadOnlyList<Problem> Replace(IReadOnlyList<Objective> objectives)
    {
        lock (Book.Gate)
        {
            Book.Announce(objectives.Select(o => o.Indicator).OfType<Indicators.IndicatorSpec>());
            var problems = CompositeRules.Check(objectives);
            var byName = new Dictionary<string, Objective>();
            foreach (var objective in objectives) byName[objective.Name] = objective;
            var before = _byName;
            var watching = new Dictionary<string, WatchedObjective>();
            var all = new List<WatchedObjective>(objectives.Count);
            foreach (var objective in objectives)
            {
                if (objective.Composite.Count > 0 && !Sound(objective, byName, 0)) continue;
                var known = before.GetValueOrDefault(objective.Name);
                var watched = known is not null && objective.Composite.Count == 0 && known.Objective.Equals(objective) ? known : Watch(objective, byName, known);
                if (watching.TryAdd(objective.Name, watched)) all.Add(watched);
            }

            (_byName, _all) = (watching, all);

            return problems;
        }
    }

    private static bool Sound(Objective objective, Dictionary<string, Objective> byName, int depth) =>
        depth <= byName.Count && objective.Composite.All(m => byName.TryGetValue(m.Objective, out var member) && m.Weight > 0 && Sound(member, byName, depth + 1));

    private WatchedObjective Watch(Objective objective, Dictionary<string, Objective> byName, WatchedObjective? known)
    {
        var plan = BurnPlan.For(objective);
        if (objective.Composite.Count == 0)
        {
            var indicator = Book.Open(objective.Indicator!);
            return Keep(new(objective, plan, indicator, [Part(objective, 1)]), known);
        }

        IReadOnlyList<Member> parts = objective.Method == BudgetingMethod.Occurrences
            ? [.. Leaves(objective, byName, 1, objective.Window)]
            : [new(objective, CompositeView(objective, byName, excluded: true, out var view), view, 1, null)];
        return Keep(new(objective, plan, null, parts), known);
    }

    private static WatchedObjective Keep(WatchedObjective watched, WatchedObjective? known)
    {
        if (known is null) return watched;
        // Bits stand for pairs: they mean nothing for other pairs.
        watched.Alerts = known.Plan.Rules.SequenceEqual(watched.Plan.Rules) ? known.Alerts : known.Alerts with { Verdicts = 0 };
        return watched;
    }

    /// <summary>The members' members of a composite by occurrences, each with the product of the weights above it.</summary>
    private IEnumerable<Member> Leaves(Objective objective, Dictionary<string, Objective> byName, double weight, ObjectiveWindow window)
    {
        foreach (var member in objective.Composite)
        {
            var inner = byName[member.Objective];
            // A composite's budget is that of its own window, whatever its members' windows are.
            if (inner.Composite.Count == 0) yield return Part(inner with { Window = window }, weight * member.Weight);
            else
                foreach (var leaf in Leaves(inner, byName, weight * member.Weight, window)) yield return leaf;
        }
    }

    private Member Part(Objective objective, double weight)
    {
        var indicator = Book.Open(objective.Indicator!);
        var plain = Book.StreamOf(indicator);
        var grace = Book.StaleMsOf(indicator);
        var all = objective.Exclusions.Count == 0 ? null : Build(objective, plain, [], grace, 1, null, "all");
        return Build(objective, plain, objective.Exclusions, grace, weight, all, "view");
    }

    private Member Build(
        Objective objective, MinuteStream plain, IReadOnlyList<Exclusion> exclusions, long grace, double weight, Member? withExcluded, string name)
    {
        var (shape, slice, target) = ShapeOf(objective);
        if (shape == SliceShape.Events && objective.NoData == NoDataPolicy.Ignore && exclusions.Count == 0)
            return new(objective, plain, null, weight, withExcluded);
        var stream = Book.NewStream($"{name}/{objective.Name}");
        var view = new DerivedView(new IndicatorSlices(objective, plain, shape, slice, target, exclusions, grace), stream, slice);
        return new(objective, stream, view, weight, withExcluded);
    }

    private static (SliceShape Shape, int Slice, double Target) ShapeOf(Objective objective)
    {
        if (objective.Indicator is WindowsIndicator windows) return (SliceShape.GoodOrBad, (int)windows.Window.TotalMinutes, windows.GoodRatio);
        var slice = Math.Max(1, (int)objective.TimeSliceWindow.TotalMinutes);
        return objective.Method switch
        {
            BudgetingMethod.Timeslices => (SliceShape.GoodOrBad, slice, objective.TimeSliceTarget),
            BudgetingMethod.RatioTimeslices => (SliceShape.Ratio, slice, 1),
            _ => (SliceShape.Events, 1, 1),
        };
    }

    private MinuteStream CompositeView(Objective objective, Dictionary<string, Objective> byName, bool excluded, out DerivedView view)
    {
        var stream = Book.NewStream($"view/{objective.Name}");
        view = new(CompositeSource(objective, objective, byName, excluded), stream, Math.Max(1, (int)objective.TimeSliceWindow.TotalMinutes));
        return stream;
    }

    /// <summary>Members are sliced as the composite says and keep their own no-data rule and slice target.</summary>
    private CompositeSlices CompositeSource(Objective top, Objective objective, Dictionary<string, Objective> byName, bool excluded)
    {
        var slice = Math.Max(1, (int)top.TimeSliceWindow.TotalMinutes);
        var anyBad = top.Method == BudgetingMethod.Timeslices;
        var members = new List<(ISliceSource, double)>();
        foreach (var member in objective.Composite)
        {
            var inner = byName[member.Objective];
            if (inner.Composite.Count > 0)
            {
                members.Add((CompositeSource(top, inner, byName, excluded), member.Weight));
                continue;
            }

            var indicator = Book.Open(inner.Indicator!);
            var target = inner.Method == BudgetingMethod.Timeslices ? inner.TimeSliceTarget : top.TimeSliceTarget;
            members.Add((
                new IndicatorSlices(
                    inner, Book.StreamOf(indicator), anyBad ? SliceShape.GoodOrBad : SliceShape.Ratio, slice, target,
                    excluded ? inner.Exclusions : [], Book.StaleMsOf(indicator)),
                member.Weight));
        }

        return new(members, anyBad);
    }
}
