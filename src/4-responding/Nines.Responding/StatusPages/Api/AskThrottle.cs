using System.Collections.Concurrent;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.StatusPages.Api;

/// <summary>
/// Slows down whoever asks for many subscriptions: each sends a message to an address that is not proven. Bounded memory of this
/// node; it need not survive a restart.
/// </summary>
internal sealed class AskThrottle(TimeProvider clock)
{
    private const int MostOfOne = 20;
    private const int MostOfAll = 2_000;
    private const int MostKnown = 10_000;
    private static readonly Duration Within = Duration.FromHours(1);

    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Instant _since = Instant.FromUnixTimeSeconds(0);
    private int _all;

    /// <summary>True where an address may ask once more.</summary>
    public bool Allows(string address)
    {
        lock (_gate)
        {
            var now = clock.Now();
            if (now >= _since + Within || now < _since || _asked.Count > MostKnown)
            {
                (_since, _all) = (now, 0);
                _asked.Clear();
            }

            return ++_all <= MostOfAll && _asked.AddOrUpdate(address, 1, (_, count) => count + 1) <= MostOfOne;
        }
    }
}
