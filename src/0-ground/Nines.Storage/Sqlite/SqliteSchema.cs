using Nines.Kernel;

namespace Nines.Storage;

/// <summary>Tables of the three files. <c>user_version</c> holds the schema's number; a newer one is refused untouched.</summary>
internal static class SqliteSchema
{
    public const int Version = 1;

    // (stream, version) is the only secondary index, and no random text stands in a B-tree (house.md, Storage).
    // "at" counts ticks of 100 ns since 1970.
    public const string Journal = """
        CREATE TABLE streams(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL) STRICT;
        CREATE TABLE types(id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
        CREATE TABLE journal(
          position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, version INTEGER NOT NULL, type INTEGER NOT NULL,
          at INTEGER NOT NULL, actor TEXT NOT NULL, cause INTEGER NOT NULL, key TEXT, data BLOB NOT NULL) STRICT;
        CREATE UNIQUE INDEX journal_stream ON journal(stream, version);
        CREATE TABLE snapshots(
          room TEXT NOT NULL, fold INTEGER NOT NULL, position INTEGER NOT NULL, at INTEGER NOT NULL, data BLOB NOT NULL,
          PRIMARY KEY(room, fold, position)) STRICT;
        CREATE TABLE leases(name TEXT PRIMARY KEY, version INTEGER NOT NULL, fence INTEGER NOT NULL) STRICT;
        """;

    // A block's row id is stream * 2^32 + block: one B-tree of integers, a stream's blocks side by side.
    public const string Signals = """
        CREATE TABLE blocks(id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
        CREATE TABLE states(name TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
        CREATE TABLE streams(id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
        CREATE TABLE checkpoint(one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL) STRICT;
        INSERT INTO checkpoint VALUES(1, 0);
        """;

    public const string Keys = "CREATE TABLE keys(person TEXT PRIMARY KEY, key BLOB NOT NULL) STRICT;";

    /// <summary>Creates the tables in a new file, or checks that the file is of a schema that this build knows.</summary>
    /// <exception cref="StorageException">The file is newer, or no file of Nines.</exception>
    public static void Ensure(SqliteDatabase database, string tables)
    {
        var found = Check(database);
        if (found == Version) return;
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            database.Execute(tables + $"PRAGMA user_version={Version};");
            database.Execute("COMMIT");
        }
        catch
        {
            database.Rollback();
            throw;
        }
    }

    /// <summary>The schema number of a file, refused when newer.</summary>
    public static int Check(SqliteDatabase database)
    {
        var found = (int)database.Scalar("PRAGMA user_version");
        return found > Version ? throw new StorageException(SqliteErrors.Newer(database.File, found, Version)) : found;
    }
}
