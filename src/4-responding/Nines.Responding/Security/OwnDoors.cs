using System.Diagnostics.Metrics;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Responding.Security;

/// <summary>Hears what Nines' own doors refuse, from the counter that <c>/metrics</c> shows.</summary>
internal sealed class OwnDoors(SignalWatch watch, IMeterFactory meters, TimeProvider clock) : IRoomLife, IDisposable
{
    private readonly MeterListener _listener = new();

    /// <inheritdoc />
    public Task StartAsync(CancellationToken stop)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name == "nines_http_refused_total") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Take(tags));
        _listener.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken stop)
    {
        _listener.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private void Take(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (route, method, status) = ("", "", "");
        foreach (var (name, value) in tags)
        {
            if (name == "route") route = value as string ?? "";
            else if (name == "method") method = value as string ?? "";
            else if (name == "status") status = value as string ?? "";
        }

        if (route == "/sign-in" && method == "POST") watch.Refused(OwnFact.SignInRefused, clock.UnixMs());
        if (status is "401" or "403") watch.Refused(OwnFact.Refused, clock.UnixMs());
    }
}
