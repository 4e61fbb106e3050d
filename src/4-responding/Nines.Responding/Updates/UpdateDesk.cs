using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using Nines.Paging.Shadowing;
using Nines.Paging.Tickets;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Updates;

/// <summary>Tells those who wait, and keeps who wants to be told: the one use case behind command, HTTP and page.</summary>
public sealed class UpdateDesk(IHouse house, CompiledManifests manifests, UpdateReading updates, IContactBook contacts, IOptions<NotificationsOptions> options, TimeProvider clock)
{
    // One stream: subscriptions are few, and read together.
    private static readonly StreamName Subscriptions = new("update-subscriptions", "-");

    /// <summary>Sends an update; answers the incident's id. What nobody wrote is taken from the draft.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="name">The incident.</param>
    /// <param name="asked">What is said.</param>
    /// <param name="by">Handle of the person for whom it is done; empty for the actor.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Outcome<string>> PostAsync(Actor actor, string name, PostRequest asked, string by, CancellationToken stop)
    {
        if (updates.Find(name, clock.Now()) is not { } view) return Missing(name);
        var read = UpdateRules.Read(asked, audience => view.Drafts.FirstOrDefault(d => d.Audience == audience));
        if (!read.Ok) return Outcome<string>.Failed(read.Problems);
        var (audience, subject, text, next) = read.Value;
        var decided = await house.DecideAsync(actor, deciding =>
        {
            var (set, book) = (manifests.For(deciding.State), deciding.State.Get<UpdateBook>());
            if (deciding.State.Get<IncidentBook>().Find(name) is not { } incident) return Missing(name);
            if (incident.MergedInto.Length > 0) return Problem.Conflict($"{incident.Name} is part of another incident.", "Tell it there.");
            var who = ActingPerson.Of(actor, by, set);
            if (!who.Ok) return who;
            var promised = incident.Open ? deciding.Now + (next ?? UpdatePolicy.Of(set).After(incident.Severity)) : null;
            var id = deciding.NewId();
            var effects = Effects(deciding, incident, UpdateRules.Listeners(book, incident, audience), Message(incident, subject, text, deciding.Now, "You asked to be told about incidents."), id);
            deciding.Write(StreamOf(incident.Id), new UpdatePosted(id, incident.Id, audience, subject, text, promised, effects.Count, who.Value));
            deciding.Write(IncidentDesk.StreamOf(incident.Id), new IncidentTold(incident.Id, TimelineKind.Update, $"Told {Words(audience)}: {subject}", who.Value, "update/" + id));
            foreach (var effect in effects) deciding.Write(Outbox.StreamOf(effect.Id), effect);
            return incident.Id;
        }, stop: stop);
        return decided.Outcome;
    }

    /// <summary>Somebody wants to be told; the same wish twice is one.</summary>
    public async Task<Outcome<bool>> SubscribeAsync(Actor actor, SubscribeRequest asked, CancellationToken stop)
    {
        var decided = await house.DecideAsync(actor, deciding =>
        {
            var subscribed = UpdateRules.Subscribe(deciding.State.Get<UpdateBook>(), manifests.For(deciding.State), asked, actor.PersonId ?? "", deciding.NewId());
            if (!subscribed.Ok) return Outcome<bool>.Failed(subscribed.Problems);
            if (subscribed.Value is { } happened) deciding.Write(Subscriptions, happened);
            return subscribed.Value is not null;
        }, stop: stop);
        return decided.Outcome;
    }

    /// <summary>Somebody wants it no more.</summary>
    public async Task<Outcome<bool>> UnsubscribeAsync(Actor actor, string id, CancellationToken stop)
    {
        var decided = await house.DecideAsync(actor, deciding =>
        {
            if (!deciding.State.Get<UpdateBook>().Subscriptions.ContainsKey(id)) return Problem.NotFound($"Nobody asked for {id}.", "List them with \"nines updates list\".");
            deciding.Write(Subscriptions, new UpdatesUnsubscribed(id));
            return Outcome<bool>.Of(true);
        }, stop: stop);
        return decided.Outcome;
    }

    /// <summary>Reminds whoever speaks for an incident that an update is due: part of a decision under way.</summary>
    internal void Remind(Deciding deciding, Incident incident, Instant due)
    {
        var speaker = UpdateClock.Speaker(incident) ?? "";
        deciding.Write(StreamOf(incident.Id), new UpdateReminded(incident.Id, due, speaker));
        var message = Message(incident, $"{incident.Name}: an update is due at {due:HH:mm} UTC", $"Those who wait for news of {incident.Title} are told every so often. A draft is ready.", deciding.Now, "You speak for this incident.");
        foreach (var effect in speaker.Length > 0 ? Effects(deciding, incident, [speaker], message, deciding.NewId()) : []) deciding.Write(Outbox.StreamOf(effect.Id), effect);
    }

    /// <summary>The journal's stream of an incident's updates.</summary>
    public static StreamName StreamOf(string incident) => new("incident-updates", incident);

    private List<OutboxIntended> Effects(Deciding deciding, Incident incident, IReadOnlyList<string> people, ChannelMessage message, string id)
    {
        // In shadow mode nothing leaves for people; a drill tells nobody outside of it.
        if (incident.Drill || ShadowModes.Of(manifests.For(deciding.State), incident.Services.Count > 0 ? incident.Services[0] : "") is not null) return [];
        return [.. people.SelectMany(p => PersonNote.To(Readers(contacts.Of(deciding.State, p)), message, $"update/{id}", deciding.NewId))];
    }

    // Another pager would open an alert of its own for a text that nobody has to act on.
    private static Contact[] Readers(IReadOnlyList<Contact> all) => [.. all.Where(c => c.Kind is not (ContactKinds.PagerDuty or ContactKinds.Opsgenie))];

    private ChannelMessage Message(Incident incident, string subject, string text, Instant now, string why) => new(
        MessageEvent.Told, incident.Id, $"{options.Value.PublicUrl.TrimEnd('/')}/incidents/{incident.Id}", AlertSeverity.Ticket, incident.Services.Count > 0 ? incident.Services[0] : "", subject, now, why, incident.Open, [], Detail: text);

    private static string Words(UpdateAudience audience) => audience switch { UpdateAudience.Internal => "the house", UpdateAudience.Executives => "executives", _ => "customers" };

    private static Outcome<string> Missing(string name) => Problem.NotFound($"There is no incident {name}.", "List them with \"nines incident list\".");
}
