using System.Runtime.InteropServices;
using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives;

/// <summary>What one member burns of a composite in a window.</summary>
/// <param name="Objective">The member.</param>
/// <param name="Weight">Its weight, with those of the composites between; for slices its share of them all.</param>
/// <param name="Burn">Its own burn; null where nothing came.</param>
/// <param name="Share">Its share of the composite's burn.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MemberBurn(Objective Objective, double Weight, double? Burn, double Share)
{
    /// <summary>The member that burns most in a window; null where this is no composite, or nothing burns. The caller holds the gate.</summary>
    public static MemberBurn? Most(WatchedObjective watched, int minutes, long nowMs)
    {
        var all = Of(watched, minutes, nowMs);
        return all.Count == 0 || all.Max(m => m.Share) is var most && most <= 0 ? null : all.First(m => m.Share == most);
    }

    /// <summary>Every member of a composite, those of composites in it included; none for a plain objective.</summary>
    public static IReadOnlyList<MemberBurn> Of(WatchedObjective watched, int minutes, long nowMs) =>
        watched.AddsMembers ? OfOccurrences(watched, minutes, nowMs)
        : watched.Parts[0].Together is { } slices ? OfSlices(watched, slices, minutes, nowMs)
        : [];

    private static MemberBurn[] OfOccurrences(WatchedObjective watched, int minutes, long nowMs)
    {
        var readings = watched.Parts.Select(p => p.Reader.Read(minutes, nowMs, p.Reader.Place(minutes), p.Objective.Budget)).ToArray();
        var all = watched.Parts.Select((p, i) => p.Weight * readings[i].Burn).Sum();
        return [.. watched.Parts.Select((p, i) => new MemberBurn(p.Objective, p.Weight, readings[i].Total > 0 ? readings[i].Burn : null, all > 0 ? p.Weight * readings[i].Burn / all : 0))];
    }

    /// <summary>Slices are not kept per member: those of the window are derived anew, which is done only when somebody is told or looks.</summary>
    private static MemberBurn[] OfSlices(WatchedObjective watched, CompositeSlices slices, int minutes, long nowMs)
    {
        var leaves = slices.Leaves(1).ToArray();
        var (bad, seen, lost) = (new double[leaves.Length], new double[leaves.Length], 0d);
        var step = (int)watched.Objective.TimeSliceWindow.TotalMinutes;
        var end = Slices.Start(Minute.Of(nowMs) + (nowMs % Minute.Ms == 0 ? 1 : 0), step);
        for (var slice = Slices.Start(Math.Max(0, end - minutes), step); slice < end; slice += step)
        {
            lost += slices.Slice(slice, nowMs, out _).Bad;
            for (var i = 0; i < leaves.Length; i++)
            {
                var cell = leaves[i].Source.Slice(slice, nowMs, out _);
                (bad[i], seen[i]) = (bad[i] + cell.Bad, seen[i] + cell.Total);
            }
        }

        return [.. leaves.Select((leaf, i) => new MemberBurn(
            leaf.Source.Objective, leaf.Weight, seen[i] > 0 ? bad[i] / seen[i] / watched.Objective.Budget : null,
            lost <= 0 ? 0 : Math.Min(1, (watched.Objective.Method == BudgetingMethod.Timeslices ? 1 : leaf.Weight) * bad[i] / lost)))];
    }
}
