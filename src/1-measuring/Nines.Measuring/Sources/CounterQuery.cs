using System.Diagnostics.CodeAnalysis;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Sources;

/// <summary>
/// What <c>counter: true</c> may ask a Prometheus for: a selector, or one outer <c>sum</c> around it, which is taken off. Its raw
/// samples go through the counter rules; a <c>rate</c> or <c>increase</c> would already have lost resets and births.
/// </summary>
public static class CounterQuery
{
    /// <summary>The selector inside, or a sentence that says why there is none and what to write.</summary>
    public static bool TryUnwrap(string query, [NotNullWhen(true)] out string? selector, [NotNullWhen(false)] out string? error)
    {
        selector = Inner(query.Trim()).Trim();
        if (Selector.TryParse(selector, out _, out _))
        {
            error = null;
            return true;
        }

        selector = null;
        error = $"With counter: true the query \"{(query.Length > 80 ? query[..80] + "…" : query)}\" must be a selector such as http_requests_total{{code!~\"5..\"}}, or one sum around it; for any other expression write counter: false with events per minute.";
        return false;
    }

    private static string Inner(string query)
    {
        if (!query.StartsWith("sum", StringComparison.Ordinal)) return query;
        var rest = query[3..].TrimStart();
        foreach (var word in new[] { "by", "without" })
        {
            if (!rest.StartsWith(word, StringComparison.Ordinal)) continue;
            var open = rest.IndexOf('(', StringComparison.Ordinal);
            var close = open < 0 ? -1 : rest.IndexOf(')', open);
            if (close < 0) return query;
            rest = rest[(close + 1)..].TrimStart();
            break;
        }

        if (!rest.StartsWith('(') || Closing(rest) is not { } end) return query;
        var behind = rest[(end + 1)..].Trim();
        var grouped = behind.Length == 0 || ((behind.StartsWith("by", StringComparison.Ordinal) || behind.StartsWith("without", StringComparison.Ordinal)) && behind.EndsWith(')'));
        return grouped ? rest[1..end] : query;
    }

    // Where the first parenthesis closes, texts in quotes passed over.
    private static int? Closing(string text)
    {
        var depth = 0;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                if (c == '\\' && quote != '`') i++;
                else if (c == quote) quote = '\0';
            }
            else if (c is '"' or '\'' or '`')
            {
                quote = c;
            }
            else if (c == '(')
            {
                depth++;
            }
            else if (c == ')' && --depth == 0)
            {
                return i;
            }
        }

        return null;
    }
}
