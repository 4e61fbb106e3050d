namespace Nines.Host.Demo;

/// <summary>What the load has done so far. Offered is always answered + failed + waiting + shed.</summary>
/// <param name="Offered">Requests whose time had come.</param>
/// <param name="Answered">Requests answered below 500.</param>
/// <param name="Failed">Requests answered with 500 or more, or not at all.</param>
/// <param name="Waiting">Requests under way.</param>
/// <param name="Shed">Requests not sent because too many were under way; shown, never hidden.</param>
internal sealed record LoadFigures(long Offered, long Answered, long Failed, long Waiting, long Shed);

/// <summary>
/// An open-loop load: customers arrive by their own clock (a Poisson process) and do not wait for each other, so a slow
/// shop gets no fewer requests (no coordinated omission).
/// </summary>
/// <param name="shop">The storefront's address.</param>
/// <param name="perSecond">Mean arrivals per second.</param>
/// <param name="seed">Of the arrivals; the same seed gives the same customers.</param>
/// <param name="clock">The one clock.</param>
internal sealed class OpenLoopLoad(Uri shop, double perSecond, int seed, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>60 s of the default load: beyond it the machine, not the shop, is being tested.</summary>
    private const int MostWaiting = 2400;

    /// <summary>Of 100 customers 40 buy, the others browse.</summary>
    private const int Buyers = 40;

    private readonly HttpClient _http = LoopbackHttp.Open(TimeSpan.FromSeconds(10), shop);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _arrivals = Task.CompletedTask;
    private long _offered;
    private long _answered;
    private long _failed;
    private long _shed;
    private long _waiting;

    public LoadFigures Figures => new(
        Interlocked.Read(ref _offered), Interlocked.Read(ref _answered), Interlocked.Read(ref _failed), Interlocked.Read(ref _waiting), Interlocked.Read(ref _shed));

    /// <summary>Opens the doors to customers.</summary>
    public void Start() => _arrivals = ArriveAsync();

    /// <summary>Ends the arrivals and waits for those under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _arrivals;
        if (Interlocked.Read(ref _waiting) > 0) await Task.WhenAny(_drained.Task, Task.Delay(TimeSpan.FromSeconds(5), clock));
        _http.Dispose();
        _stopping.Dispose();
    }

    private async Task ArriveAsync()
    {
        var random = new Random(seed);
        var due = clock.GetUtcNow();
        while (!_stopping.IsCancellationRequested)
        {
            due += Gap(random);
            var wait = due - clock.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                try
                {
                    await Task.Delay(wait, clock, _stopping.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }

            Arrive(random.Next(100) < Buyers ? "/buy" : "/browse");
        }
    }

    /// <summary>Time to the next customer: exponential, as arrivals that do not know of each other are.</summary>
    private TimeSpan Gap(Random random) => TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / perSecond);

    private void Arrive(string path)
    {
        Interlocked.Increment(ref _offered);
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            Interlocked.Increment(ref _shed);
            return;
        }

        _ = AskAsync(path);
    }

    private async Task AskAsync(string path)
    {
        try
        {
            using var answer = await _http.GetAsync(path);
            Interlocked.Increment(ref (int)answer.StatusCode < 500 ? ref _answered : ref _failed);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            Interlocked.Increment(ref _failed);
        }
        finally
        {
            if (Interlocked.Decrement(ref _waiting) == 0 && _stopping.IsCancellationRequested) _drained.TrySetResult();
        }
    }
}
