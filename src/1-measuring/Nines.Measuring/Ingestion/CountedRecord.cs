using System.Text;
using Nines.Measuring.Ingestion.Otlp;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion;

/// <summary>
/// Samples that Nines counted or measured itself (lines of a log, pushed events, probes, reads of a Prometheus), together with the
/// marks that say how far it has come. Both are one body of the signal log, so that after a crash nothing is counted twice or left out.
/// </summary>
public sealed class CountedRecord(SignalSource source)
{
    private readonly List<CountedSample> _samples = [];
    private readonly List<KeyValuePair<string, byte[]>> _marks = [];

    /// <summary>Who counted.</summary>
    public SignalSource Source { get; } = source;

    /// <summary>The samples, in the order they were added.</summary>
    public IReadOnlyList<CountedSample> Samples => _samples;

    /// <summary>Marks to set; an empty value removes one.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Marks => _marks;

    /// <summary>The samples are the whole read of their target, so births are decided at once.</summary>
    public bool IsCompleteRead { get; init; }

    /// <summary>Adds a sample.</summary>
    public void Add(Labels labels, SampleKind kind, long unixMs, double value, long startMs = 0) => _samples.Add(new(labels, kind, unixMs, value, startMs));

    /// <summary>Sets a mark together with the samples.</summary>
    public void Mark(string name, byte[] value) => _marks.Add(new(name, value));

    /// <summary>Sets a mark of text together with the samples.</summary>
    public void Mark(string name, string value) => Mark(name, Encoding.UTF8.GetBytes(value));

    /// <summary>The record as bytes: fields 1 source, 2 series (1 name, 2 value alternating, 3 kind), 3 sample (1 series, 2 time, 3 value, 4 start), 4 mark, 5 complete read.</summary>
    public byte[] Encode()
    {
        var writer = new ProtoWriter();
        writer.Text(1, Source.Text);
        if (IsCompleteRead) writer.Varint(5, 1);
        var series = new Dictionary<(Labels, SampleKind), int>();
        foreach (var sample in _samples)
        {
            if (!series.TryGetValue((sample.Labels, sample.Kind), out var number))
            {
                number = series[(sample.Labels, sample.Kind)] = series.Count;
                EncodeSeries(writer, sample);
            }

            var begun = writer.Begin(3);
            writer.Varint(1, (ulong)number);
            writer.Fixed64(2, (ulong)sample.UnixMs);
            writer.Double(3, sample.Value);
            if (sample.StartMs != 0) writer.Fixed64(4, (ulong)sample.StartMs);
            writer.End(begun);
        }

        foreach (var (name, value) in _marks)
        {
            var begun = writer.Begin(4);
            writer.Text(1, name);
            writer.Bytes(2, value);
            writer.End(begun);
        }

        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; null where the bytes are something else.</summary>
    public static CountedRecord? Decode(ReadOnlySpan<byte> body)
    {
        var source = "";
        var complete = false;
        var series = new List<(Labels Labels, SampleKind Kind)>();
        var head = new ProtoReader(body);
        while (head.Next())
        {
            if (head is { Field: 1, Wire: 2 }) source = Encoding.UTF8.GetString(head.Bytes());
            else if (head is { Field: 5, Wire: 0 }) complete = head.Varint() != 0;
            else if (head is not { Field: 2, Wire: 2 }) head.Skip();
            else if (DecodeSeries(head.Bytes()) is { } one) series.Add(one);
            else return null;
        }

        var record = new CountedRecord(new SignalSource(source)) { IsCompleteRead = complete };
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            if (reader is { Field: 3, Wire: 2 })
            {
                if (!record.DecodeSample(reader.Bytes(), series)) return null;
            }
            else if (reader is { Field: 4, Wire: 2 })
            {
                record.DecodeMark(reader.Bytes());
            }
            else
            {
                reader.Skip();
            }
        }

        return head.Malformed || reader.Malformed ? null : record;
    }

    private static void EncodeSeries(ProtoWriter writer, in CountedSample sample)
    {
        var begun = writer.Begin(2);
        foreach (var pair in sample.Labels.Pairs)
        {
            writer.Text(1, pair.Name);
            writer.Text(2, pair.Value);
        }

        writer.Varint(3, (ulong)sample.Kind);
        writer.End(begun);
    }

    private static (Labels, SampleKind)? DecodeSeries(ReadOnlySpan<byte> message)
    {
        var labels = new List<Label>();
        var kind = SampleKind.Counter;
        var name = "";
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is { Field: 1, Wire: 2 }) name = Encoding.UTF8.GetString(reader.Bytes());
            else if (reader is { Field: 2, Wire: 2 }) labels.Add(new(name, Encoding.UTF8.GetString(reader.Bytes())));
            else if (reader is { Field: 3, Wire: 0 }) kind = (SampleKind)reader.Varint();
            else reader.Skip();
        }

        return !reader.Malformed && Labels.TryCreate(labels.ToArray(), out var made) ? (made, kind) : null;
    }

    private bool DecodeSample(ReadOnlySpan<byte> message, List<(Labels Labels, SampleKind Kind)> series)
    {
        ulong number = 0;
        long unixMs = 0, startMs = 0;
        double value = 0;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is { Field: 1, Wire: 0 }) number = reader.Varint();
            else if (reader is { Field: 2, Wire: 1 }) unixMs = (long)reader.Fixed64();
            else if (reader is { Field: 3, Wire: 1 }) value = reader.Double();
            else if (reader is { Field: 4, Wire: 1 }) startMs = (long)reader.Fixed64();
            else reader.Skip();
        }

        if (reader.Malformed || number >= (ulong)series.Count) return false;
        Add(series[(int)number].Labels, series[(int)number].Kind, unixMs, value, startMs);
        return true;
    }

    private void DecodeMark(ReadOnlySpan<byte> message)
    {
        var name = "";
        byte[] value = [];
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is { Field: 1, Wire: 2 }) name = Encoding.UTF8.GetString(reader.Bytes());
            else if (reader is { Field: 2, Wire: 2 }) value = reader.Bytes().ToArray();
            else reader.Skip();
        }

        Mark(name, value);
    }
}

/// <summary>One sample of a <see cref="CountedRecord"/>.</summary>
/// <param name="StartMs">Where a counter began; 0 where it is not known.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct CountedSample(Labels Labels, SampleKind Kind, long UnixMs, double Value, long StartMs);
