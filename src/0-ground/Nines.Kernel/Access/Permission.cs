namespace Nines.Kernel;

/// <summary>
/// What a caller needs in order to use a route, command or page. Named from the first day;
/// a House test fails where one is missing.
/// </summary>
/// <param name="Name">Room and right, such as <c>objectives:read</c>.</param>
/// <param name="Proof">For a door that asks for a proof of its own: which one, in words; otherwise empty.</param>
public sealed record Permission(string Name, string Proof = "")
{
    /// <summary>May look at what a room knows.</summary>
    public static Permission Read(string room) => new(room + ":read");

    /// <summary>May change what a room holds.</summary>
    public static Permission Write(string room) => new(room + ":write");

    /// <summary>May send signals or alerts in through a door.</summary>
    public static Permission Send(string room) => new(room + ":send");

    /// <summary>Needs nothing: health, readiness and static assets only.</summary>
    public static Permission Nothing { get; } = new("none");

    /// <summary>
    /// The door lets nobody in by who they are, but by a proof that the request itself carries, and checks it: a
    /// provider's signature, a signed link, the secret in a feed's address. Its handler refuses what brings none.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <param name="proof">Which proof, in words: <c>the secret in the address</c>.</param>
    public static Permission OwnProof(string room, string proof) => new(room + ":own-proof", proof);

    /// <summary>True where the door checks a proof of its own.</summary>
    public bool IsOwnProof => Name.EndsWith(":own-proof", StringComparison.Ordinal);
}
