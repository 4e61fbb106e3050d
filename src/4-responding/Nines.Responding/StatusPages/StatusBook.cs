using System.Collections.Immutable;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>What was published on every page, and who is told.</summary>
/// <param name="Pages">By name of the page.</param>
public sealed record StatusBook(ImmutableSortedDictionary<string, PublishedPage> Pages)
{
    /// <summary>Nothing yet.</summary>
    public static StatusBook None { get; } = new(ImmutableSortedDictionary.Create<string, PublishedPage>(StringComparer.Ordinal));

    /// <summary>What was published on one; nothing for a page that published nothing.</summary>
    public PublishedPage Of(string page) => Pages.GetValueOrDefault(page) ?? PublishedPage.None;

    internal StatusBook Change(string page, Func<PublishedPage, PublishedPage> change) => new(Pages.SetItem(page, change(Of(page))));
}

/// <summary>What was published on one page, and who is told.</summary>
public sealed record PublishedPage
{
    /// <summary>So many posts that are over stay in memory; older ones are in the journal.</summary>
    public const int PostsKept = 500;

    /// <summary>Nothing yet.</summary>
    public static PublishedPage None { get; } = new();

    /// <summary>What was wrong, oldest first.</summary>
    public ImmutableList<Post> Posts { get; init; } = [];

    /// <summary>Announced work, in the order in which it was announced.</summary>
    public ImmutableList<Maintenance> Maintenances { get; init; } = [];

    /// <summary>Who is told, or wants to be, by id.</summary>
    public ImmutableDictionary<string, Subscriber> Subscribers { get; init; } = ImmutableDictionary.Create<string, Subscriber>(StringComparer.Ordinal);

    /// <summary>Ids of those who proved that it is them, in order; a notice goes through them by position.</summary>
    public ImmutableSortedSet<string> Confirmed { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Who left, and whose key is not deleted yet.</summary>
    public ImmutableSortedSet<string> Gone { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>What not everybody was told yet, oldest first.</summary>
    public ImmutableList<Notice> Notices { get; init; } = [];

    /// <summary>What is wrong now, the newest first.</summary>
    public IEnumerable<Post> Open => Posts.Where(p => p.Open).Reverse();

    /// <summary>The post of that id; null for none.</summary>
    public Post? Post(string id) => Posts.Find(p => p.Id == id);

    /// <summary>The maintenance of that id; null for none.</summary>
    public Maintenance? Maintenance(string id) => Maintenances.Find(m => m.Id == id);

    /// <summary>How a component works: the worst that open posts say; else maintenance, where it is worked on.</summary>
    public ComponentStatus StatusOf(string component)
    {
        var worst = ComponentStatus.Operational;
        foreach (var post in Posts)
            if (post.Open && post.Components.TryGetValue(component, out var said) && said > worst) worst = said;
        if (worst == ComponentStatus.Operational && Maintenances.Exists(m => m.Status == MaintenanceStatus.InProgress && m.Components.Contains(component))) return ComponentStatus.UnderMaintenance;
        return worst;
    }

    internal PublishedPage ChangePost(string id, Func<Post, Post> change) => Posts.FindIndex(p => p.Id == id) is >= 0 and var at ? this with { Posts = Posts.SetItem(at, change(Posts[at])) } : this;

    internal PublishedPage ChangeMaintenance(string id, Func<Maintenance, Maintenance> change) =>
        Maintenances.FindIndex(m => m.Id == id) is >= 0 and var at ? this with { Maintenances = Maintenances.SetItem(at, change(Maintenances[at])) } : this;

    /// <summary>What is over and old is left to the journal.</summary>
    internal PublishedPage Trim() => this with
    {
        Posts = Posts.Count <= PostsKept || Posts.FindIndex(p => !p.Open) is not (>= 0 and var post) ? Posts : Posts.RemoveAt(post),
        Maintenances = Maintenances.Count <= PostsKept || Maintenances.FindIndex(m => !m.Open) is not (>= 0 and var work) ? Maintenances : Maintenances.RemoveAt(work),
    };

    /// <summary>Everybody is to be told; nobody is where nobody wants to be.</summary>
    internal PublishedPage Tell(string notice, string about, NoticeKind kind, Instant at) =>
        Confirmed.IsEmpty ? this : this with { Notices = Notices.Add(new(notice, about, kind, at, "", Confirmed.Max!)) };
}

/// <summary>Somebody who is told, or wants to be.</summary>
/// <param name="Id">Opaque id.</param>
/// <param name="Kind">How.</param>
/// <param name="Address">Where, sealed with their own key.</param>
/// <param name="AskedAt">When they asked.</param>
/// <param name="ConfirmedAt">When they proved that it is them; null before.</param>
/// <param name="Choice">What they want to hear of; null where they never chose: everything.</param>
public sealed record Subscriber(string Id, SubscriberKind Kind, string Address, Instant AskedAt, Instant? ConfirmedAt, Choice? Choice = null);

/// <summary>What a notice is about.</summary>
public enum NoticeKind
{
    /// <summary>Something that is wrong.</summary>
    Post,

    /// <summary>Announced work.</summary>
    Maintenance,
}

/// <summary>What not everybody was told yet.</summary>
/// <param name="Id">The update that they are told of.</param>
/// <param name="About">The post or the maintenance.</param>
/// <param name="Kind">Which of both.</param>
/// <param name="At">When it was published.</param>
/// <param name="Cursor">The last who is on the way; empty for nobody yet.</param>
/// <param name="Through">The last who is told: who came later is not.</param>
/// <param name="UnderWay">Batches that nobody tried yet, by the id of their effect.</param>
public sealed record Notice(string Id, string About, NoticeKind Kind, Instant At, string Cursor, string Through, ImmutableList<string>? UnderWay = null)
{
    /// <summary>Batches that nobody tried yet.</summary>
    public ImmutableList<string> Waiting => UnderWay ?? [];

    /// <summary>True where everybody is on the way.</summary>
    public bool Over => string.CompareOrdinal(Cursor, Through) >= 0;
}
