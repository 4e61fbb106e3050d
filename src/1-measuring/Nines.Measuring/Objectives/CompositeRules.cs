using Nines.Kernel;

namespace Nines.Measuring.Objectives;

/// <summary>Checks how composites hang together: members exist, nothing contains itself (semantics.md 11).</summary>
public static class CompositeRules
{
    /// <summary>Every mistake of a set of objectives.</summary>
    public static IReadOnlyList<Problem> Check(IReadOnlyCollection<Objective> objectives)
    {
        var byName = new Dictionary<string, Objective>();
        foreach (var objective in objectives) byName[objective.Name] = objective;
        var problems = new List<Problem>();
        foreach (var objective in objectives)
        {
            for (var i = 0; i < objective.Composite.Count; i++)
            {
                var member = objective.Composite[i];
                var path = $"{objective.Name}: spec.objectives[{i}]";
                if (!byName.ContainsKey(member.Objective))
                    problems.Add(Problem.Invalid($"The member \"{member.Objective}\" does not exist.", "Name an objective that does.", path));
                if (member.Weight <= 0)
                    problems.Add(Problem.Invalid($"The weight of \"{member.Objective}\" is {member.Weight}.", "Write a weight above 0.", path));
            }

            if (Circle(objective.Name, byName) is { } circle)
                problems.Add(Problem.Invalid($"A composite contains itself: {circle}.", "Take one of these members out.", objective.Name));
        }

        return problems;
    }

    private static string? Circle(string start, Dictionary<string, Objective> byName)
    {
        var path = new List<string> { start };
        return Walk(path) ? string.Join(" > ", path) : null;

        bool Walk(List<string> at)
        {
            if (at.Count > byName.Count + 1 || !byName.TryGetValue(at[^1], out var here)) return false;
            foreach (var member in here.Composite)
            {
                at.Add(member.Objective);
                if (member.Objective == start || (!at[..^1].Contains(member.Objective) && Walk(at))) return true;
                at.RemoveAt(at.Count - 1);
            }

            return false;
        }
    }
}
