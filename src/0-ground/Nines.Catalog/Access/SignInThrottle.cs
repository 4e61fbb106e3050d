using NodaTime;

namespace Nines.Catalog.Access;

/// <summary>
/// Slows guessing down: by account and address together, by address, and (far later) by account alone, so that a
/// stranger cannot lock somebody out. Kept in bounded memory: the coldest entry goes first.
/// </summary>
/// <param name="capacity">How many entries are remembered.</param>
public sealed class SignInThrottle(int capacity = 20_000)
{
    // Mistyped five times: nobody who knows the password does that often.
    private const int FreeTogether = 5;

    private static readonly Duration Memory = Duration.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();

    /// <summary>How many entries are remembered now.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    /// <summary>
    /// Begins a try: zero, and it counts as failed until <see cref="Passed"/> says otherwise (so that many at once are
    /// many); or how long to wait first.
    /// </summary>
    public Duration Begin(string account, string address, Instant now)
    {
        lock (_gate)
        {
            var keys = Keys(account, address).ToArray();
            var longest = keys.Max(k => _entries.TryGetValue(k.Key, out var node) ? k.Rule.Wait(node.Value, now) : Duration.Zero);
            if (longest > Duration.Zero) return longest;
            foreach (var (key, _) in keys)
            {
                var before = _entries.GetValueOrDefault(key)?.Value;
                Put(new(key, before is null || now - before.Last > Memory ? 1 : before.Failures + 1, now));
            }

            return Duration.Zero;
        }
    }

    /// <summary>A try was right: this account at this address begins anew, and the others lose this one.</summary>
    public void Passed(string account, string address)
    {
        lock (_gate)
        {
            foreach (var (key, rule) in Keys(account, address))
            {
                if (!_entries.TryGetValue(key, out var node)) continue;
                if (rule.Free > FreeTogether) node.Value = node.Value with { Failures = node.Value.Failures - 1 };
                else Forget(key);
            }
        }
    }

    private static IEnumerable<(string Key, Rule Rule)> Keys(string account, string address)
    {
        yield return ($"b {account} {address}", new(FreeTogether, Duration.FromMinutes(15)));
        yield return ($"a {address}", new(30, Duration.FromMinutes(15)));
        yield return ($"n {account}", new(100, Duration.FromSeconds(30)));
    }

    private void Put(Entry entry)
    {
        Forget(entry.Key);
        _entries[entry.Key] = _byUse.AddLast(entry);
        if (_entries.Count > capacity) Forget(_byUse.First!.Value.Key);
    }

    private void Forget(string key)
    {
        if (_entries.Remove(key, out var node)) _byUse.Remove(node);
    }

    private sealed record Entry(string Key, int Failures, Instant Last);

    /// <summary>So many failures are free; each further one doubles the wait, from a second on.</summary>
    private readonly record struct Rule(int Free, Duration Longest)
    {
        public Duration Wait(Entry entry, Instant now)
        {
            if (entry.Failures < Free || now - entry.Last > Memory) return Duration.Zero;
            var wait = Duration.FromSeconds(1L << Math.Min(entry.Failures - Free, 20));
            return Duration.Max(Duration.Zero, entry.Last + Duration.Min(wait, Longest) - now);
        }
    }
}
