using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>A page as people of the house see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">Its title.</param>
/// <param name="Address">Where those outside read it.</param>
/// <param name="Visibility"><c>public</c> or <c>private</c>.</param>
/// <param name="Indicator"><c>none</c>, <c>minor</c>, <c>major</c> or <c>critical</c>.</param>
/// <param name="Components">How each component is said to work.</param>
/// <param name="Open">What is wrong now, the newest first.</param>
/// <param name="Past">What is over, the newest first.</param>
/// <param name="Maintenances">Announced work, the next first.</param>
/// <param name="Subscribers">Who is told.</param>
public sealed record StatusPageView(
    string Name, string Title, string Address, string Visibility, string Indicator, IReadOnlyList<ComponentView> Components, IReadOnlyList<PostView> Open, IReadOnlyList<PostView> Past,
    IReadOnlyList<WorkView> Maintenances, SubscriberCount Subscribers)
{
    private const int MostPast = 50;

    /// <summary>The view of a page.</summary>
    public static StatusPageView Of(PublicView view, PublishedPage published) => new(
        view.Page.Name, view.Page.Title, view.Address, view.Page.Private ? "private" : "public", StatusWords.Wire(view.Indicator),
        [.. view.Page.Components.Select(c => new ComponentView(c.Key, c.Name, StatusWords.Wire(view.StatusOf(c)), view.DaysOf(c).Share))],
        [.. published.Open.Select(PostView.Of)], [.. published.Posts.Where(p => !p.Open).Reverse().Take(MostPast).Select(PostView.Of)],
        [.. published.Maintenances.Where(m => m.Open).OrderBy(m => m.From).Concat(published.Maintenances.Where(m => !m.Open).Reverse().Take(MostPast)).Select(WorkView.Of)],
        SubscriberCount.Of(published));
}

/// <summary>How a component is said to work.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">How it works.</param>
/// <param name="Share">The share that worked in the days that are shown; null where nothing is known.</param>
public sealed record ComponentView(string Key, string Name, string Status, double? Share);

/// <summary>A post as people of the house see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Impact">How much it hurts.</param>
/// <param name="StartedAt">Since when users feel it.</param>
/// <param name="ResolvedAt">When it was over.</param>
/// <param name="Incident">The house's own incident; empty for none.</param>
/// <param name="Components">What is said of components.</param>
/// <param name="Updates">What was written, oldest first.</param>
public sealed record PostView(
    string Id, string Title, string Status, string Impact, Instant StartedAt, Instant? ResolvedAt, string Incident, IReadOnlyDictionary<string, string> Components, IReadOnlyList<UpdateView> Updates)
{
    /// <summary>The view of a post.</summary>
    public static PostView Of(Post post) => new(
        post.Id, post.Title, StatusWords.Wire(post.Status), StatusWords.Wire(post.Impact), post.StartedAt, post.ResolvedAt, post.Incident,
        post.Components.ToDictionary(c => c.Key, c => StatusWords.Wire(c.Value)), [.. post.Updates.Select(u => new UpdateView(u.Id, u.Status, u.Body, u.At))]);
}

/// <summary>What was written once.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">Where it stood.</param>
/// <param name="Body">What was written.</param>
/// <param name="At">When.</param>
public sealed record UpdateView(string Id, string Status, string Body, Instant At);

/// <summary>Announced work as people of the house see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What is done.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Components">What is worked on.</param>
/// <param name="Body">What users notice.</param>
public sealed record WorkView(string Id, string Title, string Status, Instant From, Instant Until, IReadOnlyList<string> Components, string Body)
{
    /// <summary>The view of a maintenance.</summary>
    public static WorkView Of(Maintenance work) => new(work.Id, work.Title, Maintenance.Wire(work.Status), work.From, work.Until, work.Components, work.Body);
}

/// <summary>How many are told.</summary>
/// <param name="Email">By mail.</param>
/// <param name="Webhook">By a call of their program.</param>
/// <param name="Waiting">Asked, and have not confirmed it yet.</param>
/// <param name="Notices">News that not everybody was told yet.</param>
/// <param name="Choosing">Who of them hears of some components only.</param>
public sealed record SubscriberCount(int Email, int Webhook, int Waiting, int Notices, int Choosing)
{
    /// <summary>Counts them.</summary>
    public static SubscriberCount Of(PublishedPage page)
    {
        var mails = page.Subscribers.Values.Count(s => s is { ConfirmedAt: not null, Kind: SubscriberKind.Email });
        return new(mails, page.Confirmed.Count - mails, page.Subscribers.Count - page.Confirmed.Count, page.Notices.Count,
            page.Subscribers.Values.Count(s => s is { ConfirmedAt: not null, Choice.Components.IsEmpty: false }));
    }
}
