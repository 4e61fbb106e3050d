using System.Text;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell.Charts;

namespace Nines.Shell.Components;

/// <summary>A table as a file: what the page shows, with the same filter and order.</summary>
public static class TableExport
{
    /// <summary>A list over HTTP: <c>?q=</c> filters and <c>?sort=</c> orders as on the page, <c>?format=csv</c> makes a file, else JSON.</summary>
    public static IResult List<TRow>(HttpRequest request, IReadOnlyList<TRow> rows, IReadOnlyList<Column<TRow>> columns, string file)
    {
        var found = TableRules.Apply(rows, columns, TableQuery.Of(request));
        if (found.Problems.Count > 0) return Answers.Refuse(found.Problems);
        return request.Query["format"] == "csv" ? Csv(found.Rows, columns, file) : Results.Json(found.Rows, HouseJson.Options);
    }

    public static IResult Csv<TRow>(IReadOnlyList<TRow> rows, IReadOnlyList<Column<TRow>> columns, string file)
    {
        var text = new StringBuilder().AppendJoin(',', columns.Select(c => CsvText.Cell(c.Key))).Append("\r\n");
        foreach (var row in rows) text.AppendJoin(',', columns.Select(c => CsvText.Cell(TableRules.Text(c.Value(row))))).Append("\r\n");
        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", file + ".csv");
    }

    public static IResult Json<TRow>(IReadOnlyList<TRow> rows, IReadOnlyList<Column<TRow>> columns) =>
        Results.Json(rows.Select(r => columns.ToDictionary(c => c.Key, c => c.Value(r))).ToArray(), HouseJson.Options);
}
