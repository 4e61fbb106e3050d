namespace Nines.Paging.Schedules.Calendars;

/// <summary>One line of a calendar: name, parameters, value.</summary>
/// <param name="Name">In capitals.</param>
/// <param name="Parameters">Names in capitals, values without quotes.</param>
/// <param name="Value">As written.</param>
internal sealed record IcsProperty(string Name, IReadOnlyList<(string Name, string Value)> Parameters, string Value)
{
    public string? Parameter(string name)
    {
        foreach (var (key, value) in Parameters)
            if (key == name) return value;
        return null;
    }

    /// <summary>Reads a line; null where it is none.</summary>
    public static IcsProperty? Parse(string line)
    {
        var parts = new List<string>();
        var (start, quoted) = (0, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            if (quoted || line[i] is not (';' or ':')) continue;
            parts.Add(line[start..i]);
            start = i + 1;
            if (line[i] != ':') continue;
            return parts[0].Length == 0 ? null : new(parts[0].Trim().ToUpperInvariant(), [.. parts.Skip(1).Select(Pair)], line[start..].Trim());
        }

        return null;
    }

    private static (string Name, string Value) Pair(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (text.ToUpperInvariant(), "") : (text[..at].Trim().ToUpperInvariant(), text[(at + 1)..].Trim('"'));
    }
}
