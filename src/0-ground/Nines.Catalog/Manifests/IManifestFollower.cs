using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>
/// A room that must know changed manifests before whoever changed them is answered: what comes in after the answer is
/// counted, and who asks then is answered from them. Other nodes, and what a start finds, are brought up by
/// <see cref="FollowManifestsDuty"/>.
/// </summary>
public interface IManifestFollower
{
    /// <summary>True when a state has other manifests of the room's kinds than those last looked at. Asked often: must be quick.</summary>
    bool IsStale(HouseState state);

    /// <summary>Brings the room up to a state. Called on the caller's thread; must be quick where nothing of its own changed.</summary>
    void Follow(HouseState state);
}
