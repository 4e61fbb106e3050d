using System.Globalization;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;

namespace Nines.Shell.Components;

/// <summary>What a table's address asks: a filter and an order. The address is the only place where it is kept.</summary>
/// <param name="Filter">As typed: words, <c>key:value</c>, <c>key&lt;number</c>, <c>key&gt;number</c>; all must hold.</param>
/// <param name="Sort">Key of a column; empty is the table's own order.</param>
/// <param name="Down">True for largest first.</param>
public sealed record TableQuery(string Filter = "", string Sort = "", bool Down = false)
{
    public static TableQuery Of(HttpRequest request) => new(
        request.Query["q"].ToString().Trim(), request.Query["sort"].ToString().TrimStart('-'), request.Query["sort"].ToString().StartsWith('-'));

    /// <summary>The query string of the same table, with another order.</summary>
    public string Address(string sort) => Build(Filter, sort);

    /// <summary>The query string of this very table, for its exports.</summary>
    public string Here => Build(Filter, (Down ? "-" : "") + Sort);

    private static string Build(string filter, string sort)
    {
        var parts = new List<string>(2);
        if (filter.Length > 0) parts.Add("q=" + Uri.EscapeDataString(filter));
        if (sort.Length > 0) parts.Add("sort=" + Uri.EscapeDataString(sort));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}

/// <summary>A column: what a row says there, what it is sorted by, what an export gets.</summary>
/// <param name="Key">Name in filters, addresses and exports.</param>
/// <param name="Title">Words in the head.</param>
/// <param name="Value">A string, number, boolean, instant or null; the same for filter, order and export.</param>
public sealed record Column<TRow>(string Key, string Title, Func<TRow, object?> Value);

/// <summary>A table's rows after its query, with what was wrong with the filter.</summary>
public sealed record TableRows<TRow>(IReadOnlyList<TRow> Rows, int All, IReadOnlyList<Problem> Problems);

/// <summary>Applies a query to rows: pure, the same for the page and for both exports.</summary>
public static class TableRules
{
    public static TableRows<TRow> Apply<TRow>(IReadOnlyList<TRow> rows, IReadOnlyList<Column<TRow>> columns, TableQuery query)
    {
        var problems = new List<Problem>();
        IEnumerable<TRow> left = rows;
        foreach (var term in query.Filter.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (Test(term, columns, problems) is { } test) left = left.Where(test);

        if (query.Sort.Length > 0)
        {
            if (columns.FirstOrDefault(c => c.Key == query.Sort) is { } by)
                left = query.Down ? left.OrderByDescending(r => by.Value(r), ValueOrder.Instance) : left.OrderBy(r => by.Value(r), ValueOrder.Instance);
            else problems.Add(Problem.Invalid($"There is no column \"{query.Sort}\" to sort by.", "Columns: " + Keys(columns) + ".", "sort"));
        }
        return new([.. left], rows.Count, problems);
    }

    private static Func<TRow, bool>? Test<TRow>(string term, IReadOnlyList<Column<TRow>> columns, List<Problem> problems)
    {
        var at = term.AsSpan().IndexOfAny(':', '<', '>');
        if (at <= 0)
            return row => columns.Any(c => Text(c.Value(row)).Contains(term, StringComparison.OrdinalIgnoreCase));

        var (key, sign, wanted) = (term[..at], term[at], term[(at + 1)..]);
        if (columns.FirstOrDefault(c => c.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) is not { } column)
        {
            problems.Add(Problem.Invalid($"There is no column \"{key}\".", "Columns: " + Keys(columns) + ".", "q"));
            return null;
        }
        if (sign == ':') return row => Text(column.Value(row)).Contains(wanted, StringComparison.OrdinalIgnoreCase);
        if (!double.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit))
        {
            problems.Add(Problem.Invalid($"\"{wanted}\" is not a number.", $"Write one after {key}{sign}, such as {key}{sign}50.", "q"));
            return null;
        }
        return row => column.Value(row) is IConvertible value and not string
            && (sign == '<' ? value.ToDouble(CultureInfo.InvariantCulture) < limit : value.ToDouble(CultureInfo.InvariantCulture) > limit);
    }

    internal static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        NodaTime.Instant at => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        double number => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Keys<TRow>(IReadOnlyList<Column<TRow>> columns) => string.Join(", ", columns.Select(c => c.Key));

    // What is not known comes last in either order's small end: it is never taken for zero.
    private sealed class ValueOrder : IComparer<object?>
    {
        public static ValueOrder Instance { get; } = new();

        public int Compare(object? x, object? y) => (x, y) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            (string a, string b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
            _ => Comparer<object>.Default.Compare(x, y),
        };
    }
}
