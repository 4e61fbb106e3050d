using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Nines.Measuring.Signals;

/// <summary>Reads a selector and says exactly where it stops making sense. Columns count from 1.</summary>
internal sealed class SelectorParser(string text)
{
    private const int MaximumLength = 16 * 1024;
    private readonly List<LabelMatcher> _matchers = [];
    private int _at;
    private string? _problem;

    public bool TryRead([NotNullWhen(true)] out Selector? selector, [NotNullWhen(false)] out string? error)
    {
        selector = Read();
        error = selector is null ? _problem ?? "selector: not understood" : null;
        return selector is not null;
    }

    private Selector? Read()
    {
        if (text.Length > MaximumLength) return Fail($"selector is {text.Length} characters long; at most {MaximumLength} are allowed");
        Blank();
        if (_at == text.Length) return Fail("selector is empty; write a metric name such as http_requests_total{code=~\"5..\"}");
        var name = Word(colon: true);
        Blank();
        if (name.Length == 0 && (_at == text.Length || text[_at] != '{')) return Expected("a metric name or '{'");
        if (_at < text.Length && text[_at] == '{' && !Braces()) return null;
        Blank();
        if (_at < text.Length) return Expected("the end", Hint());
        if (name.Length == 0 && _matchers.TrueForAll(m => m.Matches("")))
            return Fail($"selector '{text}' would match every series; name a metric or give a label that must not be empty");
        return new Selector(name.Length == 0 ? null : name, [.. _matchers]);
    }

    private bool Braces()
    {
        _at++;
        while (true)
        {
            Blank();
            if (_at < text.Length && text[_at] == '}') break;
            if (!Matcher()) return false;
            Blank();
            if (_at < text.Length && text[_at] == ',') { _at++; continue; }
            if (_at < text.Length && text[_at] == '}') break;
            return Expected("',' or '}'") is not null;
        }
        _at++;
        return true;
    }

    private bool Matcher()
    {
        var label = Word(colon: false);
        if (label.Length == 0) return Expected("a label name") is not null;
        Blank();
        if (Operator() is not { } op) return Expected("=, !=, =~ or !~") is not null;
        Blank();
        var start = _at;
        if (Quoted() is not { } value) return false;
        var matcher = LabelMatcher.Create(label, op, value, out var reason);
        if (matcher is null) return Fail($"selector '{text}', column {start + 1}: '{value}' is not a regular expression: {reason}") is not null;
        _matchers.Add(matcher);
        return true;
    }

    private MatchOperator? Operator()
    {
        var rest = text.AsSpan(_at);
        (MatchOperator? op, int length) = rest switch
        {
            ['=', '~', ..] => (MatchOperator.Matches, 2),
            ['!', '~', ..] => (MatchOperator.NotMatches, 2),
            ['!', '=', ..] => (MatchOperator.NotEqual, 2),
            ['=', ..] => (MatchOperator.Equal, 1),
            _ => ((MatchOperator?)null, 0),
        };
        _at += length;
        return op;
    }

    private string? Quoted()
    {
        if (_at == text.Length || text[_at] is not ('"' or '\'' or '`'))
        {
            Expected("a value in quotes");
            return null;
        }
        var quote = text[_at++];
        var start = _at;
        var value = new StringBuilder();
        for (; _at < text.Length; _at++)
        {
            var c = text[_at];
            if (c == quote)
            {
                _at++;
                return value.ToString();
            }
            if (c == '\\' && quote != '`')
            {
                if (++_at == text.Length) break;
                value.Append(text[_at] switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '\\' => "\\", '"' => "\"", '\'' => "'", var other => "\\" + other });
            }
            else value.Append(c);
        }
        Fail($"selector '{text}', column {start}: the value has no closing {quote}");
        return null;
    }

    private string Word(bool colon)
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetter(text[_at]) || text[_at] == '_' || (colon && text[_at] == ':') || (_at > start && char.IsAsciiDigit(text[_at]))))
            _at++;
        return text[start.._at];
    }

    private void Blank()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
    }

    private string Hint() => text[_at] switch
    {
        '[' => "; a range is not needed, Nines counts the raw samples itself",
        '(' => "; functions are not selectors, name the raw counter",
        _ => "",
    };

    private Selector? Expected(string what, string hint = "")
    {
        var found = _at < text.Length ? $"'{text[_at]}'" : "the end";
        return Fail($"selector '{text}', column {_at + 1}: expected {what}, found {found}{hint}");
    }

    private Selector? Fail(string sentence)
    {
        _problem ??= sentence;
        return null;
    }
}
