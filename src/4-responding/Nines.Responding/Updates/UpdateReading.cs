using Microsoft.Extensions.Options;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Updates;

/// <summary>Updates as doors show them, with drafts filled from what is known now.</summary>
public sealed class UpdateReading(IHouse house, CompiledManifests manifests, IncidentReading incidents, IEnumerable<IIncidentChannelName> channels, IOptions<NotificationsOptions> options)
{
    /// <summary>What was and could be said about an incident; null for none.</summary>
    public UpdatesView? Find(string name, Instant now)
    {
        var state = house.State;
        if (state.Get<IncidentBook>().Find(name) is not { } incident || incidents.Find(incident.Id, now) is not { } view) return null;
        var (policy, said, catalog) = (UpdatePolicy.Of(manifests.For(state)), state.Get<UpdateBook>().Of(incident.Id), CatalogView.Of(manifests.For(state)));
        var facts = Facts(state, incident, view, policy, now);
        var drafts = Enum.GetValues<UpdateAudience>()
            .Select(a => UpdateDraft.Offered(policy, view, a, said.Posted.Exists(p => p.Audience == a)) is { } template ? UpdateDraft.Of(template, facts) : null).OfType<UpdateDraft>();
        return new(
            incident.Id, incident.Name, UpdateClock.DueAt(incident, said, policy), UpdateClock.Speaker(incident) is { } speaker ? Name(speaker) : "",
            [.. said.Posted.Reverse().Select(p => new PostedView(p.Id, p.At, p.Audience, p.Subject, p.Text, p.Next, p.Told, Name(p.By)))], [.. drafts]);

        string Name(string person) => catalog.PersonById(person)?.Name ?? person;
    }

    /// <summary>The draft of a template; null where the incident or the template is not there.</summary>
    public UpdateDraft? Draft(string name, string template, Instant now)
    {
        var state = house.State;
        var policy = UpdatePolicy.Of(manifests.For(state));
        return policy.Templates.FirstOrDefault(t => t.Name == template) is { } found && state.Get<IncidentBook>().Find(name) is { } incident && incidents.Find(incident.Id, now) is { } view
            ? UpdateDraft.Of(found, Facts(state, incident, view, policy, now))
            : null;
    }

    /// <summary>Names of the templates.</summary>
    public IReadOnlyList<string> Templates => [.. UpdatePolicy.Of(manifests.For(house.State)).Templates.Select(t => t.Name)];

    /// <summary>Whoever wants to be told.</summary>
    public IReadOnlyList<SubscriptionView> Subscriptions()
    {
        var state = house.State;
        var catalog = CatalogView.Of(manifests.For(state));
        return [.. state.Get<UpdateBook>().Subscriptions.Values
            .Select(s => new SubscriptionView(s.Id, catalog.PersonById(s.Person)?.Name ?? s.Person, s.Audience, s.Services, s.Least.Word(), s.Since)).OrderBy(s => s.Person, StringComparer.Ordinal).ThenBy(s => s.Since)];
    }

    private UpdateFacts Facts(HouseState state, Incident incident, IncidentView view, UpdatePolicy policy, Instant now)
    {
        Instant? next = incident.Open && policy.After(incident.Severity) is { } every ? now + every : null;
        return new(view, channels.Select(c => c.Of(state, incident.Id)).FirstOrDefault(c => c.Length > 0) ?? "", next, options.Value.PublicUrl.TrimEnd('/'), now);
    }
}

/// <summary>The slot for whoever opens channels: where people talk about an incident.</summary>
public interface IIncidentChannelName
{
    /// <summary>The channel's name, with its sign; empty where there is none.</summary>
    string Of(HouseState state, string incident);
}
