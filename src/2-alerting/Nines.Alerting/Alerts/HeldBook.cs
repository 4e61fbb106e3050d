using System.Collections.Immutable;
using Nines.Kernel;

namespace Nines.Alerting.Alerts;

/// <summary>
/// What holds which alerts back: so that the end of a source, a silence or a window finds in one step what it releases.
/// Only alerts that are held stand here.
/// </summary>
/// <param name="By"><c>alert/ID</c>, <c>silence/ID</c>, <c>maintenance/NAME</c>, <c>interval/NAME</c> to the alerts that it holds.</param>
/// <param name="Of">An alert to what holds it.</param>
public sealed record HeldBook(ImmutableDictionary<string, ImmutableSortedSet<string>> By, ImmutableDictionary<string, string> Of)
{
    /// <summary>Nothing is held back.</summary>
    public static HeldBook None { get; } = new(ImmutableDictionary<string, ImmutableSortedSet<string>>.Empty, ImmutableDictionary<string, string>.Empty);

    /// <summary>The alerts that something holds back, by id.</summary>
    public IReadOnlyCollection<string> HeldBy(string by) => By.GetValueOrDefault(by) ?? ImmutableSortedSet<string>.Empty;

    internal HeldBook Hold(string alert, string by)
    {
        var before = Of.GetValueOrDefault(alert, "");
        if (before == by) return this;
        var all = By;
        if (before.Length > 0)
        {
            var left = all[before].Remove(alert);
            all = left.IsEmpty ? all.Remove(before) : all.SetItem(before, left);
        }

        if (by.Length == 0) return new(all, Of.Remove(alert));
        var held = all.GetValueOrDefault(by) ?? ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
        return new(all.SetItem(by, held.Add(alert)), Of.SetItem(alert, by));
    }
}

/// <summary>Folds what the later stages said.</summary>
public sealed class HeldBookFold : Fold<HeldBook>
{
    /// <inheritdoc />
    public override string Room => "alerts-held";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override HeldBook Empty => HeldBook.None;

    /// <inheritdoc />
    public override HeldBook Apply(HeldBook state, in Recorded happened) => happened.Event switch
    {
        AlertJudged e => state.Hold(e.Id, KeyOf(e.SilencedBy, e.InhibitedBy, e.MutedBy)),
        GroupJudged e => e.Alerts.Aggregate(state, (book, a) => book.Hold(a.Id, KeyOf(a.SilencedBy, a.InhibitedBy, a.MutedBy))),
        AlertResolved e => state.Hold(e.Id, ""),
        _ => state,
    };

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(HeldBook state) =>
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new SortedDictionary<string, string>(state.Of, StringComparer.Ordinal), HouseJson.Options);

    /// <inheritdoc />
    public override HeldBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = System.Text.Json.JsonSerializer.Deserialize<SortedDictionary<string, string>>(data.Span, HouseJson.Options)
            ?? throw new System.Text.Json.JsonException("The snapshot of what is held back is empty.");
        return kept.Aggregate(HeldBook.None, (book, pair) => book.Hold(pair.Key, pair.Value));
    }

    private static string KeyOf(string silencedBy, string inhibitedBy, string mutedBy) =>
        inhibitedBy.Length > 0 ? "alert/" + inhibitedBy : mutedBy.Length > 0 ? mutedBy : silencedBy.Length > 0 ? "silence/" + silencedBy : "";
}
