namespace Nines.Catalog.Access;

/// <summary>The rooms that scopes may name: those of every route's permission, and of the house itself.</summary>
/// <param name="Names">Their names.</param>
public sealed record KnownRooms(IReadOnlySet<string> Names);
