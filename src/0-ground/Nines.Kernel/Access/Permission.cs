namespace Nines.Kernel;

/// <summary>
/// What a caller needs in order to use a route, command or page. Named from the first day;
/// a House test fails where one is missing.
/// </summary>
/// <param name="Name">Room and right, such as <c>objectives:read</c>.</param>
public sealed record Permission(string Name)
{
    /// <summary>May look at what a room knows.</summary>
    public static Permission Read(string room) => new(room + ":read");

    /// <summary>May change what a room holds.</summary>
    public static Permission Write(string room) => new(room + ":write");

    /// <summary>May send signals or alerts in through a door.</summary>
    public static Permission Send(string room) => new(room + ":send");

    /// <summary>Needs nothing: health, readiness and static assets only.</summary>
    public static Permission Nothing { get; } = new("none");
}
