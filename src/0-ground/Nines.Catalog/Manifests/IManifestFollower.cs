using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>
/// A room that must know changed manifests before whoever changed them is answered: what comes in after the answer is
/// counted, and who asks then is answered from them. Other nodes learn of them by their duties.
/// </summary>
public interface IManifestFollower
{
    /// <summary>Brings the room up to a state. Called on the caller's thread; must be quick where nothing of its own changed.</summary>
    void Follow(HouseState state);
}
