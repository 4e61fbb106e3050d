using System.Text;

namespace Nines.Measuring.Signals;

/// <summary>
/// The hub's lasting state as bytes: what must survive a restart so that the next sample is compared with the right last value.
/// Targets and groups in one state, series in chunks: what a series is (rewritten when a chunk gains or loses one) and how it stands.
/// </summary>
internal static class HubImage
{
    public const string TargetsState = "signals.targets";
    public const string SeriesPrefix = "signals.series.";
    public const string ValuesPrefix = "signals.values.";

    /// <summary>Series in one chunk.</summary>
    public const int ChunkSize = 4096;
    private const byte Version = 1;

    public static byte[] WriteTargets(TargetTable targets, FamilyTable families)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes, Encoding.UTF8);
        to.Write(Version);
        to.Write7BitEncodedInt(targets.TargetCount);
        for (var t = 0; t < targets.TargetCount; t++)
        {
            var (source, job, instance) = targets.NameOf(t);
            var state = targets.Target(t);
            to.Write(source);
            to.Write(job);
            to.Write(instance);
            to.Write(state.LastReadMs);
            to.Write(state.PreviousReadMs);
            to.Write(state.ProcessStartMs);
        }
        to.Write7BitEncodedInt(families.Count);
        for (var f = 0; f < families.Count; f++)
        {
            to.Write(families[f].Name);
            to.Write(families[f].Signature);
        }
        to.Write7BitEncodedInt(targets.GroupCount);
        for (var g = 0; g < targets.GroupCount; g++)
        {
            var group = targets.Group(g);
            to.Write7BitEncodedInt(group.Target + 1);
            to.Write7BitEncodedInt(group.Family);
            to.Write(group.WatchedSinceMs);
            to.Write(group.ContinuedAtMs);
            to.Write(group.VanishedAtMs);
        }
        to.Flush();
        return bytes.ToArray();
    }

    public static void ReadTargets(byte[] data, TargetTable targets, FamilyTable families)
    {
        using var from = Open(data);
        for (var left = from.Read7BitEncodedInt(); left > 0; left--)
        {
            ref var target = ref targets.Target(targets.TargetOf(from.ReadString(), from.ReadString(), from.ReadString()));
            target.LastReadMs = from.ReadInt64();
            target.PreviousReadMs = from.ReadInt64();
            target.ProcessStartMs = from.ReadInt64();
        }
        for (var left = from.Read7BitEncodedInt(); left > 0; left--)
            families[families.IdOf(from.ReadString())].Signature = from.ReadUInt64();
        for (var left = from.Read7BitEncodedInt(); left > 0; left--)
        {
            ref var group = ref targets.Group(targets.GroupOf(from.Read7BitEncodedInt() - 1, from.Read7BitEncodedInt()));
            group.WatchedSinceMs = from.ReadInt64();
            group.ContinuedAtMs = from.ReadInt64();
            group.VanishedAtMs = from.ReadInt64();
        }
    }

    public static byte[] WriteSeries(SeriesTable series, int chunk)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes, Encoding.UTF8);
        var texts = new Dictionary<string, int>(StringComparer.Ordinal);
        to.Write(Version);
        foreach (var id in IdsOf(series, chunk))
        {
            var labels = series.LabelsOf(id)!;
            to.Write7BitEncodedInt(id % ChunkSize + 1);
            to.Write((byte)series[id].Kind);
            to.Write7BitEncodedInt(series[id].Group);
            to.Write7BitEncodedInt(labels.Count);
            foreach (var pair in labels.Pairs)
            {
                WriteText(to, texts, pair.Name);
                WriteText(to, texts, pair.Value);
            }
        }
        to.Write7BitEncodedInt(0);
        to.Flush();
        return bytes.ToArray();
    }

    public static void ReadSeries(byte[] data, int chunk, SeriesTable series)
    {
        using var from = Open(data);
        var texts = new List<string>();
        for (var slot = from.Read7BitEncodedInt(); slot > 0; slot = from.Read7BitEncodedInt())
        {
            var kind = (SampleKind)from.ReadByte();
            var group = from.Read7BitEncodedInt();
            var pairs = new Label[from.Read7BitEncodedInt()];
            for (var i = 0; i < pairs.Length; i++) pairs[i] = new(ReadText(from, texts), ReadText(from, texts));
            if (Labels.TryCreate(pairs, out var labels)) series.Restore(chunk * ChunkSize + slot - 1, labels, kind, group);
        }
    }

    public static byte[] WriteValues(SeriesTable series, int chunk)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes, Encoding.UTF8);
        to.Write(Version);
        foreach (var id in IdsOf(series, chunk))
        {
            ref var state = ref series[id];
            if ((state.Marks & SeriesMarks.HasValue) == SeriesMarks.None) continue;
            to.Write7BitEncodedInt(id % ChunkSize + 1);
            to.Write(state.Last);
            to.Write(state.LastMs);
            to.Write(state.IntervalMs);
            to.Write((state.Marks & SeriesMarks.Stale) != SeriesMarks.None);
        }
        to.Write7BitEncodedInt(0);
        to.Flush();
        return bytes.ToArray();
    }

    public static void ReadValues(byte[] data, int chunk, SeriesTable series)
    {
        using var from = Open(data);
        for (var slot = from.Read7BitEncodedInt(); slot > 0; slot = from.Read7BitEncodedInt())
        {
            var (last, at, interval, stale) = (from.ReadDouble(), from.ReadInt64(), from.ReadUInt32(), from.ReadBoolean());
            var id = chunk * ChunkSize + slot - 1;
            if (id >= series.Count || series.LabelsOf(id) is null) continue;
            ref var state = ref series[id];
            (state.Last, state.LastMs, state.IntervalMs) = (last, at, interval);
            state.Marks |= SeriesMarks.HasValue | (stale ? SeriesMarks.Stale : SeriesMarks.None);
        }
    }

    private static IEnumerable<int> IdsOf(SeriesTable series, int chunk)
    {
        var end = Math.Min(series.Count, (chunk + 1) * ChunkSize);
        for (var id = chunk * ChunkSize; id < end; id++)
            if (series.LabelsOf(id) is not null)
                yield return id;
    }

    private static BinaryReader Open(byte[] data)
    {
        var from = new BinaryReader(new MemoryStream(data, writable: false), Encoding.UTF8);
        if (from.ReadByte() is var version && version != Version)
            throw new InvalidDataException($"The kept state of signals has version {version}; this program reads version {Version}.");
        return from;
    }

    private static void WriteText(BinaryWriter to, Dictionary<string, int> texts, string text)
    {
        if (texts.TryGetValue(text, out var at))
        {
            to.Write7BitEncodedInt(at + 1);
            return;
        }
        texts[text] = texts.Count;
        to.Write7BitEncodedInt(0);
        to.Write(text);
    }

    private static string ReadText(BinaryReader from, List<string> texts)
    {
        var at = from.Read7BitEncodedInt();
        if (at > 0) return texts[at - 1];
        texts.Add(from.ReadString());
        return texts[^1];
    }
}
