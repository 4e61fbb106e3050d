using System.Collections.Concurrent;

namespace Nines.Alerting.Integrations;

/// <summary>How often an open alert was sent (Opsgenie's <c>count</c>); in memory, and from one again after a restart.</summary>
public sealed class AliasCounts
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>One more; the first of an opening starts anew.</summary>
    public void Sent(string alert, bool opened)
    {
        if (_counts.Count >= Most) _counts.Clear();
        _counts.AddOrUpdate(alert, 1, (_, count) => opened ? 1 : count + 1);
    }

    /// <summary>How often.</summary>
    public long Of(string alert) => _counts.GetValueOrDefault(alert, 1);
}
