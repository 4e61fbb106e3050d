using System.Threading.Channels;
using Nines.Kernel;

namespace Nines.Storage;

/// <summary>
/// Moves pages from the write-ahead log into the database file on a connection of its own, so that no commit waits
/// for it (an automatic checkpoint runs inside a commit and delays it by tens of milliseconds).
/// </summary>
internal sealed class WalCheckpointer : IAsyncDisposable
{
    // 1000 pages, SQLite's own default; then the log is short to read again after a crash.
    private const long BytesBetweenCheckpoints = 1000 * 4096;

    // Commits that arrive during a checkpoint keep the log from starting over; past this the writer waits once.
    private const int PagesBeforeRestart = 4_000;

    private readonly SqliteDatabase _database;
    private readonly SemaphoreSlim _writer;
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _loop;
    private long _written;

    /// <param name="file">The database.</param>
    /// <param name="writer">The writer's gate, held for the moment in which the log starts over.</param>
    public WalCheckpointer(string file, SemaphoreSlim writer)
    {
        _database = SqliteDatabase.OpenCheckpointer(file);
        _writer = writer;
        _loop = RunAsync();
    }

    /// <summary>Says how much a commit wrote.</summary>
    public void Wrote(long bytes)
    {
        _written += bytes;
        if (_written < BytesBetweenCheckpoints) return;
        _written = 0;
        _signal.Writer.TryWrite(true);
    }

    private async Task RunAsync()
    {
        while (await _signal.Reader.WaitToReadAsync())
        {
            _signal.Reader.TryRead(out _);
            try
            {
                if (_database.Checkpoint().Pages > PagesBeforeRestart) await RestartAsync();
            }
            catch (StorageException)
            {
                // The log merely grows; a disk that is full or broken is told by the next commit, to whoever asked for it.
            }
        }
    }

    private async Task RestartAsync()
    {
        await _writer.WaitAsync();
        try
        {
            _database.Checkpoint();
        }
        finally
        {
            _writer.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _signal.Writer.TryComplete();
        await _loop;
        _database.Dispose();
    }
}
