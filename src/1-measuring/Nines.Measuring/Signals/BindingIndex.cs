namespace Nines.Measuring.Signals;

/// <summary>
/// The bindings that could match series of one name, found by the label that tells them apart: of twenty thousand
/// selectors <c>{job="…"}</c> a series is compared with the few that name its own job.
/// </summary>
internal sealed class BindingIndex
{
    // Below this a walk is as quick as a look-up.
    private const int FewEnough = 8;

    private readonly StreamBinding[] _all;
    private readonly List<int> _hits = [];
    private readonly int[] _others;
    private readonly (string Label, Dictionary<string, int[]> ByValue)[] _byLabel;

    public BindingIndex(StreamBinding[] all)
    {
        _all = all;
        if (all.Length <= FewEnough)
        {
            // Made at the first sight of a name, in the middle of a read: nothing here that must be compiled first.
            _others = new int[all.Length];
            for (var i = 0; i < all.Length; i++) _others[i] = i;
            _byLabel = [];
            return;
        }

        var keys = KeysOf(all);
        _others = [.. Enumerable.Range(0, all.Length).Where(i => keys[i] is null)];
        _byLabel =
        [
            .. Enumerable.Range(0, all.Length).Where(i => keys[i] is not null).GroupBy(i => keys[i]!.Value.Label, StringComparer.Ordinal)
                .Select(g => (g.Key, g.GroupBy(i => keys[i]!.Value.Value, StringComparer.Ordinal).ToDictionary(v => v.Key, v => v.ToArray(), StringComparer.Ordinal))),
        ];
    }

    /// <summary>True where nothing asks for this name.</summary>
    public bool IsEmpty => _all.Length == 0;

    /// <summary>All of them, in the order given.</summary>
    public IReadOnlyList<StreamBinding> All => _all;

    /// <summary>The streams of a series, in the order of the bindings. One caller at a time: the hub's lock is held.</summary>
    public BoundStream[] StreamsOf(Labels labels)
    {
        var hits = _hits;
        hits.Clear();
        Collect(_others, labels, hits);
        foreach (var (label, byValue) in _byLabel)
            if (byValue.TryGetValue(labels[label], out var some)) Collect(some, labels, hits);
        if (hits.Count == 0) return [];
        if (_byLabel.Length > 0) hits.Sort();
        var streams = new BoundStream[hits.Count];
        for (var i = 0; i < streams.Length; i++)
        {
            var hit = _all[hits[i]];
            streams[i] = new(hit.Indicator, hit.Role, hit.Measure);
        }

        return streams;
    }

    private void Collect(int[] candidates, Labels labels, List<int> hits)
    {
        foreach (var i in candidates)
            if (_all[i].Selector.Matches(labels)) hits.Add(i);
    }

    /// <summary>For each binding the equality that fewest others share; null where it has none.</summary>
    private static (string Label, string Value)?[] KeysOf(StreamBinding[] all)
    {
        var shared = new Dictionary<(string, string), int>();
        foreach (var binding in all)
            foreach (var (label, value) in Equalities(binding)) shared[(label, value)] = shared.GetValueOrDefault((label, value)) + 1;
        return [.. all.Select(b => Equalities(b).OrderBy(e => shared[e]).Select(e => ((string, string)?)e).FirstOrDefault())];
    }

    // A numeric label equals several texts, and an empty value is also that of a label that is missing.
    private static List<(string Label, string Value)> Equalities(StreamBinding binding)
    {
        var found = new List<(string, string)>();
        foreach (var matcher in binding.Selector.Matchers)
            if (matcher.Operator == MatchOperator.Equal && matcher.Value.Length > 0 && !LabelMatcher.IsNumeric(matcher.Name)) found.Add((matcher.Name, matcher.Value));
        return found;
    }
}
