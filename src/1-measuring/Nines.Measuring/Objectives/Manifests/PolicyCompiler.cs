using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>Turns the policies that an SLO names into one burn policy.</summary>
internal static class PolicyCompiler
{
    /// <summary>Reports a policy that is named and not there, and the references of an inline one.</summary>
    public static void CheckUse(PolicyUse use, string path, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (use.Inline is not null) AlertReading.CheckReferences(use.Inline, path + ".spec", manifest, all, problems);
        if (use.Ref is not { } name || IsKnown(name, all)) return;
        var names = all.Manifests<AlertPolicyDefinition>().Concat(all.Manifests<BurnAlertPolicyDefinition>()).Select(m => m.Metadata.Name).Concat(BurnPolicy.Named.Select(p => p.Name));
        var meant = NearestName.Of(name, names);
        manifest.Dangles(all, problems, $"There is no alert policy \"{name}\".", $"{(meant is null ? "" : $"Did you mean \"{meant}\"? ")}Write an AlertPolicy or BurnAlertPolicy, or name a shipped one: {string.Join(", ", BurnPolicy.Named.Select(p => p.Name))}.", path);
    }

    /// <summary>The policy of an SLO; the shipped one where it names none.</summary>
    public static BurnPolicy Compile(SloDefinition slo, ManifestSet all)
    {
        var policies = slo.Policies.Select(u => Compile(u, all)).OfType<BurnPolicy>().ToArray();
        if (policies.Length == 0) return slo.Policies.Count == 0 ? BurnPolicy.Shipped : BurnPolicy.None;
        if (policies.Length == 1) return policies[0];
        return new(string.Join(" + ", policies.Select(p => p.Name)), [.. policies.SelectMany(p => p.Pairs)])
        {
            Written = policies.Any(p => p.Written),
            BudgetConsumed = policies.Any(p => p.BudgetConsumed),
        };
    }

    /// <summary>What Nines' own policies say beside their pairs; the first that says something counts.</summary>
    public static BurnAlertPolicyDefinition? Own(SloDefinition slo, ManifestSet all) =>
        slo.Policies.Select(u => u.Ref is { } name ? all.Find<BurnAlertPolicyDefinition>(name) : null).FirstOrDefault(p => p is not null);

    /// <summary>The manifests that a policy is made from.</summary>
    public static IEnumerable<CompiledManifest> Inputs(SloDefinition slo, ManifestSet all)
    {
        foreach (var use in slo.Policies)
        {
            if (use.Ref is { } name)
                foreach (var key in (ManifestKey[])[new(OpenSloFields.Version, "AlertPolicy", name), new("nines/v1", "BurnAlertPolicy", name)])
                    if (all.Find(key) is { } manifest) yield return manifest;
            var policy = use.Inline ?? (use.Ref is { } referred ? all.Find<AlertPolicyDefinition>(referred) : null);
            foreach (var condition in policy?.Conditions ?? [])
                if (condition.Ref is { } named && all.Find(new ManifestKey(OpenSloFields.Version, "AlertCondition", named)) is { } found) yield return found;
        }
    }

    private static bool IsKnown(string name, ManifestSet all) =>
        all.Has(OpenSloFields.Version, "AlertPolicy", name) || all.Has("nines/v1", "BurnAlertPolicy", name) || BurnPolicy.Named.Any(p => p.Name == name);

    private static BurnPolicy? Compile(PolicyUse use, ManifestSet all)
    {
        if (use.Inline is not null) return FromOpenSlo(use.Inline, all);
        if (all.Find<AlertPolicyDefinition>(use.Ref!) is { } policy) return FromOpenSlo(policy, all);
        if (all.Find<BurnAlertPolicyDefinition>(use.Ref!) is { } own) return own.Policy;
        return BurnPolicy.Named.FirstOrDefault(p => p.Name == use.Ref);
    }

    private static BurnPolicy FromOpenSlo(AlertPolicyDefinition policy, ManifestSet all)
    {
        if (!policy.WhenBreaching) return BurnPolicy.None with { Name = policy.Name.Length > 0 ? policy.Name : "none" };
        var conditions = policy.Conditions.Select(c => c.Inline ?? (c.Ref is { } name ? all.Find<AlertConditionDefinition>(name) : null)).OfType<AlertConditionDefinition>();
        return new(policy.Name.Length > 0 ? policy.Name : "alertPolicies", [.. conditions.Select(Pair)]) { Written = true };
    }

    /// <summary>
    /// OpenSLO has one window, so both windows are the same; alertAfter is the time for which the condition must be valid
    /// before it alerts (OpenSLO v1, AlertCondition), as Prometheus' <c>for</c>.
    /// </summary>
    private static BurnPair Pair(AlertConditionDefinition condition) =>
        new(condition.Severity, condition.Lookback, condition.Lookback) { Factor = condition.Threshold, After = condition.AlertAfter };
}
