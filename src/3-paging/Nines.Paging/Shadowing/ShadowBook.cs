using System.Collections.Immutable;
using System.Text.Json;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Paging.Shadowing;

/// <summary>Whom Nines called about one page, or would have.</summary>
/// <param name="Id">The page.</param>
/// <param name="Shadow">The shadow mode under which nothing was sent; empty where people were called.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Title">What burns.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null before.</param>
/// <param name="Alerts">The first of what it is about.</param>
/// <param name="Calls">Its steps, the first first.</param>
public sealed record NinesPage(
    string Id, string Shadow, string Service, string Title, Instant OpenedAt, Instant? EndedAt, ImmutableList<string> Alerts, ImmutableList<NinesCall> Calls)
{
    // The first step is what is compared; the next few say who would have come later.
    internal const int CallsKept = 12;
    internal const int AlertsKept = 20;
}

/// <summary>One step.</summary>
/// <param name="Round">From 1.</param>
/// <param name="Step">From 1; 0 for the last resort.</param>
/// <param name="At">When.</param>
/// <param name="People">Opaque ids.</param>
/// <param name="Reason">Why them.</param>
public sealed record NinesCall(int Round, int Step, Instant At, ImmutableList<string> People, string Reason);

/// <summary>What other pagers did, and what Nines did or would have done; both bounded.</summary>
/// <param name="Outside">By mode and id.</param>
/// <param name="Own">The newest of each page of Nines, by id.</param>
/// <param name="Before">Earlier ones of pages that came back, the oldest first.</param>
/// <param name="Last">When something was last heard of another pager, by mode.</param>
public sealed record ShadowBook(
    ImmutableDictionary<string, OutsidePageHeard> Outside, ImmutableDictionary<string, NinesPage> Own, ImmutableList<NinesPage> Before, ImmutableSortedDictionary<string, Instant> Last)
{
    // Ten a day for half a year on each side.
    private const int MostKept = 2_000;
    private const int AtOnce = 200;

    /// <summary>Nothing yet.</summary>
    public static ShadowBook None { get; } = new(
        ImmutableDictionary<string, OutsidePageHeard>.Empty, ImmutableDictionary<string, NinesPage>.Empty, [], ImmutableSortedDictionary.Create<string, Instant>(StringComparer.Ordinal));

    /// <summary>An outside page's key.</summary>
    public static string KeyOf(string mode, string id) => $"{mode}\n{id}";

    /// <summary>Every page of Nines that is kept.</summary>
    public IEnumerable<NinesPage> Pages => Own.Values.Concat(Before);

    internal ShadowBook Hear(OutsidePageHeard e, Instant at)
    {
        var outside = Outside.Count < MostKept ? Outside : Outside.RemoveRange(Outside.OrderBy(p => p.Value.OpenedAt).ThenBy(p => p.Key, StringComparer.Ordinal).Take(AtOnce).Select(p => p.Key));
        return this with { Outside = outside.SetItem(KeyOf(e.Mode, e.Id), e), Last = Last.SetItem(e.Mode, at) };
    }

    internal ShadowBook Intend(PageIntended e, Instant at)
    {
        // A house that never stood beside another pager remembers nothing here.
        if (e.Severity != AlertSeverity.Page || (e.Shadow.Length == 0 && Outside.IsEmpty)) return this;
        if (Own.TryGetValue(e.Page, out var known) && known.EndedAt is null)
        {
            var more = known.Alerts.Count < NinesPage.AlertsKept ? known.Alerts.AddRange(e.Alerts.Except(known.Alerts, StringComparer.Ordinal).Take(NinesPage.AlertsKept - known.Alerts.Count)) : known.Alerts;
            return this with { Own = Own.SetItem(e.Page, known with { Alerts = more, Shadow = e.Shadow }) };
        }

        if (e.Cause is PageCause.Test or PageCause.Resolved or PageCause.Learning) return this;
        var book = known is null ? Room() : this with { Before = Before.Count < MostKept ? Before.Add(known) : Before.RemoveAt(0).Add(known) };
        return book with { Own = book.Own.SetItem(e.Page, new(e.Page, e.Shadow, e.Service, e.Title, at, null, [.. e.Alerts.Take(NinesPage.AlertsKept)], [])) };
    }

    internal ShadowBook Change(string page, Func<NinesPage, NinesPage> change) => Own.TryGetValue(page, out var known) && known.EndedAt is null ? this with { Own = Own.SetItem(page, change(known)) } : this;

    private ShadowBook Room() => Own.Count < MostKept ? this
        : this with { Own = Own.RemoveRange(Own.OrderBy(p => p.Value.EndedAt is null).ThenBy(p => p.Value.OpenedAt).ThenBy(p => p.Key, StringComparer.Ordinal).Take(AtOnce).Select(p => p.Key)) };
}

/// <summary>Folds pages of Nines and what is heard of others.</summary>
public sealed class ShadowFold : Fold<ShadowBook>
{
    /// <inheritdoc />
    public override string Room => "shadow";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override ShadowBook Empty => ShadowBook.None;

    /// <inheritdoc />
    public override ShadowBook Apply(ShadowBook state, in Recorded happened)
    {
        var at = happened.Entry.At;
        return happened.Event switch
        {
            OutsidePageHeard e => state.Hear(e, at),
            PageIntended e => state.Intend(e, at),
            PageStepTaken e => state.Change(e.Page, p => p.Calls.Count >= NinesPage.CallsKept ? p : p with { Calls = p.Calls.Add(new(e.Round, e.Step, at, [.. e.People], e.Reason)) }),
            PageWentLive e => state.Change(e.Page, p => p with { Shadow = "" }),
            PageEnded e => state.Change(e.Page, p => p with { EndedAt = at }),
            PageMerged e => state.Change(e.Page, p => p with { EndedAt = at }),
            _ => state,
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(ShadowBook state) => JsonSerializer.SerializeToUtf8Bytes(
        new Kept([.. state.Outside.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Value)], [.. state.Own.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Value)], [.. state.Before], new(state.Last, StringComparer.Ordinal)),
        HouseJson.Options);

    /// <inheritdoc />
    public override ShadowBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of shadow mode is empty.");
        return new(
            kept.Outside.ToImmutableDictionary(p => ShadowBook.KeyOf(p.Mode, p.Id)), kept.Own.ToImmutableDictionary(p => p.Id), [.. kept.Before], kept.Last.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private sealed record Kept(OutsidePageHeard[] Outside, NinesPage[] Own, NinesPage[] Before, SortedDictionary<string, Instant> Last);
}
