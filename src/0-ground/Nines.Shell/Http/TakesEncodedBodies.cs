namespace Nines.Shell;

/// <summary>Marks a route that honours Content-Encoding itself; at every other route an encoded body is refused, not misread.</summary>
public sealed class TakesEncodedBodies
{
    /// <summary>The mark.</summary>
    public static TakesEncodedBodies Mark { get; } = new();
}
