namespace Nines.Paging.Schedules;

/// <summary>
/// Lays overrides over pieces, oldest first, so that somebody who covers can be covered in turn. Of two about the same
/// person's place the newest counts where they overlap: the older one rests there.
/// </summary>
internal static class OverridePieces
{
    /// <summary>The word in <see cref="Shift.Layer"/>.</summary>
    public const string Layer = "override";

    public static List<Piece> Apply(List<Piece> pieces, IReadOnlyList<Override> overrides)
    {
        for (var i = 0; i < overrides.Count; i++)
        {
            var one = overrides[i];
            pieces = Change(pieces, Spans(overrides, i), cover => Change(cover, one));
        }

        return pieces;
    }

    /// <summary>Where an override counts: without the times of newer ones about the same place.</summary>
    private static List<Stretch> Spans(IReadOnlyList<Override> overrides, int at)
    {
        var one = overrides[at];
        var whole = new Stretch(one.From, one.Until);
        if (one.Kind == OverrideKind.Add) return [whole];
        var newer = new List<Stretch>();
        for (var i = at + 1; i < overrides.Count; i++)
        {
            var other = overrides[i];
            if (other.Kind != OverrideKind.Add && other.Out == one.Out && other.From < one.Until && one.From < other.Until) newer.Add(new(other.From, other.Until));
        }

        return newer.Count == 0 ? [whole] : Pieces.Without(whole, Pieces.Union(newer));
    }

    private static List<Piece> Change(List<Piece> pieces, List<Stretch> spans, Func<Cover, Cover> change)
    {
        var inside = Pieces.Within(pieces, spans);
        for (var i = 0; i < inside.Count; i++) inside[i] = inside[i] with { Cover = change(inside[i].Cover) };
        return Pieces.Over(pieces, inside);
    }

    private static Cover Change(Cover cover, Override one)
    {
        switch (one.Kind)
        {
            case OverrideKind.Add:
                return cover.People.Contains(one.In, StringComparer.Ordinal)
                    ? cover
                    : new([.. cover.People, one.In], Layer, cover.People.Count == 0 ? $"{one.In} is on call by an override." : $"{one.In} is on call beside {Names(cover)}, by an override.");
            case OverrideKind.Remove:
                if (!cover.People.Contains(one.Out, StringComparer.Ordinal)) return cover;
                string[] left = [.. cover.People.Where(p => p != one.Out)];
                return new(left, Layer, left.Length == 0 ? $"An override takes {one.Out} off, and nobody stands in." : $"An override takes {one.Out} off.");
            default:
                if (one.Out.Length == 0)
                    return new([one.In], Layer, cover.People.Count == 0 ? $"{one.In} is on call by an override." : $"{one.In} stands in for {Names(cover)}, by an override.");
                // Only where that person would be on call: a replacement is no addition (target/goalert#4306).
                if (!cover.People.Contains(one.Out, StringComparer.Ordinal)) return cover;
                return new([.. cover.People.Select(p => p == one.Out ? one.In : p).Distinct(StringComparer.Ordinal)], Layer, $"{one.In} stands in for {one.Out}, by an override.");
        }
    }

    private static string Names(Cover cover) => string.Join(" and ", cover.People);
}
