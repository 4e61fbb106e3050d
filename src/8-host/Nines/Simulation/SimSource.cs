using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>
/// A program that finds an alert and says so until it is over, as Prometheus does: again and again while it fires, and what
/// was not answered is said again.
/// </summary>
internal sealed class SimSource(SimWorld world, AlertLabels labels, AlertSeverity severity, TimeSpan until, TimeSpan resend)
{
    private static readonly TimeSpan Impatient = TimeSpan.FromSeconds(10);

    private Instant _started;
    private bool _took;
    private int _calls;

    public AlertLabels Labels { get; } = labels;

    public AlertSeverity Severity { get; } = severity;

    /// <summary>True from the moment when its end is sent.</summary>
    public bool Ending { get; private set; }

    /// <summary>True once the house has answered its end.</summary>
    public bool Over { get; private set; }

    /// <summary>Its first word.</summary>
    public void Begin()
    {
        _started = world.Clock.Wall;
        Tell();
    }

    private void Tell()
    {
        if (Over) return;
        Ending |= world.Clock.Now >= until || world.Ending;
        var call = ++_calls;
        world.Clock.After(Impatient, () =>
        {
            if (call == _calls) Tell();
        });
        if (!world.Up) return;
        var ends = Ending;
        world.Process.Run(async () =>
        {
            if (await AskAsync(ends) && call == _calls) Answered(ends);
        });
    }

    private void Answered(bool ended)
    {
        var call = ++_calls;
        if (ended)
        {
            Over = true;
            return;
        }

        if (!_took) world.Took(this);
        _took = true;
        var left = until - world.Clock.Now;
        world.Clock.After(left > TimeSpan.Zero && left < resend ? left : resend, () =>
        {
            if (call == _calls) Tell();
        });
    }

    private async Task<bool> AskAsync(bool ended)
    {
        var incoming = new Incoming
        {
            Labels = Labels, Severity = Severity, Source = "prometheus", Service = Labels["service"], Title = Labels["alertname"], Reason = "It is simulated.", StartedAt = _started,
        };
        var house = world.Process.Get<IHouse>();
        var decided = await house.DecideAsync(Actor.Door("simulation"), deciding =>
        {
            var book = deciding.State.Get<AlertBook>();
            if (!ended)
                foreach (var (stream, happened) in Intake.Report(book, RouteTable.Shipped, incoming, deciding.Now, deciding.NewId)) deciding.Write(stream, happened);
            else if (Intake.End(book, RouteTable.Shipped, Labels, deciding.Now, "It is over.", deciding.Now) is { } end) deciding.Write(end.Stream, end.Event);
            return Outcome<bool>.Of(true);
        });
        return decided.Outcome.Ok;
    }
}
