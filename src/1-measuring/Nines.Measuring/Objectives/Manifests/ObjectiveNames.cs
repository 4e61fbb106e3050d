using System.Globalization;
using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>Addresses of objectives: <c>NAME</c> for the first of an SLO, <c>NAME.displayName-or-index</c> for the others.</summary>
internal static class ObjectiveNames
{
    /// <summary>The address of one objective of an SLO. In a composite the SLO's name means the whole.</summary>
    public static string Of(SloDefinition slo, SloObjective objective) =>
        objective.Index == slo.Objectives[0].Index && !slo.IsComposite ? slo.Name : $"{slo.Name}.{objective.Suffix}";

    /// <summary>True where an address means something.</summary>
    public static bool Exists(string name, ManifestSet all)
    {
        if (all.Has(OpenSloFields.Version, "SLO", name) || all.Has("nines/v1", "Composite", name)) return true;
        // Names hold dots themselves, so every dot may be the one.
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = name.IndexOf('.', dot + 1))
            if (all.Find<SloDefinition>(name[..dot]) is { } slo && slo.Objectives.Any(o => o.Suffix == name[(dot + 1)..] || o.Index.ToString(CultureInfo.InvariantCulture) == name[(dot + 1)..])) return true;
        return false;
    }

    /// <summary>The way by which a composite contains itself, or null.</summary>
    public static string? Circle(string name, ManifestSet all)
    {
        var path = new List<string> { name };
        return Walk(path, all, []) ? string.Join(" > ", path) : null;
    }

    private static bool Walk(List<string> path, ManifestSet all, HashSet<string> seen)
    {
        foreach (var member in all.Find<CompositeDefinition>(path[^1])?.Members ?? [])
        {
            path.Add(member.Objective);
            if (member.Objective == path[0] || (seen.Add(member.Objective) && Walk(path, all, seen))) return true;
            path.RemoveAt(path.Count - 1);
        }

        return false;
    }
}
