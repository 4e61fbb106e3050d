using Nines.Alerting.Silences;

namespace Nines.Alerting.Alerts;

/// <summary>While a source fires, its targets are not told: they say the same.</summary>
/// <param name="Name">As the trail names it.</param>
/// <param name="Source">An alert is a source where all of them choose it.</param>
/// <param name="Target">An alert is a target where all of them choose it.</param>
/// <param name="Equal">Labels whose values both share; one that both lack counts as shared, as in Alertmanager.</param>
public sealed record InhibitRule(string Name, IReadOnlyList<Matcher> Source, IReadOnlyList<Matcher> Target, IReadOnlyList<string> Equal)
{
    /// <summary>True where an alert holds others back.</summary>
    public bool IsSource(in RouteFacts facts) => All(Source, facts);

    /// <summary>True where an alert can be held back.</summary>
    public bool IsTarget(in RouteFacts facts) => All(Target, facts);

    /// <summary>The values that source and target share.</summary>
    internal string Shared(RouteFacts facts) => string.Join('\u0001', Equal.Select(n => facts[n]));

    private static bool All(IReadOnlyList<Matcher> matchers, in RouteFacts facts)
    {
        foreach (var matcher in matchers)
            if (!matcher.Matches(facts[matcher.Label])) return false;
        return true;
    }
}
