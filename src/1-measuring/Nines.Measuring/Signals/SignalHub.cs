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

    private readonly Lock _gate = new();
    private readonly SignalLimits _limits;
    private readonly SeriesTable _series = new();
    private readonly TargetTable _targets = new();
    private readonly FamilyTable _families = new();
    private readonly SourceTable _sources = new();
    private readonly Dictionary<string, int> _replicaIds = new(StringComparer.Ordinal);
    private readonly BatchBooking _booking;
    private IReadOnlyList<StreamBinding> _bindings = [];
    private Dictionary<string, StreamBinding[]> _bindingsByName = [];
    private StreamBinding[] _bindingsOfAnyName = [];
    private IReadOnlyList<StreamBinding> _engineBindings = [];
    private readonly List<(IIndicatorSink Sink, IReadOnlyList<StreamBinding> Asked)> _taps = [];
    private IIndicatorSink? _engineSink;
    private int _generation = 1;

    public SignalHub(SignalLimits? limits = null)
    {
        _limits = limits ?? new SignalLimits();
        _booking = new BatchBooking(_limits, _series, _targets, _families, _sources);
    }

    /// <summary>Grows whenever the bindings change. A door that remembers ids forgets them then and resolves again.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Since when the hub has been listening without a break; 0 means unknown. A target that is new since then and says when its process started counts from that start.</summary>
    public long ListeningSinceMs
    {
        get { lock (_gate) return _booking.ListeningSinceMs; }
        set { lock (_gate) _booking.ListeningSinceMs = value; }
    }

    /// <summary>Replaces what is asked for. Every series matches anew, once; counters that stay matched keep their last value.</summary>
    public void SetBindings(IReadOnlyList<StreamBinding> asked, IIndicatorSink sink)
    {
        lock (_gate)
        {
            (_engineBindings, _engineSink) = (asked, sink);
            Bind();
        }
    }

    /// <summary>Replaces what a listener of a higher floor asks for beside the engine; its indicators are numbered from 0 in a space of their own.</summary>
    public void SetTaps(IReadOnlyList<StreamBinding> asked, IIndicatorSink sink)
    {
        lock (_gate)
        {
            var known = _taps.FindIndex(t => ReferenceEquals(t.Sink, sink));
            if (known >= 0) _taps[known] = (sink, asked);
            else _taps.Add((sink, asked));
            Bind();
        }
    }

    private void Bind()
    {
        (_bindings, _booking.Sink) = (_engineBindings, _engineSink);
        foreach (var (sink, asked) in _taps.Where(t => t.Asked.Count > 0))
        {
            // Dense behind those before: sums of a batch are kept by indicator.
            var first = _bindings.Count == 0 ? 0 : _bindings.Max(b => b.Indicator) + 1;
            _bindings = [.. _bindings, .. asked.Select(b => b with { Indicator = b.Indicator + first })];
            _booking.Sink = new SplitSink(first, _booking.Sink, sink);
        }

        _bindingsByName = _bindings.Where(b => b.Selector.Name is not null).GroupBy(b => b.Selector.Name!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _bindingsOfAnyName = [.. _bindings.Where(b => b.Selector.Name is null)];
        _booking.ForgetWaiting();
        _series.Reclaim();
        _series.Unbind();
        for (var f = 0; f < _families.Count; f++) _families[f].NextGeneration();
        for (var f = 0; f < _families.Count; f++) LookUpBindings(f);
        for (var id = 0; id < _series.Count; id++) Rebind(id);
        CountSeriesOfSources();
        Volatile.Write(ref _generation, _generation + 1);
    }

    /// <summary>
    /// First sight of a series: its id for <see cref="SampleBatch.Add(int, long, double)"/>. Below zero it matches nothing (or is
    /// <see cref="Refused"/>) and its samples are only counted.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Resolve(Labels labels, SampleKind kind, SignalSource source)
    {
        lock (_gate)
        {
            if (Refusal(labels) is var reason && reason != RefusalReason.None) return Refuse(source, reason);
            var family = _families.IdOf(labels.Name);
            var known = _families[family];
            known.Observe(labels, source.Text);
            var candidates = known.Bindings ?? LookUpBindings(family);
            var isStart = labels.Name == ProcessStart && _bindings.Count > 0;
            if (candidates.IsEmpty && !isStart) return known.Unasked = ~_targets.GroupOf(TargetTable.None, family);
            var replica = StripReplica(ref labels);
            var group = _targets.GroupOf(_targets.TargetOf(source.Text, labels["job"], labels["instance"]), family);
            if (!_series.TryGet(labels, out var id))
            {
                var streams = candidates.StreamsOf(labels);
                if (streams.Length == 0 && !isStart) return ~group;
                var figures = _sources[source];
                if (figures.Series >= _limits.SeriesPerSource) return Refuse(source, RefusalReason.TooManySeries);
                figures.Series++;
                id = _series.Add(labels, kind, group);
                BindTo(id, known, streams, isStart);
            }
            return replica == 0 ? id : _series.ReplicaOf(id, replica);
        }
    }

    /// <summary>What <see cref="Resolve"/> would answer for a series of a name that came before and that nothing asks for; false where its labels are needed.</summary>
    public bool TryPass<TSkimmed>(string name, scoped ref TSkimmed labels, SignalSource source, out int id) where TSkimmed : ISkimmedLabels, allows ref struct
    {
        id = 0;
        lock (_gate)
        {
            if (!_families.TryFind(name, out var family)) return false;
            var known = _families[family];
            if (known.Bindings is not { IsEmpty: true } || known.Unasked == 0 || name == ProcessStart) return false;
            if (labels.Count >= _limits.LabelsPerSeries || labels.Longest > Math.Min(_limits.LabelNameLength, _limits.LabelValueLength)) return false;
            id = known.Unasked;
            return known.TryObserve(ref labels, source.Text);
        }
    }

    /// <summary>Books a batch. Late, doubled and impossible samples are refused and counted, never thrown.</summary>
    public void Apply(SampleBatch batch)
    {
        lock (_gate) _booking.Apply(batch, _generation);
    }

    /// <summary>Counts refusals that a door made before it had labels (invalid UTF-8, for one).</summary>
    public void CountRefused(SignalSource source, RefusalReason reason, long times = 1)
    {
        lock (_gate) _sources[source].Refuse(reason, times);
    }

    /// <summary>The metric names that came, sorted, for the explorer.</summary>
    /// <param name="contains">Part of the name, without regard to case; null for all.</param>
    public IReadOnlyList<SignalFamily> Families(string? contains = null, int limit = int.MaxValue)
    {
        lock (_gate)
        {
            var found = new List<FamilyTable.Family>();
            for (var f = 0; f < _families.Count; f++)
                if (contains is null || _families[f].Name.Contains(contains, StringComparison.OrdinalIgnoreCase))
                    found.Add(_families[f]);
            return [.. found.OrderBy(f => f.Name, StringComparer.Ordinal).Take(limit).Select(f => f.Snapshot())];
        }
    }

    /// <summary>What each sender sent and what of it was refused.</summary>
    public IReadOnlyList<SourceFigures> Sources()
    {
        lock (_gate) return _sources.Snapshot();
    }

    public SignalFigures Figures()
    {
        lock (_gate) return _booking.Figures with { MatchedSeries = _series.Live, Families = _families.Count };
    }

    /// <summary>The matched series with their last value and its time, for the explorer and the checkpoint.</summary>
    public IReadOnlyList<SeriesFigure> MatchedSeries(string? name = null, int limit = int.MaxValue)
    {
        lock (_gate)
        {
            var found = new List<SeriesFigure>();
            for (var id = 0; id < _series.Count && found.Count < limit; id++)
                if (_series.LabelsOf(id) is { } labels && _series[id].StreamCount > 0 && (name is null || labels.Name == name))
                    found.Add(new(labels, _series[id].Last, _series[id].LastMs));
            return found;
        }
    }

    /// <summary>Forgets matched series without a sample since <paramref name="beforeUnixMs"/>, such as those of pods long gone. Call it hourly.</summary>
    /// <returns>How many were forgotten.</returns>
    public int Sweep(long beforeUnixMs)
    {
        lock (_gate)
        {
            var gone = 0;
            for (var id = 0; id < _series.Count; id++)
            {
                if (_series.LabelsOf(id) is null || _series[id].LastMs >= beforeUnixMs) continue;
                _series.Remove(id);
                gone++;
            }
            if (gone == 0) return 0;
            CountSeriesOfSources();
            Volatile.Write(ref _generation, _generation + 1);
            return gone;
        }
    }

    private int Refuse(SignalSource source, RefusalReason reason)
    {
        _sources[source].Refuse(reason);
        return Refused;
    }

    private RefusalReason Refusal(Labels labels)
    {
        if (labels.Count > _limits.LabelsPerSeries) return RefusalReason.TooManyLabels;
        foreach (var pair in labels.Pairs)
            if (pair.Name.Length > _limits.LabelNameLength || pair.Value.Length > _limits.LabelValueLength)
                return RefusalReason.LabelTooLong;
        return labels.Name.Length == 0 ? RefusalReason.NoName : RefusalReason.None;
    }

    /// <summary>Finds the bindings of a name. Where they are others than in the last generation, its groups start to be watched anew.</summary>
    private BindingIndex LookUpBindings(int family)
    {
        var known = _families[family];
        known.Bindings = new([.. _bindingsByName.GetValueOrDefault(known.Name, []), .. _bindingsOfAnyName.Where(b => b.Selector.CouldMatch(known.Name))]);
        var signature = Signature(known.Bindings.All);
        if (known.Signature == signature) return known.Bindings;
        known.Signature = signature;
        for (var g = 0; g < _targets.GroupCount; g++)
            if (_targets.Group(g).Family == family)
                _targets.Group(g).WatchedSinceMs = long.MaxValue;
        return known.Bindings;
    }

    private static ulong Signature(IReadOnlyList<StreamBinding> asked)
    {
        var hash = 0UL;
        foreach (var text in asked.Select(b => b.Selector.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            hash = (hash * 31) + Labels.Of(text).Hash;
        return hash;
    }

    private void Rebind(int id)
    {
        if (_series.LabelsOf(id) is not { } labels) return;
        var family = _families.IdOf(labels.Name);
        var streams = (_families[family].Bindings ?? LookUpBindings(family)).StreamsOf(labels);
        var isStart = labels.Name == ProcessStart && _bindings.Count > 0;
        if (streams.Length == 0 && !isStart) _series.Remove(id);
        else BindTo(id, _families[family], streams, isStart);
    }

    private void BindTo(int id, FamilyTable.Family family, ReadOnlySpan<BoundStream> streams, bool isStart)
    {
        _series.Bind(id, streams);
        if (isStart) _series[id].Marks |= SeriesMarks.IsProcessStart;
        if (streams.Length == 0) return;
        family.Matched++;
        family.MatchedBy(streams);
    }

    /// <summary>Runs under the hub's lock, for the checkpoint.</summary>
    internal void Inside(Action<SeriesTable, TargetTable, FamilyTable> work)
    {
        lock (_gate) work(_series, _targets, _families);
    }

    /// <summary>Takes back a checkpoint. Comes after <see cref="SetBindings"/> and before any sample; series that nothing asks for any more are left out.</summary>
    internal void Restore(byte[] image, IReadOnlyDictionary<int, byte[]> definitions, IReadOnlyDictionary<int, byte[]> values)
    {
        lock (_gate)
        {
            HubImage.ReadTargets(image, _targets, _families);
            foreach (var (chunk, data) in definitions) HubImage.ReadSeries(data, chunk, _series);
            foreach (var (chunk, data) in values) HubImage.ReadValues(data, chunk, _series);
            for (var f = 0; f < _families.Count; f++) LookUpBindings(f);
            for (var id = 0; id < _series.Count; id++) Rebind(id);
            CountSeriesOfSources();
        }
    }

    private void CountSeriesOfSources()
    {
        _sources.ForgetSeries();
        for (var id = 0; id < _series.Count; id++)
            if (_series.LabelsOf(id) is not null && _series[id].Group >= 0)
                _sources[new SignalSource(_targets.NameOf(_targets.Group(_series[id].Group).Target).Source)].Series++;
    }

    private int StripReplica(ref Labels labels)
    {
        var replica = "";
        foreach (var name in _limits.ReplicaLabels)
        {
            var value = labels[name];
            if (value.Length == 0) continue;
            replica = $"{replica}{name}={value}\n";
            labels = labels.Without(name);
        }
        if (replica.Length == 0) return 0;
        if (!_replicaIds.TryGetValue(replica, out var id)) _replicaIds[replica] = id = _replicaIds.Count + 1;
        return id;
    }
}
