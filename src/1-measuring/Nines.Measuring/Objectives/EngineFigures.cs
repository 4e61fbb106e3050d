using System.Diagnostics.Metrics;
using Nines.Shell;

namespace Nines.Measuring.Objectives;

/// <summary>Figures of the engine on <c>/metrics</c>.</summary>
internal sealed class EngineFigures(ObjectiveEngine engine, IMeterFactory meters) : IRoomLife, IDisposable
{
    private readonly Meter _meter = meters.Create("Nines.Objectives");

    /// <summary>How long the last cycle over every objective took.</summary>
    public TimeSpan LastCycle { get; set; }

    public Task StartAsync(CancellationToken stop)
    {
        _meter.CreateObservableGauge("nines_objectives_watched", () => engine.Set.All.Count, description: "Objectives that are evaluated.");
        _meter.CreateObservableGauge("nines_objectives_cycle_seconds", () => LastCycle.TotalSeconds, description: "How long the last evaluation of all of them took.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken stop) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();
}
