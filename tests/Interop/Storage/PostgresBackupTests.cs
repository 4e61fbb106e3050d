using Nines.Storage;
using Nines.Tests.Unit.Storage;
using NodaTime;
using Xunit;

namespace Nines.Tests.Interop.Storage;

/// <summary>One archive form for both stores: what is backed up from one can be restored into the other.</summary>
public sealed class PostgresBackupTests : IAsyncLifetime
{
    private readonly PostgresBench _bench = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-test-");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Backup_OfPostgres_RestoresIntoAFolderAndIntoAnotherDatabase()
    {
        var archive = Path.Combine(_folder.FullName, "backup.tar");
        byte[] key;
        await using (var store = await _bench.OpenAsync())
        {
            key = await StoreSample.FillAsync(store);
            await using var file = File.Create(archive);
            await Backup.WriteAsync(store, file, Instant.FromUtc(2026, 11, 21, 12, 0), default);
        }

        var data = Path.Combine(_folder.FullName, "data");
        await Restore.IntoFolderAsync(archive, data, replace: false, default, default);
        await using (var embedded = await Store.OpenAsync(new(data))) await StoreSample.CheckAsync(embedded, key);

        var other = new PostgresBench();
        await using (var target = await other.OpenAsync())
        {
            await Restore.IntoStoreAsync(archive, target, "The database", _folder.FullName, default);
            await StoreSample.CheckAsync(target, key);
            Assert.Equal(5, await target.Signals.AppendLogAsync(1, 1, "five"u8.ToArray(), default));
            var refused = await Assert.ThrowsAsync<Nines.Kernel.StorageException>(() => Restore.IntoStoreAsync(archive, target, "The database", _folder.FullName, default));
            Assert.Equal("The database already holds a journal. Name an empty one to restore into; nothing was changed.", refused.Message);
        }

        await other.DisposeAsync();
    }
}
