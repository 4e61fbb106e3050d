using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>Who covers, by what, and why; shared by all pieces of the same kind.</summary>
/// <param name="People">Handles; none for nobody.</param>
/// <param name="Layer">What says so.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record Cover(IReadOnlyList<string> People, string Layer, string Reason)
{
    /// <summary>Nobody, because nothing says anybody.</summary>
    public static Cover Nobody { get; } = new([], "", "No layer has anybody at this time.");

    /// <summary>True for the same people, in the same order, for the same reason.</summary>
    public bool SameAs(Cover other) => ReferenceEquals(this, other)
        || (Layer == other.Layer && Reason == other.Reason && People.SequenceEqual(other.People, StringComparer.Ordinal));
}

/// <summary>A stretch of time and who covers it. Lists of pieces are sorted and never overlap.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Until">Where it ends; later than its beginning.</param>
/// <param name="Cover">Who.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct Piece(Instant From, Instant Until, Cover Cover);

/// <summary>A stretch of time.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Until">Where it ends.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct Stretch(Instant From, Instant Until);

/// <summary>What can be done with sorted pieces; each in one pass.</summary>
public static class Pieces
{
    /// <summary>Lays some over others: where both are, those above count.</summary>
    public static List<Piece> Over(IReadOnlyList<Piece> below, IReadOnlyList<Piece> above)
    {
        if (above.Count == 0) return [.. below];
        var result = new List<Piece>(below.Count + (2 * above.Count));
        var i = 0;
        var done = Instant.MinValue;
        foreach (var top in above)
        {
            for (; i < below.Count && below[i].From < top.From; i++)
            {
                var low = below[i];
                var from = Instant.Max(low.From, done);
                var until = Instant.Min(low.Until, top.From);
                if (from < until) result.Add(new(from, until, low.Cover));
                if (low.Until > top.From) break;
            }

            result.Add(top);
            done = top.Until;
            while (i < below.Count && below[i].Until <= done) i++;
        }

        for (; i < below.Count; i++) result.Add(below[i] with { From = Instant.Max(below[i].From, done) });
        return result;
    }

    /// <summary>What of some pieces lies inside some spans; both sorted.</summary>
    public static List<Piece> Within(IReadOnlyList<Piece> pieces, IReadOnlyList<Stretch> spans)
    {
        var result = new List<Piece>(pieces.Count + spans.Count);
        for (int p = 0, s = 0; p < pieces.Count && s < spans.Count;)
        {
            var from = Instant.Max(pieces[p].From, spans[s].From);
            var until = Instant.Min(pieces[p].Until, spans[s].Until);
            if (from < until) result.Add(new(from, until, pieces[p].Cover));
            if (pieces[p].Until < spans[s].Until) p++;
            else s++;
        }

        return result;
    }

    /// <summary>Joins neighbours who say the same.</summary>
    public static List<Piece> Merge(IReadOnlyList<Piece> pieces)
    {
        var result = new List<Piece>(pieces.Count);
        foreach (var piece in pieces)
        {
            if (result.Count > 0 && result[^1].Until == piece.From && result[^1].Cover.SameAs(piece.Cover)) result[^1] = result[^1] with { Until = piece.Until };
            else result.Add(piece);
        }

        return result;
    }

    /// <summary>Spans sorted, and joined where they touch or overlap.</summary>
    public static List<Stretch> Union(List<Stretch> spans)
    {
        spans.Sort((a, b) => a.From.CompareTo(b.From));
        var result = new List<Stretch>(spans.Count);
        foreach (var span in spans)
        {
            if (span.From >= span.Until) continue;
            if (result.Count > 0 && span.From <= result[^1].Until) result[^1] = result[^1] with { Until = Instant.Max(result[^1].Until, span.Until) };
            else result.Add(span);
        }

        return result;
    }

    /// <summary>What is left of a time without some spans.</summary>
    public static List<Stretch> Without(Stretch whole, IReadOnlyList<Stretch> spans)
    {
        var result = new List<Stretch>(spans.Count + 1);
        var at = whole.From;
        foreach (var span in spans)
        {
            if (span.From > at) result.Add(new(at, Instant.Min(span.From, whole.Until)));
            at = Instant.Max(at, span.Until);
            if (at >= whole.Until) return result;
        }

        result.Add(new(at, whole.Until));
        return result;
    }
}
