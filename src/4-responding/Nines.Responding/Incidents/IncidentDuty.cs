using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>Looks once a minute at what the indicators say about open incidents, and writes down when users began to feel them.</summary>
internal sealed class IncidentDuty(IHouse house, ImpactReading indicators) : Duty
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
        var found = house.State.Get<IncidentBook>().Open.Select(i => (Incident: i, Measured: indicators.Of(i.Services, i.DetectedAt, now)))
            .Where(f => f.Measured.Count > 0 && f.Measured.Min(m => m.From) != f.Incident.ImpactFrom).ToArray();
        if (found.Length == 0) return;
        await house.DecideAsync(Actor.Duty(Name), deciding =>
        {
            foreach (var (incident, measured) in found)
                if (deciding.State.Get<IncidentBook>().All.GetValueOrDefault(incident.Id) is { Open: true }) deciding.Write(IncidentDesk.StreamOf(incident.Id), new ImpactMeasured(incident.Id, measured));
            return Outcome<int>.Of(found.Length);
        }, stop: stop);
    }
}
