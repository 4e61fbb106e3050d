using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>Every open page and the last that ended, with how far each message came.</summary>
/// <param name="All">By id.</param>
/// <param name="Ended">Ids of ended pages, the oldest first.</param>
/// <param name="ByEffect">Delivery id to page.</param>
public sealed record PageBook(
    ImmutableDictionary<string, Page> All, ImmutableList<string> Ended, ImmutableDictionary<string, string> ByEffect)
{
    /// <summary>So many ended pages stay in memory.</summary>
    public const int EndedKept = 200;

    /// <summary>No page yet.</summary>
    public static PageBook None { get; } = new(ImmutableDictionary<string, Page>.Empty, [], ImmutableDictionary<string, string>.Empty);

    /// <summary>The page of a message, or null.</summary>
    public Page? OfEffect(string effect) => ByEffect.TryGetValue(effect, out var id) ? All.GetValueOrDefault(id) : null;

    internal PageBook Intend(PageIntended e, Instant at)
    {
        var page = All.GetValueOrDefault(e.Page) ?? new Page(e.Page, e.Severity, e.Service, e.Title, [], at, null, [], "", []);
        var messages = e.Messages.Select(m => new PageMessage(m.Effect, m.Contact, m.Person, m.Kind, MessageState.Pending, 0, "", null));
        page = page.Told(new(e.Cause, at, e.Reason, [.. messages])) with
        {
            Alerts = page.Alerts.AddRange(e.Alerts.Except(page.Alerts, StringComparer.Ordinal)),
            People = page.People.AddRange(e.People.Except(page.People, StringComparer.Ordinal)),
            EndedAt = e.Cause == PageCause.Resolved ? page.EndedAt : null,
            Unheard = e.Messages.Count > 0 ? "" : page.Unheard,
        };
        return this with
        {
            All = All.SetItem(e.Page, page),
            Ended = page.EndedAt is null ? Ended.Remove(e.Page) : Ended,
            ByEffect = ByEffect.SetItems(e.Messages.Select(m => KeyValuePair.Create(m.Effect, e.Page))),
        };
    }

    internal PageBook End(PageEnded e, Instant at)
    {
        if (!All.TryGetValue(e.Page, out var page) || page.EndedAt is not null) return this;
        var next = this with { All = All.SetItem(e.Page, page with { EndedAt = at }), Ended = Ended.Add(e.Page) };
        return next.Ended.Count <= EndedKept ? next : next.Forget(next.Ended[0]);
    }

    internal PageBook Unhear(PageUnheard e) =>
        All.TryGetValue(e.Page, out var page) ? this with { All = All.SetItem(e.Page, page with { Unheard = e.Reason }) } : this;

    internal PageBook Change(string effect, Func<PageMessage, PageMessage> change) =>
        OfEffect(effect) is { } page ? this with { All = All.SetItem(page.Id, page.Change(effect, change)) } : this;

    private PageBook Forget(string id) => new(
        All.Remove(id), Ended.Remove(id), ByEffect.RemoveRange(All[id].Notices.SelectMany(n => n.Messages).Select(m => m.Effect)));
}

/// <summary>Folds pages, and what the outbox says about their messages.</summary>
public sealed class PageBookFold : Fold<PageBook>
{
    /// <inheritdoc />
    public override string Room => "notifications";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override PageBook Empty => PageBook.None;

    /// <inheritdoc />
    public override PageBook Apply(PageBook state, in Recorded happened)
    {
        var at = happened.Entry.At;
        return happened.Event switch
        {
            PageIntended e => state.Intend(e, at),
            PageEnded e => state.End(e, at),
            PageUnheard e => state.Unhear(e),
            OutboxAttempted e => state.Change(e.Id, m => m with { Attempts = e.Attempt, Reason = e.Reason, At = at }),
            OutboxSettled e => state.Change(e.Id, m => m with
            {
                State = e.End == EffectEnd.Accepted ? MessageState.Accepted : MessageState.Failed,
                Attempts = e.Attempts,
                Reason = e.Reason,
                At = at,
            }),
            _ => state,
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(PageBook state) => JsonSerializer.SerializeToUtf8Bytes(
        new Kept([.. state.All.Values.OrderBy(p => p.Id, StringComparer.Ordinal)], [.. state.Ended], new(state.ByEffect, StringComparer.Ordinal)), HouseJson.Options);

    /// <inheritdoc />
    public override PageBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of notifications is empty.");
        return new(kept.All.ToImmutableDictionary(p => p.Id), [.. kept.Ended], kept.ByEffect.ToImmutableDictionary());
    }

    private sealed record Kept(Page[] All, string[] Ended, SortedDictionary<string, string> ByEffect);
}
