using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nines.Measuring.Signals;

/// <summary>All metric names that ever came, with a bounded sample of what they look like. Matching a name to bindings happens once a generation.</summary>
internal sealed class FamilyTable
{
    /// <summary>More names than this share one entry: a sender that invents names must not fill the memory.</summary>
    private const int MaximumFamilies = 100_000;
    private const string Overflow = "(more names than are listed)";

    private readonly Dictionary<string, int> _ids = [];
    private readonly List<Family> _families = [];

    public int Count => _families.Count;

    public Family this[int id] => _families[id];

    public int IdOf(string name)
    {
        if (_ids.Count >= MaximumFamilies && !_ids.ContainsKey(name)) name = Overflow;
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, name, out var known);
        if (known) return id;
        id = _families.Count;
        _families.Add(new Family(name));
        return id;
    }

    public bool TryFind(string name, out int id) => _ids.TryGetValue(name, out id);

    /// <summary>What is known of one metric name.</summary>
    internal sealed class Family(string name)
    {
        private const int ExactSeries = 512;
        private const int SampledLabels = 40;
        private const int SampledSources = 16;
        private readonly HashSet<ulong> _seen = [];
        private readonly Dictionary<string, LabelSample> _labels = [];
        private readonly SortedSet<string> _sources = new(StringComparer.Ordinal);
        private readonly SortedSet<int> _indicators = [];
        private readonly (string Label, LabelSample Sample)[] _places = new (string, LabelSample)[8];
        private string? _lastSource;
        private int _again;
        private long _beyond;
        private long _beyondBefore;

        public string Name => name;

        public long LastSeenMs { get; set; }

        public long Matched { get; set; }

        /// <summary>The bindings that could match a series of this name; null before they were looked up in this generation.</summary>
        public BindingIndex? Bindings { get; set; }

        /// <summary>Stands for the selectors of <see cref="Bindings"/>; where it changes, births wait for a second read.</summary>
        public ulong Signature { get; set; }

        /// <summary>The answer for its series while nothing asks for them; 0 before the first one.</summary>
        public int Unasked { get; set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Observe(Labels series, string source)
        {
            if (_seen.Contains(series.Hash)) _again++;
            else if (_seen.Count >= ExactSeries) _beyond++;
            else
            {
                _seen.Add(series.Hash);
                _again++;
            }
            if (_sources.Count < SampledSources && !ReferenceEquals(source, _lastSource)) _sources.Add(_lastSource = source);
            var pairs = series.Pairs;
            for (var i = 0; i < pairs.Length; i++)
            {
                var (label, value) = pairs[i];
                if (SampleAt(i, label) is { } known) known.Observe(value);
                else if (_labels.Count < SampledLabels && !string.Equals(label, Labels.MetricName, StringComparison.Ordinal)) _labels[label] = new LabelSample(value);
            }
        }

        /// <summary>Observes a series that is only counted, without its hash and mostly without its values; false where it must be read in full.</summary>
        public bool TryObserve<TSkimmed>(scoped ref TSkimmed series, string source) where TSkimmed : ISkimmedLabels, allows ref struct
        {
            if (_seen.Count < ExactSeries || !ReferenceEquals(source, _lastSource)) return false;
            for (var i = 0; i < series.Count; i++)
            {
                if (SampleAt(i, series.NameOf(i)) is not { } known)
                {
                    if (_labels.Count < SampledLabels) return false;
                }
                else if (!known.IsFull) known.Observe(series.ValueOf(i));
            }
            // The exactly known ones come again in each generation, once.
            if (_again < ExactSeries) _again++;
            else _beyond++;
            return true;
        }

        /// <summary>What is known of a label. Series of one name mostly have the same labels, and doors give the same texts again.</summary>
        private LabelSample? SampleAt(int place, string label)
        {
            if (place < _places.Length && ReferenceEquals(_places[place].Label, label)) return _places[place].Sample;
            if (!_labels.TryGetValue(label, out var known)) return null;
            if (place < _places.Length) _places[place] = (label, known);
            return known;
        }

        public void MatchedBy(ReadOnlySpan<BoundStream> streams)
        {
            foreach (var stream in streams) _indicators.Add(stream.Indicator);
        }

        public void NextGeneration()
        {
            (_beyondBefore, _beyond, _again) = (Math.Max(_beyond, _beyondBefore), 0, 0);
            Bindings = null;
            Matched = 0;
            _indicators.Clear();
        }

        public SignalFamily Snapshot() => new(
            name, _seen.Count + Math.Max(_beyond, _beyondBefore), Matched, LastSeenMs,
            [.. _labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => l.Value.Snapshot(l.Key))], [.. _sources], [.. _indicators]);
    }

    /// <summary>Some values of one label, until there are enough.</summary>
    private sealed class LabelSample(string first)
    {
        private const int Most = 24;
        private readonly HashSet<string> _values = new(StringComparer.Ordinal) { first };
        private string _last = first;
        private bool _more;

        /// <summary>No further value is kept.</summary>
        public bool IsFull => _more;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Observe(string value)
        {
            if (_more || ReferenceEquals(value, _last)) return;
            _last = value;
            if (_values.Count < Most) _values.Add(value);
            else _more = !_values.Contains(value);
        }

        public SignalLabel Snapshot(string name) => new(name, [.. _values.Order(StringComparer.Ordinal)], _more);
    }
}
