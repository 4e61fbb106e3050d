using System.Collections.Immutable;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>When time has something to do with a page; ordered by time, then by id.</summary>
public readonly record struct PageDue(Instant At, string Page)
{
    /// <summary>The order in which pages are looked after.</summary>
    public static IComparer<PageDue> Order { get; } =
        Comparer<PageDue>.Create((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Page, b.Page));
}

/// <summary>Every open page and the last that ended, with how far each message came.</summary>
/// <param name="All">By id.</param>
/// <param name="Ended">Ids of ended pages, the oldest first.</param>
/// <param name="ByEffect">Delivery id to page.</param>
/// <param name="Due">Pages that wait for time.</param>
/// <param name="Turns">How often each policy's steps were begun: whose turn it is.</param>
public sealed record PageBook(
    ImmutableDictionary<string, Page> All, ImmutableList<string> Ended, ImmutableDictionary<string, string> ByEffect,
    ImmutableSortedSet<PageDue> Due, ImmutableSortedDictionary<string, int> Turns)
{
    /// <summary>So many ended pages stay in memory.</summary>
    public const int EndedKept = 200;

    /// <summary>No page yet.</summary>
    public static PageBook None { get; } = new(
        ImmutableDictionary<string, Page>.Empty, [], ImmutableDictionary<string, string>.Empty, ImmutableSortedSet.Create(PageDue.Order),
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal));

    /// <summary>Open pages that call nobody, because they opened in shadow mode.</summary>
    public ImmutableSortedSet<string> InShadow { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>When time has something to do next; null for never.</summary>
    public Instant? NextDue => Due.IsEmpty ? null : Due[0].At;

    /// <summary>The page of a message, or null.</summary>
    public Page? OfEffect(string effect) => ByEffect.TryGetValue(effect, out var id) ? All.GetValueOrDefault(id) : null;

    /// <summary>A message with its page; null where there is none, or none any more.</summary>
    public (Page Page, PageMessage Message)? MessageOf(string effect) =>
        OfEffect(effect) is { } page && page.Messages.FirstOrDefault(m => m.Effect == effect) is { } message ? (page, message) : null;

    /// <summary>The page of a thread: the one that it became part of, where somebody merged it.</summary>
    public Page? OfThread(string thread)
    {
        var page = All.GetValueOrDefault(thread);
        for (var steps = 0; page?.MergedInto.Length > 0 && steps < 10; steps++) page = All.GetValueOrDefault(page.MergedInto);
        return page;
    }

    /// <summary>Whose turn it is after a step: each page that begins it calls another one.</summary>
    internal PageBook Turn(PageStepTaken step)
    {
        if (step is not { Round: 1, Step: > 0 }) return this;
        var key = $"{step.Policy}/{step.Step}";
        return this with { Turns = Turns.SetItem(key, Turns.GetValueOrDefault(key) + 1) };
    }

    internal PageBook With(Page page)
    {
        var due = All.TryGetValue(page.Id, out var before) && before.DueAt is { } then ? Due.Remove(new(then, page.Id)) : Due;
        return this with
        {
            All = All.SetItem(page.Id, page),
            Due = page.DueAt is { } at ? due.Add(new(at, page.Id)) : due,
            InShadow = page is { EndedAt: null, Shadow.Length: > 0 } ? InShadow.Add(page.Id) : InShadow.Remove(page.Id),
        };
    }

    internal PageBook Change(string id, Func<Page, Page> change) => All.TryGetValue(id, out var page) ? With(change(page)) : this;

    internal PageBook ChangeMessage(string effect, Func<PageMessage, PageMessage> change) => OfEffect(effect) is { } page ? With(page.Change(effect, change)) : this;

    internal PageBook Close(string id, Func<Page, Page> change)
    {
        if (!All.TryGetValue(id, out var page) || page.EndedAt is not null) return this;
        var next = Change(id, change) with { Ended = Ended.Add(id) };
        return next.Ended.Count <= EndedKept ? next : next.Forget(next.Ended[0]);
    }

    private PageBook Forget(string id) => this with
    {
        All = All.Remove(id),
        Ended = Ended.Remove(id),
        ByEffect = ByEffect.RemoveRange(All[id].Messages.Select(m => m.Effect)),
    };
}
