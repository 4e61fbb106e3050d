namespace Nines.Storage;

/// <summary>Where the house keeps what it knows.</summary>
/// <param name="DataDirectory">The folder of this node (<c>--data</c>): the embedded store's files, or with PostgreSQL only the node's name.</param>
/// <param name="Postgres">A connection string (<c>--postgres</c>, key=value pairs or a postgres:// address); null keeps everything in the folder.</param>
public sealed record StoreLocation(string DataDirectory, string? Postgres = null);
