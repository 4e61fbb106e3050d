using Microsoft.Extensions.Options;
using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>Forgets minutes that no window, profile or chart needs any more; once a day, first ten minutes after the start.</summary>
internal sealed class RetentionDuty(ObjectiveEngine engine, ISignalStore store, IOptions<ObjectivesOptions> options, TimeProvider clock) : Duty
{
    private Instant _due = clock.Now() + Duration.FromMinutes(10);

    /// <inheritdoc />
    public override string Name => "objectives.retention";

    /// <inheritdoc />
    public override bool EveryNode => true;

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => _due;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        foreach (var (stream, before) in engine.Trim(now, options.Value.Retention)) await store.DropBlocksAsync(stream, before, stop);
        _due = now + Duration.FromDays(1);
    }
}
