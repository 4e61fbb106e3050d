using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>What is asked to be published about something that is wrong.</summary>
/// <param name="Title">What is wrong; an update has none.</param>
/// <param name="Status">Where it stands; empty for <c>investigating</c>, or as it was.</param>
/// <param name="Impact">How much it hurts; empty takes it from the components.</param>
/// <param name="Components">Keys of components with their status.</param>
/// <param name="Body">What people read.</param>
/// <param name="Incident">The house's own incident, by number or id; empty for none.</param>
/// <param name="StartedAt">Since when users feel it; null takes the incident's, or now.</param>
public sealed record PostRequest(
    string Title = "", string Status = "", string Impact = "", IReadOnlyDictionary<string, string>? Components = null, string Body = "", string Incident = "", Instant? StartedAt = null);

/// <summary>What people may publish, and what follows. Nothing is published by itself. Pure.</summary>
public static class PostRules
{
    private static readonly string Statuses = string.Join(", ", Enum.GetValues<PostStatus>().Select(s => StatusWords.Wire(s)));
    private static readonly string Impacts = string.Join(", ", Enum.GetValues<PostImpact>().Select(i => StatusWords.Wire(i)));

    /// <summary>Something is wrong.</summary>
    public static Outcome<StatusPublished> Publish(StatusContext context, string page, PostRequest asked, string by)
    {
        var found = context.PageOf(page);
        if (!found.Ok) return Outcome<StatusPublished>.Failed(found.Problems);
        var wrong = new List<Problem>();
        var title = StatusContext.Text(asked.Title, "title", "A post needs a title.", "Say in a few words what users feel.", StatusContext.LongestTitle, wrong);
        var body = StatusContext.Text(asked.Body, "body", "There is nothing to read.", "Say what users feel, what is done, and when you write again.", StatusContext.LongestText, wrong);
        var status = StatusOf(asked.Status, PostStatus.Investigating, wrong);
        var said = Components(found.Value, asked.Components, wrong);
        var impact = ImpactOf(asked.Impact, said.Select(c => c.Status), wrong);
        if (status >= PostStatus.Resolved) wrong.Add(Problem.Invalid($"A post cannot begin {(status == PostStatus.Resolved ? "resolved" : "with its postmortem")}.", "Publish it as monitoring, and resolve it then.", "status"));
        var incident = asked.Incident.Length > 0 ? context.Incidents.Find(asked.Incident) : null;
        if (asked.Incident.Length > 0 && incident is null) wrong.Add(Problem.NotFound($"There is no incident {asked.Incident}.", "List them with \"nines incident list\".", "incident"));
        if (asked.StartedAt > context.Now) wrong.Add(Problem.Invalid("It lies in the future.", "Write since when users feel it; announce work with \"nines statuspage maintenance schedule\".", "startedAt"));
        if (incident is not null && context.Book.Of(page).Open.FirstOrDefault(p => p.Incident == incident.Id) is { } twin)
            wrong.Add(Problem.Conflict($"The page speaks of {incident.Name} already: {twin.Title}.", $"Update that post: nines statuspage update {page} {twin.Id}.", "incident"));
        if (wrong.Count > 0) return Outcome<StatusPublished>.Failed(wrong);
        var started = asked.StartedAt ?? incident?.ImpactFrom ?? incident?.DetectedAt ?? context.Now;
        return new StatusPublished(page, context.NewId(), title, status, impact, said, body, started, incident?.Id ?? "", by);
    }

    /// <summary>How it goes on.</summary>
    public static Outcome<StatusUpdated> Update(StatusContext context, string page, string id, PostRequest asked, string by)
    {
        var found = context.PageOf(page);
        if (!found.Ok) return Outcome<StatusUpdated>.Failed(found.Problems);
        if (context.Book.Of(page).Post(id) is not { } post) return Problem.NotFound($"The page {page} has no post {id}.", $"See what it has with \"nines statuspage show {page}\".");
        var lesson = StatusWords.Parse<PostStatus>(asked.Status) == PostStatus.Postmortem;
        if (!post.Open && !lesson) return Problem.Conflict("This post is resolved.", "Publish another one, or what was learnt with the status postmortem.");
        var wrong = new List<Problem>();
        if (post.Open && lesson) wrong.Add(Problem.Conflict("This post is not resolved.", "Resolve it first; what was learnt is told afterwards.", "status"));
        if (lesson && asked.Components?.Values.Any(w => w.Length > 0) == true) wrong.Add(Problem.Invalid("What was learnt changes no component.", "Leave the components out.", "components"));
        var body = StatusContext.Text(asked.Body, "body", "There is nothing to read.", "Say what has changed for users, and when you write again.", StatusContext.LongestText, wrong);
        var status = StatusOf(asked.Status, post.Status, wrong);
        var said = Components(found.Value, asked.Components, wrong);
        var now = said.Aggregate(post.Components, (all, one) => all.SetItem(one.Key, one.Status));
        // What it was stays said after it is over.
        var impact = lesson || asked.Impact.Length == 0 && (said.Count == 0 || status == PostStatus.Resolved) ? post.Impact : ImpactOf(asked.Impact, now.Values, wrong);
        return wrong.Count > 0 ? Outcome<StatusUpdated>.Failed(wrong) : new StatusUpdated(page, id, context.NewId(), status, impact, said, body, by);
    }

    private static PostStatus StatusOf(string word, PostStatus usual, List<Problem> wrong)
    {
        if (word.Length == 0) return usual;
        if (StatusWords.Parse<PostStatus>(word) is { } status) return status;
        wrong.Add(Problem.Invalid($"\"{word}\" is no status of a post.", $"Write one of {Statuses}.", "status"));
        return usual;
    }

    private static PostImpact ImpactOf(string word, IEnumerable<ComponentStatus> components, List<Problem> wrong)
    {
        if (word.Length == 0) return components.Select(StatusWords.Impact).DefaultIfEmpty(PostImpact.None).Max();
        if (StatusWords.Parse<PostImpact>(word) is { } impact) return impact;
        wrong.Add(Problem.Invalid($"\"{word}\" is no impact.", $"Write one of {Impacts}, or leave it out.", "impact"));
        return PostImpact.None;
    }

    private static List<ComponentSaid> Components(StatusPage page, IReadOnlyDictionary<string, string>? asked, List<Problem> wrong)
    {
        var said = new List<ComponentSaid>();
        foreach (var (key, word) in (asked ?? new Dictionary<string, string>()).OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            if (word.Length == 0) continue;
            var path = "components." + key;
            if (page.Find(key) is null) wrong.Add(Problem.Invalid($"The page has no component \"{key}\".", $"It has: {string.Join(", ", page.Components.Select(c => c.Key))}.", path));
            if (StatusWords.Status(word) is { } status and not ComponentStatus.UnderMaintenance) said.Add(new(key, status));
            else wrong.Add(Problem.Invalid($"\"{word}\" is no status of a component here.", $"Write one of {StatusWords.AllStatuses}.", path));
        }

        return said;
    }
}
