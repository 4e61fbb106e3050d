using System.Text.RegularExpressions;
using Nines.Alerting.Silences;

namespace Nines.Paging.Imports;

/// <summary>Conditions of another program's routes as matchers of this house. What cannot be said with labels is null, and becomes a finding. Pure.</summary>
internal static class RouteTerms
{
    /// <summary>A matcher as manifests write it; null where its pattern is none that can be run here.</summary>
    public static string? Matcher(string label, MatchKind kind, string value)
    {
        if (label.Length == 0 || !(char.IsAsciiLetter(label[0]) || label[0] == '_') || !label.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) return null;
        try
        {
            return new Matcher(label, kind, value).ToString();
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // Looking around and back is not done here: a pattern must end in time.
            return null;
        }
    }

    /// <summary>A label that has a value.</summary>
    public static string Of(string label, string value) => new Matcher(label, MatchKind.Equal, value).ToString();

    /// <summary>A text anywhere in a value.</summary>
    public static string Containing(string text) => $".*{Regex.Escape(text)}.*";

    /// <summary>
    /// A condition in Jinja as Grafana OnCall writes it, as alternatives of matchers that must all fit:
    /// <c>{{ payload.labels.severity == "critical" and payload.commonLabels.team != "x" or … }}</c>. Null where it says more.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>>? Jinja(string template)
    {
        var text = template.Trim();
        if (!text.StartsWith("{{", StringComparison.Ordinal) || !text.EndsWith("}}", StringComparison.Ordinal)) return null;
        text = text[2..^2].Trim(' ', '-', '\n');
        if (text is "True" or "true" or "1") return [[]];
        var alternatives = new List<IReadOnlyList<string>>();
        foreach (var either in Split(text, " or "))
        {
            var all = new List<string>();
            foreach (var term in Split(either, " and "))
            {
                if (Term(term.Trim()) is not { } matcher) return null;
                all.Add(matcher);
            }

            alternatives.Add(all);
        }

        return alternatives;
    }

    /// <summary>
    /// A pattern that Grafana OnCall searches in the whole payload as text. Only the usual form says which label it means:
    /// <c>"severity": "critical"</c>. An empty list for one that finds everything; null where it says more.
    /// </summary>
    public static IReadOnlyList<string>? Payload(string pattern)
    {
        var text = pattern.Trim();
        if (text is ".*" or "" or ".+") return [];
        text = text.Replace("\\\"", "\"", StringComparison.Ordinal);
        if (text.Length < 7 || text[0] != '"' || text[^1] != '"') return null;
        var end = text.IndexOf('"', 1);
        if (end < 0) return null;
        var (label, rest) = (text[1..end], text[(end + 1)..]);
        rest = rest.Replace("\\s*", "", StringComparison.Ordinal).Replace("\\s+", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal) is var tight && tight.StartsWith(":\"", StringComparison.Ordinal) ? rest[(rest.IndexOf('"', StringComparison.Ordinal) + 1)..^1] : "";
        if (rest.Length == 0 || rest.Contains('"', StringComparison.Ordinal)) return null;
        return (Regex.Escape(rest) == rest ? Matcher(label, MatchKind.Equal, rest) : Matcher(label, MatchKind.Regex, rest)) is { } matcher ? [matcher] : null;
    }

    private static string? Term(string term)
    {
        if (term.IndexOfAny(['(', ')', '|', '%']) >= 0) return null;
        foreach (var (sign, kind) in ((string, MatchKind)[])[("==", MatchKind.Equal), ("!=", MatchKind.NotEqual)])
            if (Split(term, sign) is [var left, var right] && Label(left) is { } label && Quoted(right) is { } value) return Matcher(label, kind, value);
        var not = term.Contains(" not in ", StringComparison.Ordinal);
        if (Split(term, not ? " not in " : " in ") is not [var item, var within]) return null;
        var pattern = not ? MatchKind.NotRegex : MatchKind.Regex;
        // One of a list, or a part of a text.
        if (Label(item) is { } of && within.Trim() is ['[', .. var list, ']'] && list.Split(',').Select(Quoted).ToArray() is var values && Array.TrueForAll(values, v => v is not null))
            return Matcher(of, pattern, string.Join('|', values.Select(v => Regex.Escape(v!))));
        return Quoted(item) is { } part && Label(within) is { } whole ? Matcher(whole, pattern, Containing(part)) : null;
    }

    /// <summary>The label of <c>payload.labels.x</c>, <c>payload.commonLabels.x</c>, <c>payload.groupLabels.x</c> or <c>labels.x</c>.</summary>
    private static string? Label(string path)
    {
        var text = path.Trim().Replace("[\"", ".", StringComparison.Ordinal).Replace("['", ".", StringComparison.Ordinal).Replace("\"]", "", StringComparison.Ordinal).Replace("']", "", StringComparison.Ordinal);
        return text.Split('.') switch
        {
            ["payload", "labels" or "commonLabels" or "groupLabels", var label] => label,
            ["labels", var label] => label,
            _ => null,
        };
    }

    private static string? Quoted(string text) => text.Trim() switch
    {
        ['"', .. var inner, '"'] when !inner.Contains('"', StringComparison.Ordinal) => inner,
        ['\'', .. var inner, '\''] when !inner.Contains('\'', StringComparison.Ordinal) => inner,
        _ => null,
    };

    /// <summary>Splits outside quotes.</summary>
    private static List<string> Split(string text, string separator)
    {
        var parts = new List<string>();
        var (start, quote) = (0, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            if (quote != '\0') quote = text[i] == quote ? '\0' : quote;
            else if (text[i] is '"' or '\'') quote = text[i];
            else if (string.CompareOrdinal(text, i, separator, 0, separator.Length) == 0)
            {
                parts.Add(text[start..i]);
                i += separator.Length - 1;
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
