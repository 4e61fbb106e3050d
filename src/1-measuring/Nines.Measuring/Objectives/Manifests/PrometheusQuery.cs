namespace Nines.Measuring.Objectives.Manifests;

/// <summary>What may stand around a selector in a Prometheus query of a counter.</summary>
internal static class PrometheusQuery
{
    /// <summary>
    /// The query without one outer <c>sum</c>: raw samples are summed by Nines itself, after the counter rules
    /// (contract.md). Anything else is returned as it is.
    /// </summary>
    public static string Unwrap(string query)
    {
        var text = query.Trim();
        if (!text.StartsWith("sum", StringComparison.Ordinal) || !text.EndsWith(')')) return text;
        var rest = text[3..].TrimStart();
        if (!rest.StartsWith('(')) return text;
        var inner = rest[1..^1];
        return Balanced(inner) ? inner.Trim() : text;
    }

    /// <summary>True where no parenthesis outside quotes closes before it opens: "a) + (b" is not one argument.</summary>
    private static bool Balanced(string text)
    {
        var depth = 0;
        char? quote = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote is not null)
            {
                if (c == '\\' && quote != '`') i++;
                else if (c == quote) quote = null;
            }
            else if (c is '"' or '\'' or '`') quote = c;
            else if (c == '(') depth++;
            else if (c == ')' && --depth < 0) return false;
        }

        return depth == 0 && quote is null;
    }
}
