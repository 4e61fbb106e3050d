using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using Nines.Paging.Notifications;

namespace Nines.Paging.OwnObjective;

/// <summary>How many pages came in time, since the house began.</summary>
/// <param name="InTime">Pages that ended and missed no deadline.</param>
/// <param name="Late">Pages that missed one, or reached nobody.</param>
/// <param name="Open">Pages that still call, and whether they are counted as late already.</param>
/// <param name="Offered">True once the objective was applied.</param>
public sealed record PagesProven(long InTime, long Late, ImmutableSortedDictionary<string, bool> Open, bool Offered)
{
    /// <summary>No page yet.</summary>
    public static PagesProven None { get; } = new(0, 0, ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal), false);

    /// <summary>Pages that call nobody, because of shadow mode: they are neither in time nor late.</summary>
    public ImmutableSortedSet<string> InShadow { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    internal PagesProven Intends(PageIntended e) => e.Shadow.Length > 0 ? this with { InShadow = InShadow.Add(e.Page) } : InShadow.Contains(e.Page) ? this with { InShadow = InShadow.Remove(e.Page) } : this;

    internal PagesProven Calls(string page) => Open.ContainsKey(page) || InShadow.Contains(page) ? this : this with { Open = Open.Add(page, false) };

    internal PagesProven Misses(string page) =>
        Open.TryGetValue(page, out var late) && !late ? this with { Late = Late + 1, Open = Open.SetItem(page, true) } : this;

    internal PagesProven Ends(string page) =>
        Open.TryGetValue(page, out var late) ? this with { InTime = late ? InTime : InTime + 1, Open = Open.Remove(page) }
        : InShadow.Contains(page) ? this with { InShadow = InShadow.Remove(page) } : this;
}

/// <summary>Folds what happened to pages into how many came in time.</summary>
public sealed class PagesProvenFold : Fold<PagesProven>
{
    /// <inheritdoc />
    public override string Room => "own-objective";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override PagesProven Empty => PagesProven.None;

    /// <inheritdoc />
    public override PagesProven Apply(PagesProven state, in Recorded happened) => happened.Event switch
    {
        // Only what follows an escalation calls anybody: tickets and tests take no steps.
        PageIntended e => state.Intends(e),
        PageStepTaken e => state.Calls(e.Page),
        PageFailedOver e => state.Misses(e.Page),
        PageUnheard e => state.Misses(e.Page),
        PageEnded e => state.Ends(e.Page),
        PageMerged e => state.Ends(e.Page),
        ObjectiveOffered => state with { Offered = true },
        _ => state,
    };

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(PagesProven state) => JsonSerializer.SerializeToUtf8Bytes(state, HouseJson.Options);

    /// <inheritdoc />
    public override PagesProven Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<PagesProven>(data.Span, HouseJson.Options)!;
        return kept with { Open = kept.Open.WithComparers(StringComparer.Ordinal), InShadow = kept.InShadow.WithComparer(StringComparer.Ordinal) };
    }
}
