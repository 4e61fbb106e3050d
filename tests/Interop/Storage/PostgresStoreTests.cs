using Nines.Kernel;
using Nines.Storage;
using Nines.Tests.Storage;
using NodaTime;

namespace Nines.Tests.Interop.Storage;

/// <summary>The shared store: a real PostgreSQL, a database of its own for each test.</summary>
public sealed class PostgresBench : IStoreBench
{
    private readonly List<string> _folders = [];
    private string? _connection;

    public Instant Now => TimeProvider.System.Now();

    public Task<Store> OpenAsync() => OpenNodeAsync(0);

    /// <summary>Opens another node over the same database.</summary>
    public async Task<Store> OpenNodeAsync(int node)
    {
        _connection ??= await (await PostgresServer.GetAsync()).CreateDatabaseAsync();
        while (_folders.Count <= node) _folders.Add(Directory.CreateTempSubdirectory("nines-node-").FullName);
        return await Store.OpenAsync(new(_folders[node], _connection));
    }

    public string Connection => _connection!;

    public Task PassAsync(Duration time) => Task.Delay(time.ToTimeSpan());

    public ValueTask DisposeAsync()
    {
        foreach (var folder in _folders) Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

public sealed class PostgresJournalTests : JournalCompliance<PostgresBench>;

public sealed class PostgresSignalsTests : SignalStoreCompliance<PostgresBench>;

public sealed class PostgresLeasesTests : LeasesCompliance<PostgresBench>;

public sealed class PostgresPersonKeysTests : PersonKeysCompliance<PostgresBench>;
