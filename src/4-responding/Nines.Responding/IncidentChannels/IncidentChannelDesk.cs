using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;

namespace Nines.Responding.IncidentChannels;

/// <summary>Opens channels when somebody asks for one.</summary>
public sealed class IncidentChannelDesk(IHouse house, CompiledManifests manifests, ChannelIntents intents)
{
    /// <summary>Somebody wants a channel for an incident; answers the incident's id.</summary>
    public async Task<Outcome<string>> OpenAsync(Actor actor, string name, string by, CancellationToken stop)
    {
        var decided = await house.DecideAsync(actor, deciding =>
        {
            if (deciding.State.Get<IncidentBook>().Find(name) is not { } incident) return Problem.NotFound($"There is no incident {name}.", "List them with \"nines incident list\".");
            if (!incident.Open) return Problem.Conflict($"{incident.Name} is over.", "Reopen it first.");
            if (!intents.Known) return Problem.Conflict("No Slack app is configured.", "Set channels:slackToken to its bot token.");
            if (deciding.State.Get<IncidentChannelBook>().ByIncident.GetValueOrDefault(incident.Id) is { Ended.Length: 0 } known) return Problem.Conflict($"{incident.Name} has the channel #{known.Name}.");
            var who = ActingPerson.Of(actor, by, manifests.For(deciding.State));
            if (!who.Ok) return who;
            intents.Open(deciding, incident, who.Value);
            return Outcome<string>.Of(incident.Id);
        }, stop: stop);
        return decided.Outcome;
    }
}
