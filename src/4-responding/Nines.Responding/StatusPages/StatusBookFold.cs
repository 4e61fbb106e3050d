using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>Folds what was published. A notice follows from what was published: nobody can forget to send one.</summary>
public sealed class StatusBookFold : Fold<StatusBook>
{
    /// <inheritdoc />
    public override string Room => "statuspages";

    /// <inheritdoc />
    public override int Version => 2;

    /// <inheritdoc />
    public override StatusBook Empty => StatusBook.None;

    /// <inheritdoc />
    public override StatusBook Apply(StatusBook state, in Recorded happened)
    {
        var at = happened.Entry.At;
        return happened.Event switch
        {
            StatusPublished e => state.Change(e.Page, p => Publish(p, e, at)),
            StatusUpdated e => state.Change(e.Page, p => p.ChangePost(e.Id, post => post.With(e.Update, e.Status, e.Impact, e.Components, e.Body, at)).Tell(e.Update, e.Id, NoticeKind.Post, at)),
            MaintenanceScheduled e => state.Change(e.Page, p => Schedule(p, e, at)),
            MaintenanceChanged e => state.Change(e.Page, p => p.ChangeMaintenance(e.Id, m => Announce(m, e, at)).Tell(e.Update, e.Id, NoticeKind.Maintenance, at)),
            MaintenanceStarted e => state.Change(e.Page, p => p.ChangeMaintenance(e.Id, m => m.Becomes(MaintenanceStatus.InProgress, e.Update, "The work has begun.", at) with { StartedAt = at }).Tell(e.Update, e.Id, NoticeKind.Maintenance, at)),
            MaintenanceEnded e => state.Change(e.Page, p => p.ChangeMaintenance(e.Id, m => m.Becomes(MaintenanceStatus.Completed, e.Update, "The work is done.", at) with { EndedAt = at }).Tell(e.Update, e.Id, NoticeKind.Maintenance, at)),
            MaintenanceCancelled e => state.Change(e.Page, p => p.ChangeMaintenance(e.Id, m => m.Becomes(MaintenanceStatus.Cancelled, e.Update, e.Reason, at) with { EndedAt = at }).Tell(e.Update, e.Id, NoticeKind.Maintenance, at)),
            SubscriberAsked e => state.Change(e.Page, p => p with { Subscribers = p.Subscribers.SetItem(e.Id, new(e.Id, e.Kind, e.Address, at, null, e.Components is null ? null : new([.. e.Components], at, []))) }),
            SubscriberConfirmed e => state.Change(e.Page, p => p.Subscribers.TryGetValue(e.Id, out var one)
                ? p with { Subscribers = p.Subscribers.SetItem(e.Id, one with { ConfirmedAt = at }), Confirmed = p.Confirmed.Add(e.Id) }
                : p),
            SubscriberChose e => state.Change(e.Page, p => p.Subscribers.TryGetValue(e.Id, out var one) ? p with { Subscribers = p.Subscribers.SetItem(e.Id, one with { Choice = new([.. e.Components], at, [.. e.Follows]) }) } : p),
            SubscriberLeft e => state.Change(e.Page, p => p with { Subscribers = p.Subscribers.Remove(e.Id), Confirmed = p.Confirmed.Remove(e.Id), Gone = p.Gone.Add(e.Id) }),
            SubscriberForgotten e => state.Change(e.Page, p => p with { Gone = p.Gone.Remove(e.Id) }),
            NoticeSent e => state.Change(e.Page, p => Advance(p, e)),
            OutboxAttempted e => Tried(state, e.Id),
            OutboxSettled e => Tried(state, e.Id),
            OutboxCancelled e => Tried(state, e.Id),
            _ => state,
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(StatusBook state) => JsonSerializer.SerializeToUtf8Bytes(
        new Kept([.. state.Pages.Select(p => new KeptPage(p.Key, [.. p.Value.Posts], [.. p.Value.Maintenances], [.. p.Value.Subscribers.Values.OrderBy(s => s.Id, StringComparer.Ordinal)], [.. p.Value.Notices], [.. p.Value.Gone]))]), HouseJson.Options);

    /// <inheritdoc />
    public override StatusBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of status pages is empty.");
        return new(StatusBook.None.Pages.AddRange(kept.Pages.Select(p => KeyValuePair.Create(p.Page, new PublishedPage
        {
            Posts = [.. p.Posts.Select(post => post with { Components = post.Components.WithComparers(StringComparer.Ordinal) })],
            Maintenances = [.. p.Maintenances],
            Subscribers = PublishedPage.None.Subscribers.AddRange(p.Subscribers.Select(s => KeyValuePair.Create(s.Id, s))),
            Confirmed = PublishedPage.None.Confirmed.Union(p.Subscribers.Where(s => s.ConfirmedAt is not null).Select(s => s.Id)),
            Notices = [.. p.Notices],
            Gone = PublishedPage.None.Gone.Union(p.Gone),
        }))));
    }

    private static PublishedPage Publish(PublishedPage page, StatusPublished e, Instant at)
    {
        var post = new Post { Id = e.Id, Title = e.Title, Status = e.Status, Impact = e.Impact, StartedAt = e.StartedAt, CreatedAt = at, UpdatedAt = at, Incident = e.Incident };
        // The first update has the id of its post: both were written at once.
        return (page with { Posts = page.Posts.Add(post.With(e.Id, e.Status, e.Impact, e.Components, e.Body, at)) }).Tell(e.Id, e.Id, NoticeKind.Post, at).Trim();
    }

    private static PublishedPage Schedule(PublishedPage page, MaintenanceScheduled e, Instant at)
    {
        var work = new Maintenance { Id = e.Id, Title = e.Title, Body = e.Body, Components = [.. e.Components], From = e.From, Until = e.Until, CreatedAt = at, UpdatedAt = at, Sequence = -1 };
        return (page with { Maintenances = page.Maintenances.Add(work.Becomes(MaintenanceStatus.Scheduled, e.Id, e.Body, at)) }).Tell(e.Id, e.Id, NoticeKind.Maintenance, at).Trim();
    }

    private static Maintenance Announce(Maintenance work, MaintenanceChanged e, Instant at) =>
        (work with { Title = e.Title, Body = e.Body, Components = [.. e.Components], From = e.From, Until = e.Until }).Becomes(work.Status, e.Update, e.Body, at);

    private static PublishedPage Advance(PublishedPage page, NoticeSent e)
    {
        var at = page.Notices.FindIndex(n => n.Id == e.Notice);
        if (at < 0) return page;
        if (e.Among is { } among) page = Heard(page, page.Notices[at], [.. among]);
        var next = page.Notices[at] with { Cursor = e.Last, UnderWay = e.Effect.Length > 0 ? page.Notices[at].Waiting.Add(e.Effect) : page.Notices[at].Waiting };
        return page with { Notices = next.Over && next.Waiting.IsEmpty ? page.Notices.RemoveAt(at) : page.Notices.SetItem(at, next) };
    }

    private static PublishedPage Heard(PublishedPage page, Notice notice, ImmutableArray<string> among) => notice.Kind == NoticeKind.Post
        ? page.ChangePost(notice.About, p => p with { Updates = Heard(p.Updates, notice.Id, among) })
        : page.ChangeMaintenance(notice.About, m => m with { Updates = Heard(m.Updates, notice.Id, among) });

    private static ImmutableList<PostUpdate> Heard(ImmutableList<PostUpdate> updates, string id, ImmutableArray<string> among) =>
        updates.FindIndex(u => u.Id == id) is >= 0 and var at ? updates.SetItem(at, updates[at] with { Among = among }) : updates;

    /// <summary>A batch that was tried once makes room for the next: a dead webhook in it must not hold up everybody behind it.</summary>
    private static StatusBook Tried(StatusBook state, string effect)
    {
        foreach (var (name, page) in state.Pages)
            for (var i = 0; i < page.Notices.Count; i++)
            {
                var notice = page.Notices[i];
                if (!notice.Waiting.Contains(effect)) continue;
                var next = notice with { UnderWay = notice.Waiting.Remove(effect) };
                return state.Change(name, p => p with { Notices = next.Over && next.Waiting.IsEmpty ? p.Notices.RemoveAt(i) : p.Notices.SetItem(i, next) });
            }

        return state;
    }

    private sealed record Kept(KeptPage[] Pages);

    private sealed record KeptPage(string Page, Post[] Posts, Maintenance[] Maintenances, Subscriber[] Subscribers, Notice[] Notices, string[] Gone);
}
