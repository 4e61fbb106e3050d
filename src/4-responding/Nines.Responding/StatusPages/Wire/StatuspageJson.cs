using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Nines.Responding.StatusPages.Wire;

/// <summary>A page as JSON, in the shape of the public Statuspage API, so that its many readers read this one, too. Pure.</summary>
public static class StatuspageJson
{
    // The default encoder: a reader may paste it into a page.
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new MillisecondInstant() } };

    /// <summary>Every file with the path below the page's address.</summary>
    public static IReadOnlyDictionary<string, Func<PublicView, byte[]>> Files { get; } = new Dictionary<string, Func<PublicView, byte[]>>(StringComparer.Ordinal)
    {
        ["api/v2/summary.json"] = view => Write(new { page = Page(view), components = Components(view), incidents = Posts(view, view.Open), scheduled_maintenances = Work(view, view.Planned), status = Status(view) }),
        ["api/v2/status.json"] = view => Write(new { page = Page(view), status = Status(view) }),
        ["api/v2/components.json"] = view => Write(new { page = Page(view), components = Components(view) }),
        ["api/v2/incidents.json"] = view => Write(new { page = Page(view), incidents = Posts(view, view.Posts.Take(PublicView.Most)) }),
        ["api/v2/incidents/unresolved.json"] = view => Write(new { page = Page(view), incidents = Posts(view, view.Open) }),
        ["api/v2/scheduled-maintenances.json"] = view => Write(new { page = Page(view), scheduled_maintenances = Work(view, view.Work.Take(PublicView.Most)) }),
        ["api/v2/scheduled-maintenances/upcoming.json"] = view => Write(new { page = Page(view), scheduled_maintenances = Work(view, view.Planned.Where(m => m.Status == MaintenanceStatus.Scheduled)) }),
        ["api/v2/scheduled-maintenances/active.json"] = view => Write(new { page = Page(view), scheduled_maintenances = Work(view, view.Planned.Where(m => m.Status == MaintenanceStatus.InProgress)) }),
    };

    /// <summary>The page.</summary>
    public static WirePage Page(PublicView view) => new(view.Page.Name, view.Page.Title, view.Address, view.Page.Zone.Id, view.UpdatedAt);

    /// <summary>All in one word.</summary>
    public static WireStatus Status(PublicView view) => new(StatusWords.Wire(view.Indicator), view.Description);

    /// <summary>Groups where their first member stands, and each component.</summary>
    public static IReadOnlyList<WireComponent> Components(PublicView view)
    {
        var all = new List<WireComponent>();
        var groups = new HashSet<string>(StringComparer.Ordinal);
        foreach (var component in view.Page.Components)
        {
            if (component.Group.Length > 0 && groups.Add(component.Group)) all.Add(Group(view, component.Group, all.Count + 1));
            all.Add(Component(view, component, all.Count + 1));
        }

        return all;
    }

    /// <summary>Something that is wrong.</summary>
    public static WireIncident Post(PublicView view, Post post) => new()
    {
        Id = post.Id,
        Name = post.Title,
        Status = StatusWords.Wire(post.Status),
        CreatedAt = post.CreatedAt,
        UpdatedAt = post.UpdatedAt,
        MonitoringAt = post.MonitoringAt,
        ResolvedAt = post.ResolvedAt,
        Impact = StatusWords.Wire(post.Impact),
        Shortlink = view.LinkTo(post.Id),
        StartedAt = post.StartedAt,
        PageId = view.Page.Name,
        IncidentUpdates = Updates(view, post.Id, post.Updates),
        Components = Of(view, post.Components.Keys),
    };

    /// <summary>Announced work.</summary>
    public static WireIncident Work(PublicView view, Maintenance work) => new()
    {
        Id = work.Id,
        Name = work.Title,
        Status = Maintenance.Wire(work.Status),
        CreatedAt = work.CreatedAt,
        UpdatedAt = work.UpdatedAt,
        ResolvedAt = work.EndedAt,
        Impact = "maintenance",
        Shortlink = view.LinkTo(work.Id),
        StartedAt = work.StartedAt ?? work.From,
        PageId = view.Page.Name,
        IncidentUpdates = Updates(view, work.Id, work.Updates),
        Components = Of(view, work.Components),
        ScheduledFor = work.From,
        ScheduledUntil = work.Until,
    };

    private static WireIncident[] Posts(PublicView view, IEnumerable<Post> posts) => [.. posts.Select(p => Post(view, p))];

    private static WireIncident[] Work(PublicView view, IEnumerable<Maintenance> works) => [.. works.Select(m => Work(view, m))];

    private static WireComponent[] Of(PublicView view, IEnumerable<string> keys) => [.. Components(view).Where(c => !c.Group && keys.Contains(c.Id))];

    private static WireUpdate[] Updates(PublicView view, string id, IEnumerable<PostUpdate> updates) => [.. updates.Reverse().Select(u => new WireUpdate(
        u.Id, u.Status, u.Body, id, u.At, u.At, u.At,
        u.Components.IsEmpty ? null : [.. u.Components.Select(c => new WireChange(c.Key, view.NameOf(c.Key), StatusWords.Wire(c.Old), StatusWords.Wire(c.New)))]))];

    private static WireComponent Component(PublicView view, PageComponent component, int position) => new()
    {
        Id = component.Key,
        Name = component.Name,
        Status = StatusWords.Wire(view.StatusOf(component)),
        CreatedAt = view.Start,
        UpdatedAt = view.ChangedAt(component),
        Position = position,
        Description = component.Description.Length > 0 ? component.Description : null,
        StartDate = view.DaysOf(component).Days.FirstOrDefault(d => d.Known > 0)?.Day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
        GroupId = component.Group.Length > 0 ? GroupId(component.Group) : null,
        PageId = view.Page.Name,
    };

    private static WireComponent Group(PublicView view, string name, int position)
    {
        PageComponent[] members = [.. view.Page.Components.Where(c => c.Group == name)];
        return new()
        {
            Id = GroupId(name),
            Name = name,
            Status = StatusWords.Wire(members.Max(view.StatusOf)),
            CreatedAt = view.Start,
            UpdatedAt = members.Max(view.ChangedAt),
            Position = position,
            Showcase = false,
            PageId = view.Page.Name,
            Group = true,
            Components = [.. members.Select(m => m.Key)],
        };
    }

    // A component's key has no colon: the two cannot meet.
    private static string GroupId(string name) => "group:" + name;

    /// <summary>Anything in the same style.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Times as the Statuspage API writes them, to the millisecond.</summary>
    private sealed class MillisecondInstant : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("These files are written only.");

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString("uuuu-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
