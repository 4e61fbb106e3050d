using Nines.Storage;
using Nines.Tests.Storage;
using NodaTime;

namespace Nines.Tests.Unit.Storage;

/// <summary>The embedded store in a folder of its own.</summary>
public sealed class SqliteBench : IStoreBench
{
    private readonly TempFolder _folder = new();

    public Instant Now { get; private set; } = Instant.FromUtc(2026, 11, 21, 12, 0);

    public Task<Store> OpenAsync() => Store.OpenAsync(new(_folder.Path));

    public Task PassAsync(Duration time)
    {
        Now += time;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>The store in memory; opening it again gives the same one.</summary>
public sealed class MemoryBench : IStoreBench
{
    private readonly Store _store = Store.InMemory();

    public Instant Now { get; private set; } = Instant.FromUtc(2026, 11, 21, 12, 0);

    public Task<Store> OpenAsync() => Task.FromResult(_store);

    public Task PassAsync(Duration time)
    {
        Now += time;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class SqliteJournalTests : JournalCompliance<SqliteBench>;

public sealed class SqliteSignalsTests : SignalStoreCompliance<SqliteBench>;

public sealed class SqliteLeasesTests : LeasesCompliance<SqliteBench>;

public sealed class SqlitePersonKeysTests : PersonKeysCompliance<SqliteBench>;

public sealed class MemoryJournalTests : JournalCompliance<MemoryBench>;

public sealed class MemorySignalsTests : SignalStoreCompliance<MemoryBench>;

public sealed class MemoryLeasesTests : LeasesCompliance<MemoryBench>;

public sealed class MemoryPersonKeysTests : PersonKeysCompliance<MemoryBench>;
