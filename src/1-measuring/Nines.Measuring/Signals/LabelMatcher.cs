using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Nines.Measuring.Signals;

/// <summary>How a <see cref="LabelMatcher"/> compares.</summary>
public enum MatchOperator : byte
{
    Equal,
    NotEqual,
    Matches,
    NotMatches,
}

/// <summary>
/// One condition of a selector. Regular expressions are anchored at both ends as in PromQL, and of the kind that cannot
/// backtrack. The numeric labels <c>le</c> and <c>quantile</c> compare as numbers, so that <c>1</c> equals <c>1.0</c>.
/// </summary>
public sealed class LabelMatcher
{
    private const int RememberedValues = 256;

    // Patterns repeat from selector to selector, and one compiled pattern weighs more than the rest of an objective.
    private const int SharedPatterns = 4_096;
    private static readonly ConcurrentDictionary<(string Name, MatchOperator Operator, string Value), LabelMatcher> Shared = new();
    private readonly ConcurrentDictionary<string, bool> _verdicts = new(StringComparer.Ordinal);
    private int _remembered;
    private readonly PlainPattern? _plain;
    private readonly Regex? _regex;
    private readonly double? _number;

    private LabelMatcher(string name, MatchOperator op, string value, PlainPattern? plain = null, Regex? compiled = null)
    {
        Name = name;
        Operator = op;
        Value = value;
        _plain = plain;
        _regex = compiled;
        _number = IsNumeric(name) ? NumberOf(value) : null;
    }

    public string Name { get; }

    public MatchOperator Operator { get; }

    public string Value { get; }

    /// <summary>Makes a matcher; for a regular expression that cannot be compiled, null and the reason.</summary>
    public static LabelMatcher? Create(string name, MatchOperator op, string value, out string? error)
    {
        error = null;
        if (op is MatchOperator.Equal or MatchOperator.NotEqual) return new(name, op, value);
        if (Shared.TryGetValue((name, op, value), out var known)) return known;
        try
        {
            const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture;
            if (PlainPattern.Of(value) is { } plain) return Share(new(name, op, value, plain));
            _ = new Regex(value, Options); // alone first: its error must not speak of the anchors, nor must "a)|(b" slip through them
            return Share(new(name, op, value, compiled: new Regex($@"\A(?:{value})\z", Options)));
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            error = refused is NotSupportedException ? "back references and look-around are not supported" : Reason(refused.Message);
            return null;
        }
    }

    /// <summary>True where the value of the label (empty when it is missing) satisfies this condition.</summary>
    public bool Matches(string value) => Operator switch
    {
        MatchOperator.Equal => EqualTo(value),
        MatchOperator.NotEqual => !EqualTo(value),
        MatchOperator.Matches => Remembered(value),
        _ => !Remembered(value),
    };

    public override string ToString()
    {
        var text = new StringBuilder(Name).Append(Operator switch
        {
            MatchOperator.Equal => "=",
            MatchOperator.NotEqual => "!=",
            MatchOperator.Matches => "=~",
            _ => "!~",
        }).Append('"');
        Labels.AppendEscaped(text, Value);
        return text.Append('"').ToString();
    }

    internal static bool IsNumeric(string name) => name is "le" or "quantile";

    internal static double? NumberOf(string text) => text switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) && double.IsFinite(d) ? d : null,
    };

    /// <summary>Values repeat from series to series, so the pattern is asked once for each of the first few.</summary>
    private bool Remembered(string value)
    {
        if (_verdicts.TryGetValue(value, out var known)) return known;
        var verdict = MatchesPattern(value);
        if (_remembered < RememberedValues)
        {
            _remembered++;
            _verdicts[value] = verdict;
        }
        return verdict;
    }

    private bool EqualTo(string value)
    {
        if (string.Equals(value, Value, StringComparison.Ordinal)) return true;
        return _number is { } wanted && NumberOf(value) is { } there && wanted.Equals(there);
    }

    /// <summary>A numeric label is tried as written, as `1` and as `1.0`: exporters differ, and people write patterns for one of them.</summary>
    private bool MatchesPattern(string value)
    {
        if (IsMatch(value)) return true;
        if (!IsNumeric(Name) || NumberOf(value) is not { } there || !double.IsFinite(there)) return false;
        var plain = there.ToString("R", CultureInfo.InvariantCulture);
        return IsMatch(plain) || (!plain.Contains('.', StringComparison.Ordinal) && IsMatch(plain + ".0"));
    }

    private bool IsMatch(string value) => _plain is not null ? _plain.Matches(value) : _regex!.IsMatch(value);

    private static LabelMatcher Share(LabelMatcher made)
    {
        if (Shared.Count < SharedPatterns) Shared[(made.Name, made.Operator, made.Value)] = made;
        return made;
    }

    private static string Reason(string message)
    {
        // .NET says: Invalid pattern '[' at offset 1. Unterminated [] set.
        var at = message.IndexOf(". ", StringComparison.Ordinal);
        return (at < 0 ? message : message[(at + 2)..]).TrimEnd('.');
    }
}
