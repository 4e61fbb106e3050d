using System.Text.Json;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>Turns calls into a notice and its messages: pure, all in one commit.</summary>
public static class PageIntents
{
    /// <summary>
    /// A page's message is tried this long. Whether it came far enough in time is judged much earlier; this only says
    /// when there is no more use in it.
    /// </summary>
    public static Duration Patience { get; } = Duration.FromMinutes(15);

    /// <summary>A ticket's mail may wait out a long break of the mail server.</summary>
    public static Duration TicketPatience { get; } = Duration.FromHours(24);

    /// <summary>The journal's stream of a page.</summary>
    public static StreamName StreamOf(string page) => new("page", page);

    /// <summary>Writes a notice and its messages.</summary>
    /// <param name="context">What it is decided from.</param>
    /// <param name="events">Takes the events.</param>
    /// <param name="facts">What they read.</param>
    /// <param name="people">Everybody who is called, also those whose messages follow later.</param>
    /// <param name="calls">Contacts that are told now.</param>
    /// <param name="notification">The notification that asked for it; empty for none.</param>
    /// <param name="along">Other pages whose end a contact is told in the same line; null for none.</param>
    public static void Tell(
        PageContext context, PageEvents events, PageFacts facts, IReadOnlyList<string> people, IReadOnlyList<(string Person, Contact Contact)> calls, string notification,
        Func<Contact, IReadOnlyList<Page>>? along = null)
    {
        var known = context.Pages.All.GetValueOrDefault(facts.Page);
        var rings = facts.Severity == AlertSeverity.Page && facts.Cause.Calls() && facts.Cause != PageCause.More;
        var shadow = Shadow(context, facts, known);
        var messages = new List<IntendedMessage>();
        var effects = new List<(StreamName, object)>();
        foreach (var (person, contact) in calls)
        {
            // What is still tried is this call already: a second one beside it would only ring twice.
            if (rings && known?.PendingCalls.Any(m => m.Contact == contact.Name) == true) continue;
            // It is no news any more: whoever is to come must not wait behind it.
            string[] stale = facts.Cause == PageCause.More ? [] : [.. known?.PendingNews.Where(m => m.Contact == contact.Name).Select(m => m.Effect) ?? []];
            effects.AddRange(stale.Select(e => (Outbox.StreamOf(e), (object)new OutboxCancelled(e, "Something newer is said."))));
            var others = along?.Invoke(contact) ?? [];
            var id = context.NewId();
            messages.Add(new(id, contact.Name, person, contact.Kind, rings && shadow.Length == 0 ? context.Proof.Of(contact.Kind, context.Now) : null, others.Count > 0 ? [.. others.Select(p => p.Id)] : null));
            // Shadow mode ends here: without an intended effect there is nothing that could ever be sent, not even after it is switched off.
            if (shadow.Length == 0) effects.Add((Outbox.StreamOf(id), Effect(context, others.Count == 0 ? facts : facts with { Others = others, Alerts = [.. facts.Alerts, .. others.SelectMany(context.AlertsOf)] }, known, contact, id, Before(known, contact, stale))));
        }

        events.Write(facts.Page, new PageIntended(
            facts.Page, notification, facts.Cause, facts.Severity, facts.Service, facts.Title, facts.Why, people, messages, News(facts, known), shadow));
        events.AddRange(effects);
    }

    /// <summary>
    /// The shadow mode that holds messages back. A page that is open stays what it was when it opened: whoever was called
    /// hears its end, and whoever was not is not called about half of it. A test is asked for by name, and is always sent.
    /// </summary>
    private static string Shadow(PageContext context, PageFacts facts, Page? known) =>
        facts.Cause == PageCause.Test ? ""
        : known is not null && (known.EndedAt is null || facts.Cause == PageCause.Resolved || facts.Cause.IsQuiet()) ? known.Shadow
        : context.ShadowOf(facts.Service);

    /// <summary>Alerts that the page did not know: an event of a storm must not repeat all of it.</summary>
    private static string[] News(PageFacts facts, Page? known)
    {
        var before = known?.Alerts.ToHashSet(StringComparer.Ordinal);
        return [.. facts.Alerts.Select(a => a.Id).Where(id => before?.Contains(id) != true)];
    }

    /// <summary>What a message must not overtake: the last one to its contact that is still on its way.</summary>
    private static string? Before(Page? known, Contact contact, string[] stale) =>
        (known?.Messages.LastOrDefault(m => m.Contact == contact.Name && m.State == MessageState.Pending && !stale.Contains(m.Effect)) ?? known?.Last(contact.Name))?.Effect;

    private static OutboxIntended Effect(PageContext context, PageFacts facts, Page? known, Contact contact, string id, string? after)
    {
        var first = known?.First(contact.Name)?.Effect;
        // Somebody who heard of it before hears of it again; somebody new hears of it for the first time.
        var written = first is not null && facts.Cause is PageCause.Escalated or PageCause.LastResort && known?.First(contact.Name) is not null ? facts with { Cause = PageCause.Repeat } : facts;
        var asks = facts.Severity == AlertSeverity.Page && facts.Open && facts.Cause is not (PageCause.Test or PageCause.Learning or PageCause.Acknowledged or PageCause.Merged);
        var link = asks ? AcknowledgeLinks.Place : null;
        return new(
            id, contact.Kind, contact.Name, $"page/{facts.Page}", JsonSerializer.SerializeToElement(PageContent.Message(written with { RunbookOf = context.RunbookOf }, first, link), HouseJson.Options),
            after, facts.Severity == AlertSeverity.Page ? Patience : TicketPatience);
    }
}
