using NodaTime;

namespace Nines.Catalog.Access;

/// <summary>
/// Slows guessing down: by account and address together, by address, and (far later) by account alone, so that a
/// stranger cannot lock somebody out. Kept in bounded memory: the coldest entry goes first.
/// </summary>
/// <param name="capacity">How many entries are remembered.</param>
public sealed class SignInThrottle(int capacity = 20_000)
{
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

    /// <summary>How long to wait before the next try; zero for now.</summary>
    public Duration Wait(string account, string address, Instant now)
    {
        lock (_gate)
        {
            var longest = Duration.Zero;
            foreach (var (key, rule) in Keys(account, address))
                if (_entries.TryGetValue(key, out var node) && rule.Wait(node.Value, now) is var wait && wait > longest) longest = wait;
            return longest;
        }
    }

    /// <summary>A try failed.</summary>
    public void Failed(string account, string address, Instant now)
    {
        lock (_gate)
        {
            foreach (var (key, _) in Keys(account, address))
            {
                var before = _entries.GetValueOrDefault(key)?.Value;
                var failures = before is null || now - before.Last > Memory ? 1 : before.Failures + 1;
                Put(new(key, failures, now));
            }
        }
    }

    /// <summary>A try was right: this account at this address begins anew.</summary>
    public void Passed(string account, string address)
    {
        lock (_gate)
        {
            if (_entries.Remove($"b {account} {address}", out var node)) _byUse.Remove(node);
        }
    }

    private static IEnumerable<(string Key, Rule Rule)> Keys(string account, string address)
    {
        yield return ($"b {account} {address}", new(5, Duration.FromMinutes(15)));
        yield return ($"a {address}", new(30, Duration.FromMinutes(15)));
        yield return ($"n {account}", new(100, Duration.FromSeconds(30)));
    }

    private void Put(Entry entry)
    {
        if (_entries.Remove(entry.Key, out var old)) _byUse.Remove(old);
        _entries[entry.Key] = _byUse.AddLast(entry);
        if (_entries.Count <= capacity) return;
        _entries.Remove(_byUse.First!.Value.Key);
        _byUse.RemoveFirst();
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
