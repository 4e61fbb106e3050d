using System.Text;
using Nines.Kernel;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion;

/// <summary>Takes <see cref="CountedRecord"/>s in: samples and marks become durable and visible together.</summary>
public sealed class CountedIntake(SignalHub hub, SignalIntake intake, TimeProvider clock) : ISignalReplay, ICheckpointPart
{
    private const string StateName = "ingestion/marks";

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Source, Labels Labels), int> _known = [];
    private readonly Dictionary<string, byte[]> _marks = [];
    private int _generation;
    private bool _changed;

    /// <inheritdoc />
    public int Kind => LogKinds.Counted;

    /// <summary>A mark's value, or null.</summary>
    public byte[]? Mark(string name)
    {
        lock (_gate) return _marks.GetValueOrDefault(name);
    }

    /// <summary>A mark's value as text, or null.</summary>
    public string? TextMark(string name) => Mark(name) is { } value ? Encoding.UTF8.GetString(value) : null;

    /// <summary>Names and values of the marks that begin with a prefix.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> MarksOf(string prefix)
    {
        lock (_gate) return [.. _marks.Where(mark => mark.Key.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>Makes a record durable, books its samples and sets its marks.</summary>
    /// <exception cref="StorageException">The log refused; nothing was booked, no mark was set.</exception>
    public async ValueTask AcceptAsync(CountedRecord record, CancellationToken stop)
    {
        if (record.Samples.Count == 0 && record.Marks.Count == 0) return;
        using var batch = Batch(record, clock.UnixMs());
        Action? booked = record.Marks.Count == 0 ? null : () => Set(record.Marks);
        var body = batch.Count > 0 || booked is not null ? record.Encode() : [];
        await intake.AcceptAsync(Kind, body, batch, booked, stop);
    }

    /// <inheritdoc />
    public void Replay(in SignalRecord record)
    {
        if (CountedRecord.Decode(record.Body.Span) is not { } counted) return;
        using var batch = Batch(counted, record.AtUnixMs);
        hub.Apply(batch);
        Set(counted.Marks);
    }

    /// <inheritdoc />
    public async ValueTask RestoreAsync(ISignalStore store, CancellationToken stop)
    {
        if (await store.ReadStateAsync(StateName, stop) is not { } kept) return;
        // A record without samples is also the form in which marks are kept.
        if (CountedRecord.Decode(kept) is { } record) Set(record.Marks);
    }

    /// <inheritdoc />
    public void Save(CheckpointDraft draft)
    {
        lock (_gate)
        {
            if (!_changed) return;
            var record = new CountedRecord(new SignalSource("marks"));
            foreach (var (name, value) in _marks) record.Mark(name, value);
            draft.States.Add(new(StateName, record.Encode()));
        }
    }

    /// <inheritdoc />
    public void Saved()
    {
    }

    private void Set(IReadOnlyList<KeyValuePair<string, byte[]>> news)
    {
        lock (_gate)
        {
            foreach (var (name, value) in news)
            {
                if (value.Length == 0) _marks.Remove(name);
                else _marks[name] = value;
                _changed = true;
            }
        }
    }

    private SampleBatch Batch(CountedRecord record, long nowMs)
    {
        var batch = SampleBatch.Rent(record.Source, nowMs);
        batch.IsCompleteRead = record.IsCompleteRead;
        lock (_gate)
        {
            if (_generation != hub.Generation)
            {
                _known.Clear();
                _generation = hub.Generation;
            }

            foreach (var sample in record.Samples)
            {
                if (!_known.TryGetValue((record.Source.Text, sample.Labels), out var series))
                    series = _known[(record.Source.Text, sample.Labels)] = hub.Resolve(sample.Labels, sample.Kind, record.Source);
                batch.Add(series, sample.UnixMs, sample.Value, sample.StartMs);
            }
        }

        return batch;
    }
}
