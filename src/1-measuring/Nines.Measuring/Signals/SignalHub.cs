using System.Runtime.CompilerServices;
using Nines.Measuring.Objectives;

namespace Nines.Measuring.Signals;

/// <summary>
/// Where all doors deliver and all indicators are fed. A series is matched to indicators once (<see cref="Resolve"/>), later samples
/// cost an index, a comparison and an add (<see cref="Apply"/>). Counter rules are semantics.md 2.
/// </summary>
/// <remarks>Doors may decode concurrently; each call here takes one short lock. Time comes with the batches, so equal input gives equal results.</remarks>
public sealed class SignalHub
{
    /// <summary>What <see cref="Resolve"/> answers for a series beyond the limits. A door remembers it like any other id.</summary>
    public const int Refused = int.MinValue;

    internal const string ProcessStart = "process_start_time_seconds";

    private readonly Lock gate = new();
    private readonly SignalLimits limits;
    private readonly SeriesTable series = new();
    private readonly TargetTable targets = new();
    private readonly FamilyTable families = new();
    private readonly SourceTable sources = new();
    private readonly Dictionary<string, int> replicaIds = new(StringComparer.Ordinal);
    private readonly BatchBooking booking;
    private IReadOnlyList<StreamBinding> bindings = [];
    private IReadOnlyList<StreamBinding> engineBindings = [];
    private IReadOnlyList<StreamBinding> tapBindings = [];
    private IIndicatorSink? engineSink;
    private IIndicatorSink? tapSink;
    private int generation = 1;

    public SignalHub(SignalLimits? limits = null)
    {
        this.limits = limits ?? new SignalLimits();
        booking = new BatchBooking(this.limits, series, targets, families, sources);
    }

    /// <summary>Grows whenever the bindings change. A door that remembers ids forgets them then and resolves again.</summary>
    public int Generation => Volatile.Read(ref generation);

    /// <summary>Since when the hub has been listening without a break; 0 means unknown. A target that is new since then and says when its process started counts from that start.</summary>
    public long ListeningSinceMs
    {
        get { lock (gate) return booking.ListeningSinceMs; }
        set { lock (gate) booking.ListeningSinceMs = value; }
    }

    /// <summary>Replaces what is asked for. Every series matches anew, once; counters that stay matched keep their last value.</summary>
    public void SetBindings(IReadOnlyList<StreamBinding> asked, IIndicatorSink sink)
    {
        lock (gate)
        {
            (engineBindings, engineSink) = (asked, sink);
            Bind();
        }
    }

    /// <summary>Replaces what a higher floor listens to beside the engine; its indicators are numbered from 0 in a space of their own.</summary>
    public void SetTaps(IReadOnlyList<StreamBinding> asked, IIndicatorSink sink)
    {
        lock (gate)
        {
            (tapBindings, tapSink) = (asked, sink);
            Bind();
        }
    }

    private void Bind()
    {
        // Dense behind the engine's: sums of a batch are kept by indicator.
        var firstTap = engineBindings.Count == 0 ? 0 : engineBindings.Max(b => b.Indicator) + 1;
        bindings = tapBindings.Count == 0 ? engineBindings : [.. engineBindings, .. tapBindings.Select(b => b with { Indicator = b.Indicator + firstTap })];
        booking.Sink = tapBindings.Count == 0 ? engineSink : new SplitSink(firstTap, engineSink, tapSink!);
        booking.ForgetWaiting();
        series.Reclaim();
        series.Unbind();
        for (var f = 0; f < families.Count; f++) families[f].NextGeneration();
        for (var f = 0; f < families.Count; f++) LookUpBindings(f);
        for (var id = 0; id < series.Count; id++) Rebind(id);
        CountSeriesOfSources();
        Volatile.Write(ref generation, generation + 1);
    }

    /// <summary>
    /// First sight of a series: its id for <see cref="SampleBatch.Add(int, long, double)"/>. Below zero it matches nothing (or is
    /// <see cref="Refused"/>) and its samples are only counted.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Resolve(Labels labels, SampleKind kind, SignalSource source)
    {
        lock (gate)
        {
            if (Refusal(labels) is var reason && reason != RefusalReason.None) return Refuse(source, reason);
            var family = families.IdOf(labels.Name);
            var known = families[family];
            known.Observe(labels, source.Text);
            var candidates = known.Bindings ?? LookUpBindings(family);
            var isStart = labels.Name == ProcessStart && bindings.Count > 0;
            if (candidates.Length == 0 && !isStart) return ~targets.GroupOf(TargetTable.None, family);
            var replica = StripReplica(ref labels);
            var group = targets.GroupOf(targets.TargetOf(source.Text, labels["job"], labels["instance"]), family);
            if (!series.TryGet(labels, out var id))
            {
                var streams = StreamsOf(candidates, labels);
                if (streams.Length == 0 && !isStart) return ~group;
                var figures = sources[source];
                if (figures.Series >= limits.SeriesPerSource) return Refuse(source, RefusalReason.TooManySeries);
                figures.Series++;
                id = series.Add(labels, kind, group);
                BindTo(id, known, streams, isStart);
            }
            return replica == 0 ? id : series.ReplicaOf(id, replica);
        }
    }

    /// <summary>Books a batch. Late, doubled and impossible samples are refused and counted, never thrown.</summary>
    public void Apply(SampleBatch batch)
    {
        lock (gate) booking.Apply(batch, generation);
    }

    /// <summary>Counts refusals that a door made before it had labels (invalid UTF-8, for one).</summary>
    public void CountRefused(SignalSource source, RefusalReason reason, long times = 1)
    {
        lock (gate) sources[source].Refuse(reason, times);
    }

    /// <summary>The metric names that came, sorted, for the explorer.</summary>
    /// <param name="contains">Part of the name, without regard to case; null for all.</param>
    public IReadOnlyList<SignalFamily> Families(string? contains = null, int limit = int.MaxValue)
    {
        lock (gate)
        {
            var found = new List<FamilyTable.Family>();
            for (var f = 0; f < families.Count; f++)
                if (contains is null || families[f].Name.Contains(contains, StringComparison.OrdinalIgnoreCase))
                    found.Add(families[f]);
            return [.. found.OrderBy(f => f.Name, StringComparer.Ordinal).Take(limit).Select(f => f.Snapshot())];
        }
    }

    /// <summary>What each sender sent and what of it was refused.</summary>
    public IReadOnlyList<SourceFigures> Sources()
    {
        lock (gate) return sources.Snapshot();
    }

    public SignalFigures Figures()
    {
        lock (gate) return booking.Figures with { MatchedSeries = series.Live, Families = families.Count };
    }

    /// <summary>The matched series with their last value and its time, for the explorer and the checkpoint.</summary>
    public IReadOnlyList<SeriesFigure> MatchedSeries(string? name = null, int limit = int.MaxValue)
    {
        lock (gate)
        {
            var found = new List<SeriesFigure>();
            for (var id = 0; id < series.Count && found.Count < limit; id++)
                if (series.LabelsOf(id) is { } labels && series[id].StreamCount > 0 && (name is null || labels.Name == name))
                    found.Add(new(labels, series[id].Last, series[id].LastMs));
            return found;
        }
    }

    /// <summary>Forgets matched series without a sample since <paramref name="beforeUnixMs"/>, such as those of pods long gone. Call it hourly.</summary>
    /// <returns>How many were forgotten.</returns>
    public int Sweep(long beforeUnixMs)
    {
        lock (gate)
        {
            var gone = 0;
            for (var id = 0; id < series.Count; id++)
            {
                if (series.LabelsOf(id) is null || series[id].LastMs >= beforeUnixMs) continue;
                series.Remove(id);
                gone++;
            }
            if (gone == 0) return 0;
            CountSeriesOfSources();
            Volatile.Write(ref generation, generation + 1);
            return gone;
        }
    }

    private int Refuse(SignalSource source, RefusalReason reason)
    {
        sources[source].Refuse(reason);
        return Refused;
    }

    private RefusalReason Refusal(Labels labels)
    {
        if (labels.Count > limits.LabelsPerSeries) return RefusalReason.TooManyLabels;
        foreach (var pair in labels.Pairs)
            if (pair.Name.Length > limits.LabelNameLength || pair.Value.Length > limits.LabelValueLength)
                return RefusalReason.LabelTooLong;
        return labels.Name.Length == 0 ? RefusalReason.NoName : RefusalReason.None;
    }

    /// <summary>Finds the bindings of a name. Where they are others than in the last generation, its groups start to be watched anew.</summary>
    private StreamBinding[] LookUpBindings(int family)
    {
        var known = families[family];
        known.Bindings = [.. bindings.Where(b => b.Selector.CouldMatch(known.Name))];
        var signature = Signature(known.Bindings);
        if (known.Signature == signature) return known.Bindings;
        known.Signature = signature;
        for (var g = 0; g < targets.GroupCount; g++)
            if (targets.Group(g).Family == family)
                targets.Group(g).WatchedSinceMs = long.MaxValue;
        return known.Bindings;
    }

    private static ulong Signature(StreamBinding[] asked)
    {
        var hash = 0UL;
        foreach (var text in asked.Select(b => b.Selector.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            hash = (hash * 31) + Labels.Of(text).Hash;
        return hash;
    }

    private static BoundStream[] StreamsOf(StreamBinding[] candidates, Labels labels)
    {
        var count = 0;
        Span<int> hits = candidates.Length <= 64 ? stackalloc int[64] : new int[candidates.Length];
        for (var i = 0; i < candidates.Length; i++)
            if (candidates[i].Selector.Matches(labels))
                hits[count++] = i;
        if (count == 0) return [];
        var streams = new BoundStream[count];
        for (var i = 0; i < count; i++)
        {
            var hit = candidates[hits[i]];
            streams[i] = new(hit.Indicator, hit.Role, hit.Measure);
        }
        return streams;
    }

    private void Rebind(int id)
    {
        if (series.LabelsOf(id) is not { } labels) return;
        var family = families.IdOf(labels.Name);
        var streams = StreamsOf(families[family].Bindings ?? LookUpBindings(family), labels);
        var isStart = labels.Name == ProcessStart && bindings.Count > 0;
        if (streams.Length == 0 && !isStart) series.Remove(id);
        else BindTo(id, families[family], streams, isStart);
    }

    private void BindTo(int id, FamilyTable.Family family, BoundStream[] streams, bool isStart)
    {
        series.Bind(id, streams);
        if (isStart) series[id].Marks |= SeriesMarks.IsProcessStart;
        if (streams.Length == 0) return;
        family.Matched++;
        family.MatchedBy(streams);
    }

    /// <summary>Runs under the hub's lock, for the checkpoint.</summary>
    internal void Inside(Action<SeriesTable, TargetTable, FamilyTable> work)
    {
        lock (gate) work(series, targets, families);
    }

    /// <summary>Takes back a checkpoint. Comes after <see cref="SetBindings"/> and before any sample; series that nothing asks for any more are left out.</summary>
    internal void Restore(byte[] image, IReadOnlyDictionary<int, byte[]> definitions, IReadOnlyDictionary<int, byte[]> values)
    {
        lock (gate)
        {
            HubImage.ReadTargets(image, targets, families);
            foreach (var (chunk, data) in definitions) HubImage.ReadSeries(data, chunk, series);
            foreach (var (chunk, data) in values) HubImage.ReadValues(data, chunk, series);
            for (var f = 0; f < families.Count; f++) LookUpBindings(f);
            for (var id = 0; id < series.Count; id++) Rebind(id);
            CountSeriesOfSources();
        }
    }

    private void CountSeriesOfSources()
    {
        sources.ForgetSeries();
        for (var id = 0; id < series.Count; id++)
            if (series.LabelsOf(id) is not null && series[id].Group >= 0)
                sources[new SignalSource(targets.NameOf(targets.Group(series[id].Group).Target).Source)].Series++;
    }

    private int StripReplica(ref Labels labels)
    {
        var replica = "";
        foreach (var name in limits.ReplicaLabels)
        {
            var value = labels[name];
            if (value.Length == 0) continue;
            replica = $"{replica}{name}={value}\n";
            labels = labels.Without(name);
        }
        if (replica.Length == 0) return 0;
        if (!replicaIds.TryGetValue(replica, out var id)) replicaIds[replica] = id = replicaIds.Count + 1;
        return id;
    }
}
