using System.Globalization;
using System.Text;
using NodaTime;

namespace Nines.Shell.Charts;

/// <summary>One row of the table behind a chart.</summary>
public sealed record ChartRow(Instant At, IReadOnlyList<string> Values);

/// <summary>The numbers behind a chart: a short table for the page, every value as CSV.</summary>
public static class ChartTable
{
    /// <summary>At most <paramref name="most"/> rows, evenly picked, the newest among them, newest first.</summary>
    public static IReadOnlyList<ChartRow> Rows(TimeChart chart, int most)
    {
        if (chart.Series.Count == 0) return [];
        var grid = chart.Series[0];
        var count = grid.Values.Length;
        if (count == 0) return [];
        var step = Math.Max(1, (int)Math.Ceiling(count / (double)most));
        var rows = new List<ChartRow>();
        for (var i = count - 1; i >= 0; i -= step)
            rows.Add(new(Instant.FromUnixTimeMilliseconds(grid.TimeOf(i)), [.. chart.Series.Select(s => Words(ValueAt(s, grid.TimeOf(i)), s.Unit))]));
        return rows;
    }

    /// <summary>Every value of every series; missing ones are empty.</summary>
    public static string Csv(TimeChart chart)
    {
        var text = new StringBuilder("time").AppendJoin("", chart.Series.Select(s => "," + CsvText.Cell(s.Name + (s.Unit.Length > 0 ? $" ({s.Unit.Trim()})" : "")))).Append("\r\n");
        if (chart.Series.Count == 0) return text.ToString();
        var grid = chart.Series[0];
        for (var i = 0; i < grid.Values.Length; i++)
        {
            text.Append(Instant.FromUnixTimeMilliseconds(grid.TimeOf(i)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            foreach (var series in chart.Series)
            {
                text.Append(',');
                if (ValueAt(series, grid.TimeOf(i)) is { } value) text.Append(value.ToString("R", CultureInfo.InvariantCulture));
            }
            text.Append("\r\n");
        }
        return text.ToString();
    }

    private static double? ValueAt(Series series, long atMs)
    {
        var index = (atMs - series.StartMs) / series.StepMs;
        if (index < 0 || index >= series.Values.Length) return null;
        var value = series.Values.Span[(int)index];
        return double.IsFinite(value) ? value : null;
    }

    private static string Words(double? value, string unit) =>
        value is { } v ? v.ToString(Math.Abs(v) >= 100 ? "#,##0" : "0.##", CultureInfo.InvariantCulture).Replace('-', '−') + unit : "no data";
}
