using Microsoft.Extensions.Options;
using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Signals;

/// <summary>Forgets matched series that have been silent for days, such as those of pods long gone. Hourly.</summary>
internal sealed class SweepDuty(SignalHub hub, IOptions<SignalsOptions> options, TimeProvider clock) : Duty
{
    private static readonly Duration Every = Duration.FromHours(1);
    private Instant _last = clock.Now();

    public override string Name => "signals.sweep";

    public override bool EveryNode => true;

    public override Instant? NextDue(HouseState state) => _last + Every;

    public override Task RunAsync(Instant now, CancellationToken stop)
    {
        hub.Sweep((now - Duration.FromDays(options.Value.KeepSilentSeriesDays)).ToUnixTimeMilliseconds());
        _last = now;
        return Task.CompletedTask;
    }
}
