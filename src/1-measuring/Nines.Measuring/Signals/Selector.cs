using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Nines.Measuring.Signals;

/// <summary>Chooses series by name and labels: <c>name{label="v",label!="v",label=~"re",label!~"re"}</c>, as PromQL writes it.</summary>
public sealed class Selector
{
    private readonly LabelMatcher[] _matchers;

    internal Selector(string? name, LabelMatcher[] conditions)
    {
        Name = name;
        _matchers = conditions;
    }

    /// <summary>The metric name that is asked for, or null where only <c>__name__</c> patterns or other labels choose.</summary>
    public string? Name { get; }

    /// <summary>The conditions in braces, in the order written.</summary>
    public ReadOnlySpan<LabelMatcher> Matchers => _matchers;

    /// <summary>For selectors written in code; what people write goes through <see cref="TryParse"/>.</summary>
    public static Selector Parse(string text) => TryParse(text, out var selector, out var error) ? selector : throw new FormatException(error);

    /// <summary>False with a sentence that names the place and what was expected there.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Selector? selector, [NotNullWhen(false)] out string? error)
        => new SelectorParser(text).TryRead(out selector, out error);

    /// <summary>True where a series of this name could match, whatever its other labels: such names are a family of interest.</summary>
    public bool CouldMatch(string metricName)
    {
        if (Name is not null) return string.Equals(Name, metricName, StringComparison.Ordinal);
        foreach (var matcher in _matchers)
            if (string.Equals(matcher.Name, Labels.MetricName, StringComparison.Ordinal) && !matcher.Matches(metricName))
                return false;
        return true;
    }

    public bool Matches(Labels labels)
    {
        if (Name is not null && !string.Equals(Name, labels.Name, StringComparison.Ordinal)) return false;
        foreach (var matcher in _matchers)
            if (!matcher.Matches(labels[matcher.Name]))
                return false;
        return true;
    }

    /// <summary>The canonical text: parsing it gives an equal selector.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Name);
        if (_matchers.Length == 0) return text.ToString();
        return text.Append('{').AppendJoin(',', (IEnumerable<LabelMatcher>)_matchers).Append('}').ToString();
    }
}
