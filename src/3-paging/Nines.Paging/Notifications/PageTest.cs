using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Paging.Notifications;

/// <summary>Tries whether pages reach somebody.</summary>
public static class PageTest
{
    /// <summary>The events of a test page, or why there can be none.</summary>
    /// <param name="context">What it is decided from.</param>
    /// <param name="name">The person's name in the catalog.</param>
    /// <param name="catalog">The catalog.</param>
    /// <param name="page">Id of the page.</param>
    public static Outcome<PageEvents> Decide(PageContext context, string name, ManifestSet catalog, string page)
    {
        if (catalog.Find<Person>(name) is not { } person)
            return Problem.NotFound($"There is no person \"{name}\" in the catalog.", catalog.DidYouMean<Person>(name) + "List them with \"nines get Person\".", "person");
        if (context.ContactsOf(person.Id).Count == 0)
            return Problem.Conflict($"{name} has no contact.", "Add contacts: with webhook: or email: to the person's manifest.", "person");
        var why = "Somebody tries whether pages reach you.";
        var facts = new PageFacts(page, PageCause.Test, AlertSeverity.Page, "", "does this page reach you?", why, false, [], context.Now, context.PublicUrl);
        var events = new PageEvents();
        PageIntents.Tell(context, events, facts, [person.Id], [.. context.ContactsOf(person.Id).Select(c => (person.Id, c))], "");
        return events.Write(page, new PageEnded(page, "It was a test."));
    }
}
