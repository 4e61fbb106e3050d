using Nines.Kernel;
using Npgsql;

namespace Nines.Storage;

/// <summary>The pool of connections to one database; every refusal leaves it as a <see cref="StorageException"/>.</summary>
internal sealed class PgDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private PgDatabase(NpgsqlDataSource source, string place)
    {
        _source = source;
        Place = place;
    }

    /// <summary>How messages name the server.</summary>
    public string Place { get; }

    /// <summary>Connects, and sees to the schema.</summary>
    public static async Task<PgDatabase> OpenAsync(string address, CancellationToken stop)
    {
        var settings = PgAddress.Read(address);
        var place = PgAddress.PlaceOf(settings);
        var database = new PgDatabase(NpgsqlDataSource.Create(settings), place);
        try
        {
            // An answer means durable; a server that is set to answer earlier is overruled for Nines' own sessions.
            if (await database.ScalarAsync("SELECT current_setting('synchronous_commit') = 'off'", stop) is true)
            {
                await database.DisposeAsync();
                settings.Options = (settings.Options + " -c synchronous_commit=on").Trim();
                database = new(NpgsqlDataSource.Create(settings), place);
            }

            await database.GuardAsync(async () =>
            {
                await using var connection = await database._source.OpenConnectionAsync(stop);
                await PgSchema.EnsureAsync(connection, place, stop);
                return 0;
            });
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>A command of its own, on any free connection.</summary>
    public NpgsqlCommand Command(string sql, params IEnumerable<object> parameters)
    {
        var command = _source.CreateCommand(sql);
        foreach (var value in parameters) command.Parameters.Add(new() { Value = value });
        return command;
    }

    /// <summary>Several commands in one round trip and one transaction.</summary>
    public NpgsqlBatch Batch() => _source.CreateBatch();

    /// <summary>A connection for listening.</summary>
    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken stop) => _source.OpenConnectionAsync(stop);

    public async Task<object?> ScalarAsync(string sql, CancellationToken stop, params IReadOnlyList<object> parameters)
    {
        return await GuardAsync(async () =>
        {
            await using var command = Command(sql, parameters);
            return await command.ExecuteScalarAsync(stop);
        });
    }

    public Task ExecuteAsync(string sql, CancellationToken stop, params IReadOnlyList<object> parameters) => GuardAsync(async () =>
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(stop);
    });

    /// <summary>Every row through a function, in order.</summary>
    public Task<List<T>> RowsAsync<T>(string sql, Func<NpgsqlDataReader, T> row, CancellationToken stop, params IReadOnlyList<object> parameters) => GuardAsync(async () =>
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<T>();
        while (await reader.ReadAsync(stop)) rows.Add(row(reader));
        return rows;
    });

    /// <summary>Runs a call and turns what goes wrong into a message.</summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw PgErrors.For(e, Place);
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
