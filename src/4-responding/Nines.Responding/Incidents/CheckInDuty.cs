using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>Notices that nobody checked in, and lets that page somebody, in one commit.</summary>
internal sealed class CheckInDuty(IHouse house, CompiledManifests manifests, AlertRoutes routes) : Duty
{
    /// <inheritdoc />
    public override string Name => "incidents.check-in";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var book = state.Get<IncidentBook>();
        if (book.All.Count == book.Closed.Count) return null;
        var policy = IncidentPolicies.Of(manifests.For(state));
        return book.Open.Min(i => MissedCheckIn.PagesAt(i, policy));
    }

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => house.DecideAsync(Actor.Duty(Name), deciding =>
    {
        var policy = IncidentPolicies.Of(manifests.For(deciding.State));
        var received = new List<ReceivedAlert>();
        foreach (var incident in deciding.State.Get<IncidentBook>().Open)
        {
            if (MissedCheckIn.PagesAt(incident, policy) is not { } at || at > deciding.Now) continue;
            var due = MissedCheckIn.DueAt(incident, policy)!.Value;
            deciding.Write(IncidentDesk.StreamOf(incident.Id), new CheckInMissed(incident.Id, due));
            received.Add(new(MissedCheckIn.Alert(incident, due, deciding.Now)));
        }

        if (received.Count > 0)
            foreach (var (stream, happened) in Intake.Take(deciding.State.Get<AlertBook>(), routes.For(deciding.State), received, deciding.Now, deciding.NewId).Events) deciding.Write(stream, happened);
        return Outcome<int>.Of(received.Count);
    }, stop: stop);
}
