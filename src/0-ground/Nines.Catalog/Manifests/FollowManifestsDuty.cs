using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Manifests;

/// <summary>
/// Lets the rooms follow changed manifests, on every node: one that only stands by counts what comes to it too, and can go
/// on at once when the node that works dies.
/// </summary>
internal sealed class FollowManifestsDuty(IEnumerable<IManifestFollower> followers, IHouse house) : Duty
{
    /// <inheritdoc />
    public override string Name => "manifests.follow";

    /// <inheritdoc />
    public override bool EveryNode => true;

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        foreach (var follower in followers)
            if (follower.IsStale(state)) return Instant.MinValue;
        return null;
    }

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop)
    {
        var state = house.State;
        foreach (var follower in followers) follower.Follow(state);
        return Task.CompletedTask;
    }
}
