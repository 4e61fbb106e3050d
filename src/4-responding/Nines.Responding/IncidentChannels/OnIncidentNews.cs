using Nines.Kernel;
using Nines.Responding.Incidents;

namespace Nines.Responding.IncidentChannels;

/// <summary>An incident is declared: its channel is asked for in the same commit.</summary>
internal sealed class OnIncidentDeclared(ChannelIntents intents) : Reaction<IncidentDeclared>
{
    protected override void React(IncidentDeclared happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<IncidentBook>().All.GetValueOrDefault(happened.Id) is { Open: true } incident && intents.Wants(incident)) intents.Open(deciding, incident, "");
    }
}

/// <summary>An incident is worse than it was held to be: now it needs a channel.</summary>
internal sealed class OnIncidentRaised(ChannelIntents intents) : Reaction<IncidentSeverityChanged>
{
    protected override void React(IncidentSeverityChanged happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<IncidentChannelBook>().ByIncident.ContainsKey(happened.Id)) return;
        if (deciding.State.Get<IncidentBook>().All.GetValueOrDefault(happened.Id) is { Open: true } incident && intents.Wants(incident)) intents.Open(deciding, incident, "");
    }
}

/// <summary>No channel could be opened: what people do not see there, the timeline says.</summary>
internal sealed class OnChannelSettled : Reaction<OutboxSettled>
{
    protected override void React(OutboxSettled happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.End != EffectEnd.Failed) return;
        if (deciding.State.Get<IncidentChannelBook>().Active.FirstOrDefault(c => c.Last == happened.Id && !c.IsOpen) is not { } channel) return;
        deciding.Write(ChannelIntents.StreamOf(channel.Incident), new ChannelEnded(channel.Incident, happened.Reason));
        deciding.Write(IncidentDesk.StreamOf(channel.Incident), new IncidentTold(channel.Incident, TimelineKind.Chat, $"No channel could be opened: {happened.Reason}", "", ""));
    }
}
