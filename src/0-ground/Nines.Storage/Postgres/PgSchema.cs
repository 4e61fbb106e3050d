using Nines.Kernel;
using Npgsql;

namespace Nines.Storage;

/// <summary>Tables of the shared store, all in the schema <c>nines</c>.</summary>
internal static class PgSchema
{
    public const int Version = 1;

    // Makes nodes that start together take turns; any number that nobody else uses.
    private const long SetupLock = 0x4e494e4553;

    // One row holds the head: the append moves it and inserts in a single statement, so that the order has no gap and a
    // node that is paused holds no lock. "timeline" is the server's; it changes with every promotion of a standby.
    private const string Tables = """
        CREATE TABLE nines.head(one boolean PRIMARY KEY DEFAULT true CHECK (one), position bigint NOT NULL, epoch int NOT NULL, timeline text NOT NULL);
        INSERT INTO nines.head VALUES(true, 0, 1, substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8));
        CREATE TABLE nines.streams(id int PRIMARY KEY, kind text NOT NULL, key text NOT NULL);
        CREATE TABLE nines.types(id int PRIMARY KEY, name text NOT NULL);
        CREATE TABLE nines.journal(
          position bigint PRIMARY KEY, stream int NOT NULL, version bigint NOT NULL, type int NOT NULL, at bigint NOT NULL,
          actor text NOT NULL, cause bigint NOT NULL, key text, data bytea NOT NULL);
        CREATE UNIQUE INDEX journal_stream ON nines.journal(stream, version);
        CREATE TABLE nines.snapshots(
          room text NOT NULL, fold int NOT NULL, position bigint NOT NULL, at bigint NOT NULL, data bytea NOT NULL,
          PRIMARY KEY(room, fold, position));
        CREATE TABLE nines.leases(name text PRIMARY KEY, version int NOT NULL, holder text, fence bigint NOT NULL, until timestamptz NOT NULL);
        CREATE TABLE nines.keys(person text PRIMARY KEY, key bytea NOT NULL);
        CREATE TABLE nines.nodes(id int PRIMARY KEY GENERATED ALWAYS AS IDENTITY, name text NOT NULL UNIQUE, checkpoint bigint NOT NULL DEFAULT 0);
        CREATE TABLE nines.signal_log(node int NOT NULL, position bigint NOT NULL, kind int NOT NULL, at bigint NOT NULL, body bytea NOT NULL, PRIMARY KEY(node, position));
        ALTER TABLE nines.signal_log ALTER COLUMN body SET STORAGE EXTERNAL;
        CREATE TABLE nines.signal_blocks(node int NOT NULL, stream int NOT NULL, block int NOT NULL, data bytea NOT NULL, PRIMARY KEY(node, stream, block));
        ALTER TABLE nines.signal_blocks ALTER COLUMN data SET STORAGE EXTERNAL;
        CREATE TABLE nines.signal_states(node int NOT NULL, name text COLLATE "C" NOT NULL, data bytea NOT NULL, PRIMARY KEY(node, name));
        CREATE TABLE nines.signal_streams(node int NOT NULL, id int NOT NULL, name text NOT NULL, PRIMARY KEY(node, id));
        CREATE TABLE nines.schema(version int NOT NULL);
        INSERT INTO nines.schema VALUES(1);
        """;

    /// <summary>Creates the tables in a new database, or checks that they are of a schema that this build knows.</summary>
    /// <exception cref="StorageException">They are newer.</exception>
    public static async Task EnsureAsync(NpgsqlConnection connection, string place, CancellationToken stop)
    {
        await using var turn = await connection.BeginTransactionAsync(stop);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({SetupLock})", stop);
        var there = await ScalarAsync(connection, "SELECT to_regclass('nines.schema') IS NOT NULL", stop);
        if (there is true)
        {
            var found = (int)(await ScalarAsync(connection, "SELECT max(version) FROM nines.schema", stop))!;
            if (found > Version) throw new StorageException(PgErrors.Newer(place, found, Version));
            return;
        }

        await ExecuteAsync(connection, "CREATE SCHEMA IF NOT EXISTS nines;" + Tables, stop);
        await turn.CommitAsync(stop);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(stop);
    }
}
