namespace Nines.Measuring.Indicators;

/// <summary>Where one side of an indicator is read, and what is asked there.</summary>
/// <param name="Source"><c>nines</c> for what Nines ingests, <c>prometheus</c> for a server read by its API.</param>
/// <param name="Text">A selector (<c>nines</c>) or a query (<c>prometheus</c>).</param>
/// <param name="DataSource">The DataSource that is named; null for native streams.</param>
public sealed record MetricQuery(string Source, string Text, string? DataSource = null)
{
    /// <summary>A selector over what Nines ingests itself.</summary>
    public static MetricQuery Native(string selector) => new("nines", selector);
}
