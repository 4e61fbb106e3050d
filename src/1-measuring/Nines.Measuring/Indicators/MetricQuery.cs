namespace Nines.Measuring.Indicators;

/// <summary>Where one side of an indicator is read, and what is asked there.</summary>
/// <param name="Source"><c>nines</c> for what Nines ingests, <c>prometheus</c> for a server read by its API.</param>
/// <param name="Text">A selector (<c>nines</c>) or a query (<c>prometheus</c>).</param>
/// <param name="DataSource">The DataSource that is named; null for native streams.</param>
public sealed record MetricQuery(string Source, string Text, string? DataSource = null)
{
    /// <summary>A selector over what Nines ingests itself.</summary>
    public static MetricQuery Native(string selector) => new("nines", selector);

    /// <summary>
    /// The name under which a data source's samples of this query reach the hub. It is one of its own, so that a server that
    /// also writes the same series by remote write is not counted twice; and another for raw counters than for values of
    /// the moment, so that a query read in both ways feeds each indicator once. FNV-1a, 64 bit, over source and query.
    /// </summary>
    /// <param name="counter">True where raw counters are read.</param>
    public string SeriesName(bool counter)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in $"{DataSource}\n{Text}") hash = (hash ^ c) * 1099511628211;
        return $"nines_source_{hash:x16}{(counter ? "" : "_value")}";
    }
}
