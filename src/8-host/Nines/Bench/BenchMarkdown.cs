using System.Text;

namespace Nines.Host.Bench;

/// <summary>Writes tables as Markdown, the form of <c>docs/performance.md</c>.</summary>
internal static class BenchMarkdown
{
    /// <summary>One table with its heading and notes.</summary>
    public static string Write(BenchTable table)
    {
        var text = new StringBuilder();
        text.Append("## ").Append(table.Name).Append("\n\n").Append(table.Summary).Append("\n\n");
        Row(text, table.Columns);
        Row(text, [.. table.Columns.Select(_ => "---")]);
        foreach (var row in table.Rows) Row(text, row);
        text.Append('\n');
        foreach (var note in table.Notes) text.Append("- ").Append(note).Append('\n');
        return text.ToString();
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
