namespace Nines.Shell.Charts;

/// <summary>Cells of a CSV file (RFC 4180), safe to open in a spreadsheet.</summary>
public static class CsvText
{
    /// <summary>
    /// Quotes where needed. A text that a spreadsheet would take for a formula gets an apostrophe before it:
    /// labels come from outside.
    /// </summary>
    public static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _)) text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
