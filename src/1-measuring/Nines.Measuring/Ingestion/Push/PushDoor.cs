using Nines.Kernel;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Push;

/// <summary>What became of a push.</summary>
/// <param name="Accepted">Entries that were counted now.</param>
/// <param name="Repeated">Entries whose key was counted before; they changed nothing.</param>
internal sealed record PushAnswer(int Accepted, int Repeated);

/// <summary>Counts pushed events as <c>pushed_events_total{name,outcome="good"|"bad"}</c>, each idempotency key once.</summary>
internal sealed class PushDoor(CountedIntake intake, TimeProvider clock) : IDisposable
{
    /// <summary>How long a key is remembered: a sender's retries end well before.</summary>
    public const long KeyMs = 24 * 3_600_000;

    /// <summary>Most keys that are remembered at once.</summary>
    public const int MaxKeys = 100_000;

    private const string Prefix = "push/";

    private readonly SemaphoreSlim _one = new(1, 1);
    private long _prunedMs;

    /// <summary>Takes a request's events; when it answers, they are durable.</summary>
    /// <param name="events">As read.</param>
    /// <param name="requestKey">The Idempotency-Key of the whole request; entries without a key of their own take it, with their place.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Outcome<PushAnswer>> AcceptAsync(IReadOnlyList<PushedEvents> events, string? requestKey, CancellationToken stop)
    {
        var record = new CountedRecord(SignalSource.Push);
        // One push at a time, so that two equal ones can not both find their key new.
        await _one.WaitAsync(stop);
        try
        {
            var keys = Prune();
            var fresh = new HashSet<string>(StringComparer.Ordinal);
            var accepted = 0;
            for (var i = 0; i < events.Count; i++)
            {
                var key = events[i].Key ?? (requestKey is null ? null : $"{requestKey}#{i}");
                if (key is not null && (intake.Mark(Prefix + key) is not null || !fresh.Add(key))) continue;
                if (key is not null) record.Mark(Prefix + key, BitConverter.GetBytes(clock.UnixMs()));
                Add(record, events[i]);
                accepted++;
            }

            if (keys + fresh.Count > MaxKeys)
                return new Problem(ProblemKind.Unavailable, $"More than {MaxKeys} idempotency keys came within a day.", "Use one key for a batch of events, not one for each.");
            await intake.AcceptAsync(record, stop);
            return new PushAnswer(accepted, events.Count - accepted);
        }
        finally
        {
            _one.Release();
        }

        int Prune()
        {
            var now = clock.UnixMs();
            var all = intake.MarksOf(Prefix);
            if (now - _prunedMs < 60_000) return all.Count;
            _prunedMs = now;
            var old = all.Where(mark => now - BitConverter.ToInt64(mark.Value) > KeyMs).ToArray();
            foreach (var mark in old) record.Mark(mark.Key, Array.Empty<byte>());
            return all.Count - old.Length;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    private static void Add(CountedRecord record, PushedEvents events)
    {
        record.Add(LabelsOf(events, "good"), SampleKind.Delta, events.UnixMs, events.Good);
        record.Add(LabelsOf(events, "bad"), SampleKind.Delta, events.UnixMs, events.Total - events.Good);
    }

    private static Labels LabelsOf(PushedEvents events, string outcome)
    {
        var labels = new Label[events.Labels.Count + 3];
        labels[0] = new(Labels.MetricName, "pushed_events_total");
        labels[1] = new("name", events.Name);
        labels[2] = new("outcome", outcome);
        for (var i = 0; i < events.Labels.Count; i++) labels[i + 3] = new(events.Labels[i].Key, events.Labels[i].Value);
        return Labels.TryCreate(labels, out var made) ? made : throw new InvalidOperationException("the reader lets no label stand twice");
    }
}
