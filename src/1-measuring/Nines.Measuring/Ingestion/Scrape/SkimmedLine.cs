using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>
/// A line's name and labels as places in its bytes. Only the plain form is skimmed, as clients write it:
/// <c>name{label="value",…}</c> without blanks, escapes, empty values or doubled names. All else is read in full.
/// </summary>
internal ref struct SkimmedLine : ISkimmedLabels
{
    private const int Most = 32;
    private readonly ReadOnlySpan<byte> _series;
    private readonly TextCache _texts;
    private Places _places;

    private SkimmedLine(ReadOnlySpan<byte> series, TextCache texts)
    {
        _series = series;
        _texts = texts;
    }

    public int Count { get; private set; }

    public int Longest { get; private set; }

    public readonly string NameOf(int label) => _texts.Get(_series[_places[label].From.._places[label].Equal]);

    public readonly string ValueOf(int label) => _texts.Get(_series[(_places[label].Equal + 2).._places[label].End]);

    /// <summary>Finds the labels; false where the line is not of the plain form or holds one of the names that its target gives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryFind(ReadOnlySpan<byte> series, TextCache texts, TargetLabels own, out SkimmedLine line)
    {
        line = new(series, texts);
        var at = NameEnd(series, 0);
        if (at == 0 || !Utf8.IsValid(series)) return false;
        if (at == series.Length) return true;
        if (series[at] != '{') return false;
        while (++at < series.Length)
        {
            var equal = NameEnd(series, at);
            if (equal == at || equal + 1 >= series.Length || series[equal] != '=' || series[equal + 1] != '"' || line.Count == Most) return false;
            var length = series[(equal + 2)..].IndexOfAny((byte)'"', (byte)'\\');
            var end = equal + 2 + length;
            if (length <= 0 || series[end] != '"' || end + 1 >= series.Length || !line.Add(at, equal, end, own)) return false;
            at = end + 1;
            if (series[at] == '}') return at + 1 == series.Length;
            if (series[at] != ',') return false;
        }

        return false;
    }

    private bool Add(int from, int equal, int end, TargetLabels own)
    {
        var name = _series[from..equal];
        for (var i = 0; i < Count; i++)
            if (_series[_places[i].From.._places[i].Equal].SequenceEqual(name)) return false;
        if (own.Touches(name)) return false;
        _places[Count++] = (from, equal, end);
        Longest = Math.Max(Longest, Math.Max(equal - from, end - equal));
        return true;
    }

    public static int NameEnd(ReadOnlySpan<byte> text, int at)
    {
        // Colons are for metric names; a label with one is read in full and refused there.
        while (at < text.Length && (char.IsAsciiLetterOrDigit((char)text[at]) || text[at] == '_')) at++;
        return at;
    }

    [InlineArray(Most)]
    private struct Places
    {
        private (int From, int Equal, int End) _first;
    }
}
