namespace Nines.Shell;

/// <summary>How this node serves: what the room of access needs to know of the start.</summary>
/// <param name="Open">True where nobody is asked who they are (<c>--open</c>); loopback only.</param>
/// <param name="Folder">The node's data folder; null where it has none.</param>
/// <param name="Recover">True to offer set-up also where accounts exist (<c>--recover</c>).</param>
public sealed record ServingMode(bool Open, string? Folder = null, bool Recover = false);
