using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// Keeps a snapshot of every room each day, and sooner after many entries or a start that had to fold some: a start then
/// folds little, and a look at any past moment folds a day at most.
/// </summary>
public sealed class SnapshotDuty(House house) : Duty
{
    /// <summary>Entries after which a snapshot is due before the day is over; folding that many takes about a second.</summary>
    public const long MostEntriesBetween = 100_000;

    /// <summary>Entries that a start had to fold after which a snapshot is due at once: the next start, perhaps soon, need not fold them again.</summary>
    public const long MostEntriesAtAStart = 1_000;

    private long? _foldedAtStart;

    /// <summary>The longest time between two, where anything happened. The simulation takes a longer one: they would be a tenth of all its work.</summary>
    public Duration Every { get; init; } = Duration.FromDays(1);

    /// <inheritdoc />
    public override string Name => "kernel.snapshots";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var (position, at) = house.NewestSnapshot;
        _foldedAtStart ??= state.Position - position;
        if (state.Position == position) return null;
        return at == Instant.MinValue || _foldedAtStart > MostEntriesAtAStart || state.Position - position >= MostEntriesBetween ? at : at + Every;
    }

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        await house.SaveSnapshotsAsync(now, stop);
        _foldedAtStart = 0;
    }
}
