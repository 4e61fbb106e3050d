using Nines.Kernel;
using Nines.Responding.Incidents;
using Nines.Responding.StatusPages;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>A post of a status page that spoke of a postmortem's incident.</summary>
/// <param name="Page">The page.</param>
/// <param name="Post">The post's id.</param>
/// <param name="Title">Its title, as the public reads it.</param>
/// <param name="Over">True where the page said that it is over.</param>
/// <param name="Said">What it says of what was learnt, the last time; empty for nothing yet.</param>
/// <param name="At">When it said so; null for never.</param>
public sealed record PublicPlace(string Page, string Post, string Title, bool Over, string Said, Instant? At);

/// <summary>What the public may read of a postmortem, published where the public was told of its incident.</summary>
public sealed class PublicVersion(IHouse house, StatusDesk pages)
{
    /// <summary>Where the public was told of the incident of a postmortem, or of one that became part of it.</summary>
    public IReadOnlyList<PublicPlace> PlacesOf(string postmortem) => Places(house.State.Get<StatusBook>(), house.State.Get<IncidentBook>(), postmortem);

    /// <summary>Publishes the section for the public as the last word of each post; whoever subscribed is told.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="name">The postmortem.</param>
    /// <param name="page">One page only; empty for all.</param>
    /// <param name="by">For whom.</param>
    /// <param name="stop">Stops the asking.</param>
    public async Task<Outcome<string>> PublishAsync(Actor actor, string name, string page, string by, CancellationToken stop)
    {
        var found = house.State.Get<PostmortemBook>().Find(name);
        var planned = Plan(found, name, found is null ? [] : PlacesOf(found.Id), page);
        if (!planned.Ok) return Outcome<string>.Failed(planned.Problems);
        var text = found!.Sections[PostmortemSections.Public].Text;
        foreach (var place in planned.Value)
        {
            var told = await pages.UpdateAsync(actor, place.Page, place.Post, new(Status: StatusWords.Wire(PostStatus.Postmortem), Body: text), by, stop);
            if (!told.Ok) return Outcome<string>.Failed([.. told.Problems.Select(p => p.Path == "body" ? p with { Path = PostmortemSections.Public } : p)]);
        }

        return found.Id;
    }

    /// <summary>Where it is published, or why it cannot be. Pure.</summary>
    public static Outcome<IReadOnlyList<PublicPlace>> Plan(Postmortem? postmortem, string name, IReadOnlyList<PublicPlace> places, string page)
    {
        if (postmortem is null) return Problem.NotFound($"There is no postmortem {name}.", "List them with \"nines postmortem list\".");
        var wrong = new List<Problem>();
        if (postmortem.FinalAt is null) wrong.Add(Problem.Conflict($"{postmortem.Name} is not final.", "The public reads what was reviewed: finish it first."));
        var text = postmortem.Sections.GetValueOrDefault(PostmortemSections.Public)?.Text ?? "";
        if (text.Trim().Length == 0) wrong.Add(Problem.Invalid("There is nothing for the public.", $"Write the section: nines postmortem edit {postmortem.Name} public \"…\".", PostmortemSections.Public));
        PublicPlace[] asked = [.. places.Where(p => page.Length == 0 || p.Page == page)];
        if (asked.Length == 0)
        {
            wrong.Add(page.Length == 0 || places.Count == 0
                ? Problem.Conflict("No status page spoke of its incident.", "Only what the public was told of gets a last word.", "page")
                : Problem.Invalid($"The page \"{page}\" did not speak of its incident.", $"It was told on {string.Join(", ", places.Select(p => p.Page).Distinct(StringComparer.Ordinal))}.", "page"));
        }

        wrong.AddRange(asked.Where(p => !p.Over).Select(p => Problem.Conflict($"{p.Page} does not say yet that it is over: {p.Title}.", $"Resolve the post first: nines statuspage update {p.Page} {p.Post} --status resolved.", "page")));
        PublicPlace[] news = [.. asked.Where(p => p.Said != text)];
        if (asked.Length > 0 && news.Length == 0) wrong.Add(Problem.Conflict("The public can read that already.", "Change the section first."));
        return wrong.Count > 0 ? Outcome<IReadOnlyList<PublicPlace>>.Failed(wrong) : news;
    }

    /// <summary>Where the public was told of an incident. Pure.</summary>
    public static IReadOnlyList<PublicPlace> Places(StatusBook book, IncidentBook incidents, string incident) =>
    [
        .. from page in book.Pages
           from post in page.Value.Posts
           where post.Incident.Length > 0 && (post.Incident == incident || incidents.All.GetValueOrDefault(post.Incident)?.MergedInto == incident)
           let last = post.Updates.FindLast(u => u.Status == StatusWords.Wire(PostStatus.Postmortem))
           select new PublicPlace(page.Key, post.Id, post.Title, !post.Open, last?.Body ?? "", last?.At),
    ];
}
