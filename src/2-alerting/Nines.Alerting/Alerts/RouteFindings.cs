using Nines.Alerting.Silences;

namespace Nines.Alerting.Alerts;

/// <summary>Something about a tree that its author did not mean.</summary>
/// <param name="Branch">The branch, as <c>payments/database</c>; empty for the tree.</param>
/// <param name="Path">Where it is written, as <c>spec.branches[0].match</c>.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record RouteFinding(string Branch, string Path, string What, string Remedy);

/// <summary>Looks through a tree for branches that never take an alert, and for quiet that never ends.</summary>
public static class RouteFindings
{
    /// <summary>All findings, in the order of the tree.</summary>
    /// <param name="spec">The tree.</param>
    /// <param name="isPolicy">True for the name of an escalation policy or schedule that exists.</param>
    /// <param name="isService">True for the name of a service that exists.</param>
    public static IReadOnlyList<RouteFinding> Of(RoutingSpec spec, Func<string, bool> isPolicy, Func<string, bool> isService)
    {
        var found = new List<RouteFinding>();
        Look(spec.Branches, "", "spec.branches", [], spec, isPolicy, isService, found);
        for (var i = 0; i < spec.Inhibit.Count; i++)
            if (spec.Inhibit[i] is { Equal.Count: 0 } rule && rule.Target.All(t => t.MatchesNothing))
                found.Add(new("", $"spec.inhibit[{i}]", $"The inhibition {rule.Name} holds back every alert while one source fires.", "Name what the target must be, or what both share under equal."));
        return found;
    }

    private static void Look(
        IReadOnlyList<RouteBranch> branches, string above, string path, IReadOnlyList<Matcher> asked, RoutingSpec spec, Func<string, bool> isPolicy,
        Func<string, bool> isService, List<RouteFinding> found)
    {
        for (var i = 0; i < branches.Count; i++)
        {
            var branch = branches[i];
            var (name, at) = (above.Length == 0 ? branch.Name : $"{above}/{branch.Name}", $"{path}[{i}]");
            Matcher[] all = [.. asked.Where(m => branch.Sets[m.Label].Length == 0), .. branch.Match];
            if (Contradiction(all) is var (one, other))
                found.Add(new(name, at + ".match", $"The branch {name} can never take an alert: {one} and {other} exclude each other.", "Take one of them away."));
            if (branches.Take(i).FirstOrDefault(b => !b.Continue && Covers(b.Match, branch.Match)) is { } first)
                found.Add(new(name, at, $"The branch {name} can never take an alert: {first.Name}, before it, takes all of them.", $"Put it before {first.Name}, or write continue: true there."));
            if (branch.Escalation is { Length: > 0 } policy && !isPolicy(policy))
                found.Add(new(name, at + ".escalation", $"There is no escalation policy \"{policy}\": alerts of {name} follow the service's own.", "Write an EscalationPolicy of that name."));
            if (branch.Service is { Length: > 0 } service && !isService(service))
                found.Add(new(name, at + ".service", $"There is no service \"{service}\" in the catalog.", "Write a Service of that name."));
            if (branch.Mute is { Count: > 0 } mute && mute.Any(m => spec.Intervals.GetValueOrDefault(m)?.Any(Always) == true))
                found.Add(new(name, at + ".mute", $"The branch {name} is always muted: nobody is ever told of its alerts.", "Give the interval times or days, or write severity: log."));
            Look(branch.Branches, name, at + ".branches", all, spec, isPolicy, isService, found);
        }
    }

    private static bool Always(TimeInterval interval) => interval is { Times.Count: 0, Weekdays.Count: 0, Days.Count: 0, Months.Count: 0, Years.Count: 0 };

    /// <summary>True where whatever the second list chooses is chosen by the first.</summary>
    private static bool Covers(IReadOnlyList<Matcher> wide, IReadOnlyList<Matcher> narrow) => wide.All(w => narrow.Any(n =>
        n.Label == w.Label && ((n.Kind == w.Kind && n.Value == w.Value) || (n.Kind == MatchKind.Equal && w.Matches(n.Value)))));

    private static (Matcher One, Matcher Other)? Contradiction(Matcher[] all)
    {
        foreach (var one in all)
            if (one.Kind == MatchKind.Equal && Array.Find(all, m => m.Label == one.Label && !m.Matches(one.Value)) is { } other) return (one, other);
        return null;
    }
}
