using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>Looks once a minute at what the indicators say about open incidents, and writes down when users began to feel them; raises what has spent a whole budget.</summary>
internal sealed class IncidentDuty(IHouse house, CompiledManifests manifests, ImpactReading indicators, ObjectiveQueries objectives) : Duty
{
    private static readonly Duration Every = Duration.FromMinutes(1);

    private Instant _looked = Instant.MinValue;

    /// <inheritdoc />
    public override string Name => "incidents.measure";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var book = state.Get<IncidentBook>();
        if (book.All.Count == book.Closed.Count) return null;
        return _looked == Instant.MinValue ? Instant.MinValue : _looked + Every;
    }

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        _looked = now;
        var state = house.State;
        var raises = IncidentPolicies.Of(manifests.For(state)).RaiseWhenSpent;
        var found = state.Get<IncidentBook>().Open.Select(i => (Incident: i, Measured: indicators.Of(i.Services, i.DetectedAt, now)))
            .Select(f => (f.Incident, f.Measured, New: f.Measured.Count > 0 && f.Measured.Min(m => m.From) != f.Incident.ImpactFrom, Spent: raises ? Spent(f.Incident, f.Measured, now) : null))
            .Where(f => f.New || f.Spent is not null).ToArray();
        if (found.Length == 0) return;
        await house.DecideAsync(Actor.Duty(Name), deciding =>
        {
            foreach (var (old, measured, isNew, spent) in found)
            {
                if (deciding.State.Get<IncidentBook>().All.GetValueOrDefault(old.Id) is not { Open: true } incident) continue;
                if (isNew) deciding.Write(IncidentDesk.StreamOf(incident.Id), new ImpactMeasured(incident.Id, measured));
                if (spent is null || incident.Triggers.Contains(EscalationTrigger.SlaBreach)) continue;
                foreach (var happened in IncidentLinks.Raised(incident, EscalationTrigger.SlaBreach, $"{spent} has spent its whole budget.", "")) deciding.Write(IncidentDesk.StreamOf(incident.Id), happened);
            }

            return Outcome<int>.Of(found.Length);
        }, stop: stop);
    }

    /// <summary>An objective that it burns and that has nothing left; null for none, and for a drill.</summary>
    private string? Spent(Incident incident, IReadOnlyList<MeasuredImpact> measured, Instant now) =>
        incident.Drill || incident.Triggers.Contains(EscalationTrigger.SlaBreach) ? null
        : measured.Select(m => m.Objective).FirstOrDefault(o => objectives.Find(o, now)?.Budget.Remaining <= 0);
}
