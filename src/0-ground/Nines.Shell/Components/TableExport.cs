using System.Text;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell.Charts;

namespace Nines.Shell.Components;

/// <summary>A table as a file: what the page shows, with the same filter and order.</summary>
public static class TableExport
{
    public static IResult Csv<TRow>(IReadOnlyList<TRow> rows, IReadOnlyList<Column<TRow>> columns, string file)
    {
        var text = new StringBuilder().AppendJoin(',', columns.Select(c => CsvText.Cell(c.Key))).Append("\r\n");
        foreach (var row in rows) text.AppendJoin(',', columns.Select(c => CsvText.Cell(TableRules.Text(c.Value(row))))).Append("\r\n");
        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", file + ".csv");
    }

    public static IResult Json<TRow>(IReadOnlyList<TRow> rows, IReadOnlyList<Column<TRow>> columns) =>
        Results.Json(rows.Select(r => columns.ToDictionary(c => c.Key, c => c.Value(r))).ToArray(), HouseJson.Options);
}
