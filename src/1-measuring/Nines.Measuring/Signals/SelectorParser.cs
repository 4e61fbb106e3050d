using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Nines.Measuring.Signals;

/// <summary>Reads a selector and says exactly where it stops making sense. Columns count from 1.</summary>
internal sealed class SelectorParser(string text)
{
    private const int MaximumLength = 16 * 1024;
    private readonly List<LabelMatcher> matchers = [];
    private int at;
    private string? problem;

    public bool TryRead([NotNullWhen(true)] out Selector? selector, [NotNullWhen(false)] out string? error)
    {
        selector = Read();
        error = selector is null ? problem ?? "selector: not understood" : null;
        return selector is not null;
    }

    private Selector? Read()
    {
        if (text.Length > MaximumLength) return Fail($"selector is {text.Length} characters long; at most {MaximumLength} are allowed");
        Blank();
        if (at == text.Length) return Fail("selector is empty; write a metric name such as http_requests_total{code=~\"5..\"}");
        var name = Word(colon: true);
        Blank();
        if (name.Length == 0 && (at == text.Length || text[at] != '{')) return Expected("a metric name or '{'");
        if (at < text.Length && text[at] == '{' && !Braces()) return null;
        Blank();
        if (at < text.Length) return Expected("the end", Hint());
        if (name.Length == 0 && matchers.TrueForAll(m => m.Matches("")))
            return Fail($"selector '{text}' would match every series; name a metric or give a label that must not be empty");
        return new Selector(name.Length == 0 ? null : name, [.. matchers]);
    }

    private bool Braces()
    {
        at++;
        while (true)
        {
            Blank();
            if (at < text.Length && text[at] == '}') break;
            if (!Matcher()) return false;
            Blank();
            if (at < text.Length && text[at] == ',') { at++; continue; }
            if (at < text.Length && text[at] == '}') break;
            return Expected("',' or '}'") is not null;
        }
        at++;
        return true;
    }

    private bool Matcher()
    {
        var label = Word(colon: false);
        if (label.Length == 0) return Expected("a label name") is not null;
        Blank();
        if (Operator() is not { } op) return Expected("=, !=, =~ or !~") is not null;
        Blank();
        var start = at;
        if (Quoted() is not { } value) return false;
        var matcher = LabelMatcher.Create(label, op, value, out var reason);
        if (matcher is null) return Fail($"selector '{text}', column {start + 1}: '{value}' is not a regular expression: {reason}") is not null;
        matchers.Add(matcher);
        return true;
    }

    private MatchOperator? Operator()
    {
        var rest = text.AsSpan(at);
        (MatchOperator? op, int length) = rest switch
        {
            ['=', '~', ..] => (MatchOperator.Matches, 2),
            ['!', '~', ..] => (MatchOperator.NotMatches, 2),
            ['!', '=', ..] => (MatchOperator.NotEqual, 2),
            ['=', ..] => (MatchOperator.Equal, 1),
            _ => ((MatchOperator?)null, 0),
        };
        at += length;
        return op;
    }

    private string? Quoted()
    {
        if (at == text.Length || text[at] is not ('"' or '\'' or '`'))
        {
            Expected("a value in quotes");
            return null;
        }
        var quote = text[at++];
        var start = at;
        var value = new StringBuilder();
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == quote)
            {
                at++;
                return value.ToString();
            }
            if (c == '\\' && quote != '`')
            {
                if (++at == text.Length) break;
                value.Append(text[at] switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '\\' => "\\", '"' => "\"", '\'' => "'", var other => "\\" + other });
            }
            else value.Append(c);
        }
        Fail($"selector '{text}', column {start}: the value has no closing {quote}");
        return null;
    }

    private string Word(bool colon)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetter(text[at]) || text[at] == '_' || (colon && text[at] == ':') || (at > start && char.IsAsciiDigit(text[at]))))
            at++;
        return text[start..at];
    }

    private void Blank()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }

    private string Hint() => text[at] switch
    {
        '[' => "; a range is not needed, Nines counts the raw samples itself",
        '(' => "; functions are not selectors, name the raw counter",
        _ => "",
    };

    private Selector? Expected(string what, string hint = "")
    {
        var found = at < text.Length ? $"'{text[at]}'" : "the end";
        return Fail($"selector '{text}', column {at + 1}: expected {what}, found {found}{hint}");
    }

    private Selector? Fail(string sentence)
    {
        problem ??= sentence;
        return null;
    }
}
