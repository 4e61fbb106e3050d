using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>
/// A program that finds an alert and says so until it is over, as Prometheus does: again and again while it fires, and what
/// was not answered is said again.
/// </summary>
internal sealed class SimSource(SimWorld world, AlertLabels labels, AlertSeverity severity, TimeSpan until, TimeSpan resend, bool leased, bool twice)
{
    private static readonly TimeSpan Impatient = TimeSpan.FromSeconds(10);

    private Instant _started;
    private bool _took;
    private int _calls;

    public AlertLabels Labels { get; } = labels;

    public AlertSeverity Severity { get; } = severity;

    /// <summary>True from the moment when its end is sent.</summary>
    public bool Ending { get; private set; }

    /// <summary>Until when the house must keep it as firing by what it has answered; null for until it hears the end.</summary>
    public Instant? HoldsUntil { get; private set; }

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
        if (world.Up) Ask(call, Ending);
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

    private void Ask(int call, bool ended)
    {
        var incoming = new Incoming
        {
            Labels = Labels,
            Severity = Severity,
            Source = "prometheus",
            Service = Labels["service"],
            Title = Labels["alertname"],
            Reason = "It is simulated.",
            StartedAt = _started,
        };
        // Half of them say until when it holds unless they say it again (as Prometheus: four times their interval).
        Instant? end = ended ? world.Clock.Wall : leased ? world.Clock.Wall + Duration.FromTimeSpan(resend * 4) : null;
        var received = new ReceivedAlert(incoming, end);
        // Agents in pairs, and proxies that repeat a request whose answer they lost.
        world.Agent.Tell(twice ? [received, received] : [received], answer =>
        {
            world.Ledger.Note("answered", $"{Labels} {answer.As} until {end}");
            if (!ended) HoldsUntil = end;
            if (call == _calls) Answered(ended);
        });
    }
}
