using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// Keeps a snapshot of every room each day, and sooner after many entries: a start then folds little, and a look at any
/// past moment folds a day at most.
/// </summary>
public sealed class SnapshotDuty(House house) : Duty
{
    /// <summary>Entries after which a snapshot is due before the day is over; folding that many takes about a second.</summary>
    public const long MostEntriesBetween = 100_000;

    private static readonly Duration Every = Duration.FromDays(1);

    /// <inheritdoc />
    public override string Name => "kernel.snapshots";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var (position, at) = house.NewestSnapshot;
        if (state.Position == position) return null;
        return at == Instant.MinValue || state.Position - position >= MostEntriesBetween ? at : at + Every;
    }

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => house.SaveSnapshotsAsync(now, stop);
}
