using System.Globalization;
using Npgsql;

namespace Nines.Storage;

/// <summary>
/// Listens for what other nodes say over the database: entries appended, keys erased. A lost connection is made anew; since
/// notices may have been missed meanwhile, everybody who waits is woken to look for himself.
/// </summary>
internal sealed class PgNotices : IAsyncDisposable
{
    public const string Appended = "nines_journal";
    public const string KeyErased = "nines_key_erased";

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly PgDatabase _database;
    private readonly string _node;
    private readonly Action<string> _keyErased;
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loop = Task.CompletedTask;

    /// <param name="database">The database.</param>
    /// <param name="node">This node: its own appends wake nobody.</param>
    /// <param name="keyErased">Told the person whose key another node erased.</param>
    public PgNotices(PgDatabase database, string node, Action<string> keyErased)
    {
        (_database, _node, _keyErased) = (database, node, keyErased);
    }

    /// <summary>Completes at the next news of another node.</summary>
    public Task News => Volatile.Read(ref _news).Task;

    /// <summary>The text of an append's notice.</summary>
    public static string Payload(long position, string node) => string.Create(CultureInfo.InvariantCulture, $"{position} {node}");

    public void Start() => _loop = RunAsync();

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await ListenAsync();
            }
            catch (Exception e) when (e is NpgsqlException or IOException or System.Net.Sockets.SocketException or TimeoutException)
            {
                Wake();
                await Task.Delay(Retry, TimeProvider.System, _stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ListenAsync()
    {
        await using var connection = await _database.ConnectAsync(_stopping.Token);
        connection.Notification += (_, notice) => Hear(notice);
        await using (var listen = new NpgsqlCommand($"LISTEN {Appended}; LISTEN {KeyErased}", connection))
            await listen.ExecuteNonQueryAsync(_stopping.Token);
        Wake();
        while (true) await connection.WaitAsync(_stopping.Token);
    }

    private void Hear(NpgsqlNotificationEventArgs notice)
    {
        if (notice.Channel == KeyErased) _keyErased(notice.Payload);
        else if (!notice.Payload.EndsWith(" " + _node, StringComparison.Ordinal)) Wake();
    }

    private void Wake() => Interlocked.Exchange(ref _news, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        _stopping.Dispose();
    }
}
