using System.Text;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>OTLP names in the form that Prometheus gives them, so that one selector fits a metric whichever way it came.</summary>
/// <remarks>
/// Source: OpenTelemetry "Prometheus and OpenMetrics Compatibility" and the name rules of Prometheus' own OTLP endpoint
/// (UnderscoreEscapingWithSuffixes): dots to underscores, unit suffix, <c>_total</c> for monotonic sums, <c>_ratio</c> for gauges of unit 1.
/// </remarks>
internal static class OtlpNames
{
    // UCUM units as OpenTelemetry's semantic conventions use them, to the words of Prometheus' naming practice.
    private static readonly Dictionary<string, string> Units = new()
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["TiBy"] = "tibibytes",
        ["KBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["TBy"] = "terabytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        ["1"] = "",
        ["%"] = "percent",
    };

    private static readonly Dictionary<string, string> PerUnits = new()
    {
        ["s"] = "second",
        ["m"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
        ["w"] = "week",
        ["mo"] = "month",
        ["y"] = "year",
    };

    /// <summary>The series name of a metric.</summary>
    /// <param name="name">The metric's own name, such as <c>http.server.request.duration</c>.</param>
    /// <param name="unit">Its UCUM unit, such as <c>s</c>, <c>By/s</c>, <c>{request}</c>; may be empty.</param>
    /// <param name="monotonicSum">True adds <c>_total</c>.</param>
    /// <param name="gauge">True adds <c>_ratio</c> where the unit is 1.</param>
    public static string Metric(string name, string unit, bool monotonicSum, bool gauge)
    {
        var words = Words(name);
        var slash = unit.IndexOf('/', StringComparison.Ordinal);
        AddUnit(words, MainUnit(slash < 0 ? unit : unit[..slash]));
        if (slash >= 0 && PerUnit(unit[(slash + 1)..]) is { Length: > 0 } per && !words.Contains(per))
        {
            words.Add("per");
            words.Add(per);
        }

        if (gauge && unit == "1") MoveLast(words, "ratio");
        if (monotonicSum) MoveLast(words, "total");
        var text = string.Join('_', words);
        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? "_" + text : text;
    }

    /// <summary>The label name of an attribute: letters, digits and underscores; a leading digit gets <c>key_</c>, a leading single underscore <c>key</c>.</summary>
    public static string Label(string key)
    {
        var clean = true;
        foreach (var c in key) clean &= IsWordChar(c) || c == '_';
        var text = key;
        if (!clean)
        {
            var builder = new StringBuilder(key.Length);
            foreach (var c in key) builder.Append(IsWordChar(c) ? c : '_');
            text = builder.ToString();
        }

        if (text.Length == 0) return text;
        if (char.IsAsciiDigit(text[0])) return "key_" + text;
        return text[0] == '_' && !text.StartsWith("__", StringComparison.Ordinal) ? "key" + text : text;
    }

    private static bool IsWordChar(char c) => char.IsAsciiLetterOrDigit(c);

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= name.Length; i++)
        {
            var inside = i < name.Length && (IsWordChar(name[i]) || name[i] == ':');
            if (inside && start < 0) start = i;
            if (inside || start < 0) continue;
            words.Add(name[start..i]);
            start = -1;
        }

        return words;
    }

    // An annotation such as {request} says what is counted, not in what: it gives no suffix.
    private static string MainUnit(string unit) =>
        unit.Contains('{', StringComparison.Ordinal) ? "" : Units.GetValueOrDefault(unit.Trim(), Cleaned(unit));

    private static string PerUnit(string unit) =>
        unit.Contains('{', StringComparison.Ordinal) ? "" : PerUnits.GetValueOrDefault(unit.Trim(), Cleaned(unit));

    private static string Cleaned(string unit) => string.Join('_', Words(unit));

    private static void AddUnit(List<string> words, string unit)
    {
        if (unit.Length > 0 && !words.Contains(unit)) words.Add(unit);
    }

    private static void MoveLast(List<string> words, string word)
    {
        words.RemoveAll(have => have == word);
        words.Add(word);
    }
}
