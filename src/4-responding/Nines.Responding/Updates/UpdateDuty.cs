using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Updates;

/// <summary>Reminds whoever speaks for an incident, shortly before those who wait are owed news.</summary>
internal sealed class UpdateDuty(IHouse house, CompiledManifests manifests, UpdateDesk desk) : Duty
{
    /// <inheritdoc />
    public override string Name => "updates.remind";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var book = state.Get<IncidentBook>();
        if (book.All.Count == book.Closed.Count) return null;
        var (updates, policy) = (state.Get<UpdateBook>(), UpdatePolicy.Of(manifests.For(state)));
        return book.Open.Min(i => UpdateClock.RemindsAt(i, updates.Of(i.Id), policy));
    }

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => house.DecideAsync(Actor.Duty(Name), deciding =>
    {
        var (updates, policy) = (deciding.State.Get<UpdateBook>(), UpdatePolicy.Of(manifests.For(deciding.State)));
        foreach (var incident in deciding.State.Get<IncidentBook>().Open)
            if (UpdateClock.RemindsAt(incident, updates.Of(incident.Id), policy) is { } at && at <= deciding.Now) desk.Remind(deciding, incident, at + UpdateClock.Ahead);
        return Outcome<bool>.Of(true);
    }, stop: stop);
}
