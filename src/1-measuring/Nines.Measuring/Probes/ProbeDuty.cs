using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Ingestion;
using NodaTime;

namespace Nines.Measuring.Probes;

/// <summary>Starts each probe when it is due. A slow one holds up no other, and none runs twice at once.</summary>
internal sealed partial class ProbeDuty(IHouse house, CompiledManifests manifests, Prober prober, CountedIntake intake, ProbeBoard board, TimeProvider clock, ILogger<ProbeDuty> log) : Duty
{
    private readonly ConcurrentDictionary<string, Task> _running = [];
    private Instant _done = clock.Now();

    /// <inheritdoc />
    public override string Name => "probes.run";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        Instant? first = null;
        foreach (var probe in manifests.For(state).Of<Probe>())
        {
            var due = ProbeTimes.Next(probe, _done);
            if (first is null || due < first) first = due;
        }

        return first;
    }

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop)
    {
        var probes = manifests.For(house.State).Of<Probe>().ToArray();
        var missed = _done;
        _done = now;
        board.Keep(probes);
        foreach (var probe in probes)
            if (ProbeTimes.Next(probe, missed) <= now && !_running.ContainsKey(probe.Name))
                _running[probe.Name] = TryAsync(probe, stop);
        return Task.CompletedTask;
    }

    private async Task TryAsync(Probe probe, CancellationToken stop)
    {
        // Gives way first, so that the entry in "running" stands before it is taken out.
        await Task.Yield();
        try
        {
            var (result, took) = await prober.TryAsync(probe, stop);
            var at = clock.Now();
            if (board.Put(probe.Name, result, took, at)) LogChanged(log, probe.Name, result.Good ? "good" : result.Reason, result.Detail);
            await intake.AcceptAsync(ProbeSamples.Of(probe, result, took, at.ToUnixTimeMilliseconds()), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The house stops; this try says nothing.
        }
        catch (Exception failed)
        {
            LogFailed(log, probe.Name, failed);
        }
        finally
        {
            _running.TryRemove(probe.Name, out _);
        }
    }

    [LoggerMessage(1401, LogLevel.Information, "The probe {Probe} is {Outcome} now. {Detail}")]
    private static partial void LogChanged(ILogger log, string probe, string outcome, string detail);

    [LoggerMessage(1402, LogLevel.Error, "The result of the probe {Probe} could not be booked")]
    private static partial void LogFailed(ILogger log, string probe, Exception failed);
}
