using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>Once a minute reads the blocks that the windows' far edges will step into next.</summary>
internal sealed class ReadAheadDuty(ObjectiveEngine engine, ISignalStore store) : Duty
{
    // Several turns before an edge needs a block: one that fails is made up for by the next.
    private const int LeadMinutes = 5;

    private static readonly Duration Every = Duration.FromMinutes(1);
    private Instant _last = Instant.MinValue;

    /// <inheritdoc />
    public override string Name => "objectives.read-ahead";

    /// <inheritdoc />
    public override bool EveryNode => true;

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => _last == Instant.MinValue ? Instant.MinValue : _last + Every;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        _last = now;
        await engine.ReadAheadAsync(LeadMinutes, store, stop);
    }
}
