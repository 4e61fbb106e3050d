using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using Nines.Paging.Shadowing;

namespace Nines.Paging.Tickets;

/// <summary>A notification of severity ticket: the ticket is in the journal in the same commit as the alert.</summary>
internal sealed class OnTicketDue(AlertRoutes routes, IOptions<TicketsOptions> options) : Reaction<NotificationDue>
{
    protected override void React(NotificationDue happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.Severity != AlertSeverity.Ticket) return;
        var priority = routes.For(deciding.State).Severities.FirstOrDefault(r => r.Severity == AlertSeverity.Ticket)?.Priority ?? "P2";
        foreach (var written in TicketRules.Decide(deciding.State.Get<TicketBook>(), happened, deciding.State.Get<AlertBook>(), priority, options.Value.CloseWithAlerts))
            deciding.Write(TicketDesk.StreamOf(happened.Thread), written);
    }
}

/// <summary>A ticket opened: trackers are told.</summary>
internal sealed class OnTicketOpened(TrackerCalls calls) : Reaction<TicketOpened>
{
    protected override void React(TicketOpened happened, JournalEntry entry, Deciding deciding) => calls.Tell(deciding, happened.Id, TrackerAction.Open, happened.Reason);
}

/// <summary>Something about a ticket is new.</summary>
internal sealed class OnTicketUpdated(TrackerCalls calls) : Reaction<TicketUpdated>
{
    protected override void React(TicketUpdated happened, JournalEntry entry, Deciding deciding) => calls.Tell(deciding, happened.Id, TrackerAction.Update, happened.Text);
}

/// <summary>A ticket was closed.</summary>
internal sealed class OnTicketClosed(TrackerCalls calls) : Reaction<TicketClosed>
{
    protected override void React(TicketClosed happened, JournalEntry entry, Deciding deciding) => calls.Tell(deciding, happened.Id, TrackerAction.Close, happened.Reason);
}

/// <summary>A ticket is open again.</summary>
internal sealed class OnTicketReopened(TrackerCalls calls) : Reaction<TicketReopened>
{
    protected override void React(TicketReopened happened, JournalEntry entry, Deciding deciding) => calls.Tell(deciding, happened.Id, TrackerAction.Reopen, happened.Reason);
}

/// <summary>A silence broke: whoever asked for it is told, while what it held back goes its own way.</summary>
internal sealed class OnSilenceBroke(CompiledManifests manifests, IContactBook contacts, IOptions<NotificationsOptions> options) : Reaction<SilenceEnded>
{
    // More would be a list, not a note.
    private const int MostAlerts = 10;

    protected override void React(SilenceEnded happened, JournalEntry entry, Deciding deciding)
    {
        if (!happened.Broke || deciding.State.Get<SilenceBook>().Ended.FindLast(s => s.Id == happened.Id) is not { } silence) return;
        if (ShadowModes.OfTeam(manifests.For(deciding.State), "") is not null) return;
        var catalog = CatalogView.Of(manifests.For(deciding.State));
        if ((catalog.Person(silence.Owner) ?? catalog.PersonById(silence.Owner)) is not { } owner) return;
        var url = options.Value.PublicUrl.TrimEnd('/');
        var alerts = deciding.State.Get<AlertBook>().All.Values.Where(a => a.Firing && silence.Matches(a.Labels)).OrderBy(a => a.Id, StringComparer.Ordinal).Take(MostAlerts)
            .Select(a => new MessageAlert(a.Id, "firing", a.Title, a.Reason, a.StartedAt, null, a.Labels, null, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("alert", $"{url}/alerts/{a.Id}")));
        var message = new ChannelMessage(
            MessageEvent.Updated, silence.Id, $"{url}/alerts", AlertSeverity.Ticket, "", $"Your silence about {string.Join(", ", silence.Matchers)} is over. {happened.Reason}",
            deciding.Now, "You asked for this silence.", true, [.. alerts]);
        foreach (var effect in PersonNote.To(contacts.Of(deciding.State, owner.Id), message, $"silence/{silence.Id}", deciding.NewId)) deciding.Write(Outbox.StreamOf(effect.Id), effect);
    }
}
