using System.Runtime.InteropServices;

namespace Nines.Learning.Knowledge;

/// <summary>
/// A full-text index in memory: which text has which words, ranked by BM25 (Robertson and Zaragoza, "The Probabilistic
/// Relevance Framework", 2009; k1 = 1.2, b = 0.75). What has not changed is not read again. One caller at a time.
/// </summary>
public sealed class KnowledgeIndex
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    // A word that is still being typed may begin many; the rest of them would say nothing.
    private const int MostBeginnings = 200;

    private readonly Dictionary<string, Dictionary<int, float>> _postings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<Entry?> _entries = [];
    private readonly Stack<int> _free = new();
    private double _length;
    private string[]? _sorted;

    /// <summary>So many texts are in it.</summary>
    public int Count => _numbers.Count;

    /// <summary>Makes the index that of these texts: new ones come in, changed ones are read again, the others go.</summary>
    public void Update(IEnumerable<KnownText> all)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in all)
        {
            if (!seen.Add(text.Id)) continue;
            if (_numbers.TryGetValue(text.Id, out var number))
            {
                if (Equals(_entries[number]!.Text.Version, text.Version)) continue;
                Remove(text.Id, number);
            }

            Add(text);
        }

        foreach (var (id, number) in _numbers.Where(n => !seen.Contains(n.Key)).ToArray()) Remove(id, number);
    }

    /// <summary>The texts that fit some words best. All words count, the rarer the more; the last one may be only begun.</summary>
    /// <param name="query">The words.</param>
    /// <param name="most">So many at most.</param>
    /// <param name="wanted">Which texts; null for all.</param>
    public IReadOnlyList<(KnownText Text, double Score)> Search(string query, int most, Func<KnownText, bool>? wanted = null)
    {
        string[] words = [.. Terms.Of(query).Distinct(StringComparer.Ordinal)];
        if (words.Length == 0 || _numbers.Count == 0) return [];
        var scores = new Dictionary<int, (double Score, int Words)>();
        for (var i = 0; i < words.Length; i++)
        {
            var hit = new Dictionary<int, double>();
            foreach (var word in i == words.Length - 1 ? Beginning(words[i]) : [words[i]])
            {
                if (!_postings.TryGetValue(word, out var postings)) continue;
                var rare = Math.Log(1 + (_numbers.Count - postings.Count + 0.5) / (postings.Count + 0.5));
                foreach (var (number, weight) in postings)
                {
                    var length = _entries[number]!.Length / (_length / _numbers.Count);
                    var score = rare * weight * (K1 + 1) / (weight + K1 * (1 - B + B * length)) * (word == words[i] ? 1 : 0.5);
                    ref var best = ref CollectionsMarshal.GetValueRefOrAddDefault(hit, number, out _);
                    if (score > best) best = score;
                }
            }

            foreach (var (number, score) in hit)
            {
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(scores, number, out _);
                sum = (sum.Score + score, sum.Words + 1);
            }
        }

        // Whoever has more of the words comes first: a text that is full of one of them is not what was asked for.
        return [.. scores.Select(s => (Text: _entries[s.Key]!.Text, Score: s.Value.Score * s.Value.Words / words.Length)).Where(s => wanted is null || wanted(s.Text))
            .OrderByDescending(s => s.Score).ThenByDescending(s => s.Text.At).ThenBy(s => s.Text.Id, StringComparer.Ordinal).Take(most)];
    }

    private void Add(KnownText text)
    {
        var weights = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var part in text.Parts())
            foreach (var word in Terms.Of(part.Text))
                CollectionsMarshal.GetValueRefOrAddDefault(weights, word, out _) += part.Weight;
        var number = _free.TryPop(out var free) ? free : _entries.Count;
        var entry = new Entry(text, weights.Values.Sum(), [.. weights.Keys]);
        if (number == _entries.Count) _entries.Add(entry);
        else _entries[number] = entry;
        _numbers[text.Id] = number;
        _length += entry.Length;
        foreach (var (word, weight) in weights)
        {
            ref var postings = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, word, out var known);
            if (!known) (postings, _sorted) = ([], null);
            postings![number] = weight;
        }
    }

    private void Remove(string id, int number)
    {
        var entry = _entries[number]!;
        foreach (var word in entry.Words)
            if (_postings.TryGetValue(word, out var postings) && postings.Remove(number) && postings.Count == 0)
            {
                _postings.Remove(word);
                _sorted = null;
            }

        _length -= entry.Length;
        _entries[number] = null;
        _numbers.Remove(id);
        _free.Push(number);
    }

    private IEnumerable<string> Beginning(string word)
    {
        _sorted ??= [.. _postings.Keys.Order(StringComparer.Ordinal)];
        var at = Array.BinarySearch(_sorted, word, StringComparer.Ordinal);
        if (at < 0) at = ~at;
        for (var i = at; i < _sorted.Length && i < at + MostBeginnings && _sorted[i].StartsWith(word, StringComparison.Ordinal); i++) yield return _sorted[i];
    }

    /// <summary>A text in the index.</summary>
    private sealed record Entry(KnownText Text, float Length, string[] Words);
}
