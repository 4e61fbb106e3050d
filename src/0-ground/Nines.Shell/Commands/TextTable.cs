using Spectre.Console;

namespace Nines.Shell;

/// <summary>A cell of a <see cref="TextTable"/>: its words, and their colour where the terminal has any.</summary>
/// <param name="Text">The words; they must say everything, colour only repeats it.</param>
/// <param name="Colour">A colour's name, or empty.</param>
public readonly record struct TextCell(string Text, string Colour = "")
{
    /// <summary>Words without colour.</summary>
    public static implicit operator TextCell(string text) => new(text);

    /// <summary>A state or a severity in its colour.</summary>
    public static TextCell Of(string word) => new(word, word switch
    {
        "healthy" or "accepted" or "good" => "green",
        "warning" or "ticket" or "partial" => "yellow",
        "critical" or "exhausted" or "frozen" or "page" or "firing" or "open" or "unheard" or "failed" or "bad" => "red",
        _ => "",
    });
}

/// <summary>
/// A table for a terminal: one line a row, aligned, no word broken. Where it is too wide for the screen the columns that
/// matter least are left out and named below, then the words that may be cut are; what is piped is always whole.
/// </summary>
public sealed class TextTable
{
    private const string Between = "  ";
    private const int Least = 20;

    private readonly List<(string Title, bool Right, int Drop, bool Cut)> _columns = [];
    private readonly List<TextCell[]> _rows = [];

    /// <summary>Adds a column.</summary>
    /// <param name="title">Words of its head.</param>
    /// <param name="right">True for figures.</param>
    /// <param name="drop">Zero stays; of the others the largest is left out first.</param>
    /// <param name="cut">True where words may end in "…" when nothing else helps.</param>
    public TextTable Column(string title, bool right = false, int drop = 0, bool cut = false)
    {
        _columns.Add((title, right, drop, cut));
        return this;
    }

    /// <summary>Adds a row, one cell a column.</summary>
    public TextTable Row(params TextCell[] cells)
    {
        if (cells.Length != _columns.Count) throw new ArgumentException($"A row of {cells.Length} cells does not fit {_columns.Count} columns.", nameof(cells));
        _rows.Add(cells);
        return this;
    }

    /// <summary>Writes it as wide as the screen; whole where that is no terminal.</summary>
    public void Write(IAnsiConsole screen)
    {
        if (!screen.Profile.Out.IsTerminal)
        {
            foreach (var line in Lines(null, coloured: false)) screen.Profile.Out.Writer.WriteLine(line);
            return;
        }
        foreach (var line in Lines(screen.Profile.Width, coloured: true)) screen.MarkupLine(line);
    }

    /// <summary>The lines for a screen of a width; null is as wide as it takes.</summary>
    internal IReadOnlyList<string> Lines(int? width, bool coloured = false)
    {
        var shown = Enumerable.Range(0, _columns.Count).ToList();
        var wide = shown.ConvertAll(c => _rows.Select(r => r[c].Text.Length).Append(_columns[c].Title.Length).Max());
        var left = Drop(shown, wide, width);
        Cut(shown, wide, width);
        List<string> lines = [Line(shown, wide, c => new(_columns[c].Title, "dim"), coloured), .. _rows.Select(r => Line(shown, wide, c => r[c], coloured))];
        if (left.Count > 0) lines.Add(Paint(new($"Too narrow for: {string.Join(", ", left.Select(c => _columns[c].Title))}. --json has all.", "dim"), coloured));
        return lines;
    }

    private List<int> Drop(List<int> shown, List<int> wide, int? width)
    {
        var left = new List<int>();
        // What may be cut counts as cut already: half a title is worth more than no id.
        var least = wide.Select((w, c) => _columns[c].Cut ? Math.Min(w, Least) : w).ToList();
        while (Total(shown, least) > width && shown.Where(c => _columns[c].Drop > 0).OrderByDescending(c => _columns[c].Drop).Select(c => (int?)c).FirstOrDefault() is { } worst)
        {
            shown.Remove(worst);
            left.Add(worst);
        }
        left.Sort();
        return left;
    }

    private void Cut(List<int> shown, List<int> wide, int? width)
    {
        foreach (var column in shown.Where(c => _columns[c].Cut).OrderByDescending(c => wide[c]))
            if (Total(shown, wide) - width is > 0 and var over) wide[column] = Math.Max(wide[column] - over, Math.Min(Least, wide[column]));
    }

    private static int Total(List<int> shown, List<int> wide) => shown.Sum(c => wide[c]) + (Between.Length * (shown.Count - 1));

    private string Line(List<int> shown, List<int> wide, Func<int, TextCell> cell, bool coloured)
    {
        var line = new System.Text.StringBuilder();
        foreach (var column in shown)
        {
            var (text, colour) = cell(column);
            if (text.Length > wide[column]) text = text[..(wide[column] - 1)] + "…";
            var space = new string(' ', wide[column] - text.Length);
            if (line.Length > 0) line.Append(Between);
            line.Append(_columns[column].Right ? space : "").Append(Paint(new(text, colour), coloured)).Append(_columns[column].Right ? "" : space);
        }
        return line.ToString().TrimEnd();
    }

    private static string Paint(TextCell cell, bool coloured) =>
        !coloured ? cell.Text : cell.Colour.Length == 0 ? Markup.Escape(cell.Text) : $"[{cell.Colour}]{Markup.Escape(cell.Text)}[/]";
}
