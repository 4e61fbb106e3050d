using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Nines.Alerting.Alerts;
using Nines.Kernel;

namespace Nines.Alerting.Silences;

/// <summary>How a matcher compares.</summary>
public enum MatchKind
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>=~</c>, the whole value.</summary>
    Regex,

    /// <summary><c>!~</c>, the whole value.</summary>
    NotRegex,
}

/// <summary>
/// Chooses alerts by one label. Patterns are anchored and run without backtracking, in time linear in the value (as RE2
/// does for Alertmanager). A label that an alert lacks is the empty text.
/// </summary>
public sealed record Matcher
{
    private readonly Regex? _pattern;

    /// <summary>Builds one; a pattern that does not read is an exception: check with <see cref="Parse"/> first.</summary>
    [JsonConstructor]
    public Matcher(string label, MatchKind kind, string value)
    {
        (Label, Kind, Value) = (label, kind, value);
        if (kind is MatchKind.Regex or MatchKind.NotRegex) _pattern = new($"^(?:{value})$", RegexOptions.NonBacktracking | RegexOptions.Singleline);
    }

    /// <summary>The label's name.</summary>
    public string Label { get; }

    /// <summary>How it compares.</summary>
    public MatchKind Kind { get; }

    /// <summary>What it compares with.</summary>
    public string Value { get; }

    /// <summary>True where an alert with these labels is chosen.</summary>
    public bool Matches(AlertLabels labels) => Matches(labels[Label]);

    /// <summary>True where this value of its label is chosen; the empty text where there is no such label.</summary>
    public bool Matches(string value) => Kind switch
    {
        MatchKind.Equal => value == Value,
        MatchKind.NotEqual => value != Value,
        MatchKind.Regex => _pattern!.IsMatch(value),
        _ => !_pattern!.IsMatch(value),
    };

    /// <summary>True where it also chooses an alert that has no such label.</summary>
    [JsonIgnore]
    public bool MatchesNothing => Matches(AlertLabels.None);

    /// <summary>Reads <c>service=checkout</c>, <c>code!=200</c>, <c>pod=~"web-.*"</c>, <c>env!~dev|test</c>; quotes may be left out.</summary>
    public static Outcome<Matcher> Parse(string text)
    {
        var at = text.AsSpan().IndexOfAny('=', '!');
        if (at <= 0) return Bad(text);
        var label = text[..at].Trim();
        var rest = text[at..];
        var (kind, skip) = rest switch
        {
            ['=', '~', ..] => (MatchKind.Regex, 2),
            ['!', '~', ..] => (MatchKind.NotRegex, 2),
            ['!', '=', ..] => (MatchKind.NotEqual, 2),
            ['=', ..] => (MatchKind.Equal, 1),
            _ => (MatchKind.Equal, 0),
        };
        if (skip == 0 || label.Length == 0 || label.AsSpan().IndexOfAny(" \t\n\"") >= 0) return Bad(text);
        var value = rest[skip..].Trim();
        if (value.Length > 1 && value[0] == '"' && value[^1] == '"')
            value = value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        try
        {
            return new Matcher(label, kind, value);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Problem.Invalid($"\"{value}\" is not a pattern: {e.Message}", "Write a regular expression without look-around or back-references.", "matchers");
        }
    }

    /// <inheritdoc />
    public override string ToString() => $"{Label}{Sign(Kind)}\"{Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Sign(MatchKind kind) => kind switch
    {
        MatchKind.Equal => "=",
        MatchKind.NotEqual => "!=",
        MatchKind.Regex => "=~",
        _ => "!~",
    };

    private static Outcome<Matcher> Bad(string text) =>
        Problem.Invalid($"\"{text}\" is not a matcher.", "Write label=value, label!=value, label=~pattern or label!~pattern.", "matchers");
}
