using System.Text.RegularExpressions;
using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using Nines.Kernel;

namespace Nines.Alerting.Alertmanager;

/// <summary>Which alerts a reader asks for.</summary>
/// <param name="Active">Those that nothing holds back.</param>
/// <param name="Silenced">Those that a silence holds back.</param>
/// <param name="Inhibited">Those that another alert holds back.</param>
/// <param name="Matchers">All of them have to choose it.</param>
/// <param name="Receiver">The route that it went to; null for any.</param>
public sealed record AlertQuery(bool Active, bool Silenced, bool Inhibited, IReadOnlyList<Matcher> Matchers, Regex? Receiver)
{
    private static readonly string[] Yes = ["true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled"];

    /// <summary>Reads the parameters.</summary>
    /// <param name="value">The first value of a parameter, or null.</param>
    /// <param name="values">All values of a parameter.</param>
    public static Outcome<AlertQuery> Read(Func<string, string?> value, Func<string, IEnumerable<string>> values)
    {
        var matchers = Filter(values("filter"));
        if (!matchers.Ok) return Outcome<AlertQuery>.Failed(matchers.Problems);
        Regex? receiver = null;
        if (value("receiver") is { Length: > 0 } pattern)
        {
            try
            {
                receiver = new($"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.Singleline);
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                return Problem.Invalid($"failed to parse receiver param: {e.Message}");
            }
        }

        return new AlertQuery(Is("active"), Is("silenced"), Is("inhibited"), matchers.Value, receiver);

        bool Is(string name) => value(name) is not { Length: > 0 } said || Yes.Contains(said, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads matchers, each <c>name=value</c> and its siblings.</summary>
    public static Outcome<IReadOnlyList<Matcher>> Filter(IEnumerable<string> texts)
    {
        var matchers = new List<Matcher>();
        foreach (var text in texts)
        {
            var read = Matcher.Parse(text);
            if (!read.Ok || read.Value.Label.AsSpan().IndexOfAny("{}(),") >= 0)
                return Problem.Invalid(read.Ok || read.Problems[0].What.EndsWith("is not a matcher.", StringComparison.Ordinal) ? $"bad matcher format: {text}" : read.Problems[0].What);
            matchers.Add(read.Value);
        }

        return matchers;
    }

    /// <summary>True where the labels are asked for.</summary>
    public bool Asks(AlertLabels labels)
    {
        foreach (var matcher in Matchers)
            if (!matcher.Matches(labels)) return false;
        return true;
    }
}
