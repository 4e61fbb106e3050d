using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.IncidentChannels;

/// <summary>Tells channels what is new in their incidents' timelines, as soon as something is.</summary>
internal sealed class ChannelDuty(IHouse house, ChannelIntents intents) : Duty
{
    /// <inheritdoc />
    public override string Name => "incidentchannels.tell";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var book = state.Get<IncidentChannelBook>();
        if (book.ByIncident.IsEmpty) return null;
        var incidents = state.Get<IncidentBook>();
        return book.Active.Any(c => incidents.All.GetValueOrDefault(c.Incident) is { } i && (i.Timeline.Count > c.Lines || !i.Open)) ? Instant.MinValue : null;
    }

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => house.DecideAsync(Actor.Duty(Name), deciding =>
    {
        intents.Tell(deciding);
        return Outcome<bool>.Of(true);
    }, stop: stop);
}
