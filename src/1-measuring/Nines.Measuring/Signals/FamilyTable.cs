using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nines.Measuring.Signals;

/// <summary>All metric names that ever came, with a bounded sample of what they look like. Matching a name to bindings happens once a generation.</summary>
internal sealed class FamilyTable
{
    /// <summary>More names than this share one entry: a sender that invents names must not fill the memory.</summary>
    private const int MaximumFamilies = 100_000;
    private const string Overflow = "(more names than are listed)";

    private readonly Dictionary<string, int> ids = [];
    private readonly List<Family> families = [];

    public int Count => families.Count;

    public Family this[int id] => families[id];

    public int IdOf(string name)
    {
        if (ids.Count >= MaximumFamilies && !ids.ContainsKey(name)) name = Overflow;
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, name, out var known);
        if (known) return id;
        id = families.Count;
        families.Add(new Family(name));
        return id;
    }

    public bool TryFind(string name, out int id) => ids.TryGetValue(name, out id);

    /// <summary>What is known of one metric name.</summary>
    internal sealed class Family(string name)
    {
        private const int ExactSeries = 512;
        private const int SampledLabels = 40;
        private const int SampledSources = 16;
        private readonly HashSet<ulong> seen = [];
        private readonly Dictionary<string, LabelSample> labels = [];
        private readonly SortedSet<string> sources = new(StringComparer.Ordinal);
        private readonly SortedSet<int> indicators = [];
        private string? lastSource;
        private long beyond;
        private long beyondBefore;

        public string Name => name;

        public long LastSeenMs { get; set; }

        public long Matched { get; set; }

        /// <summary>The bindings that could match a series of this name; null before they were looked up in this generation.</summary>
        public StreamBinding[]? Bindings { get; set; }

        /// <summary>Stands for the selectors of <see cref="Bindings"/>; where it changes, births wait for a second read.</summary>
        public ulong Signature { get; set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Observe(Labels series, string source)
        {
            if (!seen.Contains(series.Hash))
            {
                if (seen.Count < ExactSeries) seen.Add(series.Hash);
                else beyond++;
            }
            if (sources.Count < SampledSources && !ReferenceEquals(source, lastSource)) sources.Add(lastSource = source);
            foreach (var pair in series.Pairs)
            {
                if (string.Equals(pair.Name, Labels.MetricName, StringComparison.Ordinal)) continue;
                if (labels.TryGetValue(pair.Name, out var known)) known.Observe(pair.Value);
                else if (labels.Count < SampledLabels) labels[pair.Name] = new LabelSample(pair.Value);
            }
        }

        public void MatchedBy(ReadOnlySpan<BoundStream> streams)
        {
            foreach (var stream in streams) indicators.Add(stream.Indicator);
        }

        public void NextGeneration()
        {
            (beyondBefore, beyond) = (Math.Max(beyond, beyondBefore), 0);
            Bindings = null;
            Matched = 0;
            indicators.Clear();
        }

        public SignalFamily Snapshot() => new(
            name, seen.Count + Math.Max(beyond, beyondBefore), Matched, LastSeenMs,
            [.. labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => l.Value.Snapshot(l.Key))], [.. sources], [.. indicators]);
    }

    /// <summary>Some values of one label, until there are enough.</summary>
    private sealed class LabelSample(string first)
    {
        private const int Most = 24;
        private readonly HashSet<string> values = new(StringComparer.Ordinal) { first };
        private string last = first;
        private bool more;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Observe(string value)
        {
            if (more || ReferenceEquals(value, last)) return;
            last = value;
            if (values.Count < Most) values.Add(value);
            else more = !values.Contains(value);
        }

        public SignalLabel Snapshot(string name) => new(name, [.. values.Order(StringComparer.Ordinal)], more);
    }
}
