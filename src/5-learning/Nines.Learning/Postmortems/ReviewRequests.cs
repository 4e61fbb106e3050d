using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using Nines.Paging.Shadowing;
using Nines.Paging.Tickets;
using Nines.Responding.Incidents;

namespace Nines.Learning.Postmortems;

/// <summary>Tells reviewers that something waits for them: a note over a contact of theirs, intended in the commit of the request.</summary>
public sealed class ReviewRequests(CompiledManifests manifests, IContactBook contacts, IOptions<NotificationsOptions> options)
{
    internal void Tell(Deciding deciding, Postmortem postmortem, object happened)
    {
        // In shadow mode nothing leaves for people.
        if (happened is not ReviewAsked asked || ShadowModes.OfTeam(manifests.For(deciding.State), "") is not null) return;
        var incident = deciding.State.Get<IncidentBook>().Find(postmortem.Id);
        var message = new ChannelMessage(
            MessageEvent.Updated, postmortem.Id, $"{options.Value.PublicUrl.TrimEnd('/')}/postmortems/{postmortem.Id}", AlertSeverity.Ticket, incident?.Services.FirstOrDefault() ?? "",
            $"Please review {postmortem.Name}: {incident?.Title}", deciding.Now, "You were named as a reviewer.", true, []);
        foreach (var person in asked.Reviewers)
            foreach (var effect in PersonNote.To(contacts.Of(deciding.State, person), message, $"postmortem/{postmortem.Id}", deciding.NewId)) deciding.Write(Outbox.StreamOf(effect.Id), effect);
    }
}
