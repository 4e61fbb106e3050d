using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>What those outside see at one moment: what was published, what was measured, and nothing else of the house.</summary>
/// <param name="Page">The page.</param>
/// <param name="Published">What was published on it.</param>
/// <param name="Days">What was measured, one for each component.</param>
/// <param name="At">When.</param>
/// <param name="Address">Where it is read, without a slash at the end.</param>
public sealed record PublicView(StatusPage Page, PublishedPage Published, IReadOnlyList<ComponentDays> Days, Instant At, string Address)
{
    /// <summary>So many posts are in lists and feeds, as the Statuspage API has it.</summary>
    public const int Most = 50;

    /// <summary>Work that is over stands on the first page for so long.</summary>
    private static readonly Duration Recently = Duration.FromDays(14);

    /// <summary>The component to which a feed keeps; empty for the whole page.</summary>
    public string Component { get; private init; } = "";

    /// <summary>Only what touches a component, or the whole page.</summary>
    public PublicView Only(string component)
    {
        return new(Page, new PublishedPage { Posts = Published.Posts.FindAll(p => Touches(p.Updates)), Maintenances = Published.Maintenances.FindAll(m => Touches(m.Updates)) }, Days, At, Address) { Component = component };

        bool Touches(IReadOnlyList<PostUpdate> updates) => updates.All(u => u.Components.IsEmpty) || updates.Any(u => u.Components.Any(c => c.Key == component));
    }

    /// <summary>Where a feed is read.</summary>
    public string FeedAt(string path) => $"{Address}/{path}{(Component.Length > 0 ? "?component=" + Uri.EscapeDataString(Component) : "")}";

    /// <summary>What a feed is called.</summary>
    public string FeedTitle => Page.Title + " status" + (Component.Length > 0 ? ": " + NameOf(Component) : "");

    /// <summary>What is wrong now, the newest first.</summary>
    public IReadOnlyList<Post> Open { get; } = [.. Published.Open];

    /// <summary>Announced work that is not over, the next first.</summary>
    public IReadOnlyList<Maintenance> Planned { get; } = [.. Published.Maintenances.Where(m => m.Open).OrderBy(m => m.From)];

    /// <summary>Everything that was ever wrong, as far as it is kept, the newest first.</summary>
    public IEnumerable<Post> Posts => Published.Posts.OrderByDescending(p => p.CreatedAt);

    /// <summary>Work that was not called off, the newest first.</summary>
    public IEnumerable<Maintenance> Work => Published.Maintenances.Where(m => m.Status != MaintenanceStatus.Cancelled).OrderByDescending(m => m.From);

    /// <summary>What is over since a short while, the newest first.</summary>
    public IEnumerable<Post> Past => Posts.Where(p => p.ResolvedAt is { } over && over + Recently > At);

    /// <summary>The gravest of what is said of components and in open posts.</summary>
    public PostImpact Indicator => Page.Components.Select(c => StatusWords.Impact(StatusOf(c))).Concat(Open.Select(p => p.Impact)).DefaultIfEmpty(PostImpact.None).Max();

    /// <summary>It in the words of the Statuspage API.</summary>
    public string Description => Indicator switch
    {
        PostImpact.Critical => "Major Service Outage",
        PostImpact.Major => "Partial System Outage",
        PostImpact.Minor => "Minor Service Outage",
        _ => Page.Components.Any(c => StatusOf(c) == ComponentStatus.UnderMaintenance) ? "Service Under Maintenance" : "All Systems Operational",
    };

    /// <summary>When it was changed last.</summary>
    public Instant UpdatedAt => Published.Posts.Select(p => p.UpdatedAt).Concat(Published.Maintenances.Select(m => m.UpdatedAt)).DefaultIfEmpty(Start).Max();

    /// <summary>Since when there is something to tell: the first day of which something is known.</summary>
    public Instant Start => Page.Zone.AtStartOfDay(
        Days.SelectMany(c => c.Days).Where(d => d.Known > 0).Select(d => d.Day).DefaultIfEmpty(At.InZone(Page.Zone).Date).Min()).ToInstant();

    /// <summary>How a component works.</summary>
    public ComponentStatus StatusOf(PageComponent component) => Published.StatusOf(component.Key);

    /// <summary>Its days.</summary>
    public ComponentDays DaysOf(PageComponent component) => Days.FirstOrDefault(d => d.Component == component.Key) ?? new(component.Key, []);

    /// <summary>When something was last said of a component.</summary>
    public Instant ChangedAt(PageComponent component) => Published.Posts.SelectMany(p => p.Updates).Concat(Published.Maintenances.SelectMany(m => m.Updates))
        .Where(u => u.Components.Any(c => c.Key == component.Key)).Select(u => u.At).DefaultIfEmpty(Start).Max();

    /// <summary>A component's name; its key where the page has it no more.</summary>
    public string NameOf(string key) => Page.Find(key)?.Name ?? key;

    /// <summary>Where a post or a maintenance is read.</summary>
    public string LinkTo(string id) => $"{Address}/incidents/{id}";
}
