using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;
using NodaTime;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>Turns manifests into the objectives that the engine watches. Pure.</summary>
public static class ObjectiveCompiler
{
    /// <summary>Every objective of a set, in the order of their SLOs' names; what has errors is left out.</summary>
    public static IReadOnlyList<Objective> Compile(ManifestSet all) => [.. Groups(all).SelectMany(g => g.Compile())];

    /// <summary>The objectives of each manifest with everything that they are made from.</summary>
    internal static IEnumerable<ObjectiveGroup> Groups(ManifestSet all)
    {
        var exclusions = all.Manifests<ExclusionDefinition>();
        foreach (var manifest in all.Manifests<SloDefinition>())
        {
            if (all.ProblemsOf(manifest.Key).Any(p => p.IsError)) continue;
            var slo = (SloDefinition)manifest.Spec!;
            yield return new(manifest, [manifest, .. Inputs(slo, all), .. PolicyCompiler.Inputs(slo, all), .. Touching(exclusions, slo)], () => Slo(slo, all));
        }

        foreach (var manifest in all.Manifests<CompositeDefinition>())
        {
            if (all.ProblemsOf(manifest.Key).Any(p => p.IsError)) continue;
            var composite = (CompositeDefinition)manifest.Spec!;
            yield return new(manifest, [manifest, .. PolicyCompiler.Inputs(composite.Slo, all), .. Touching(exclusions, composite.Slo)], () => [Composite(composite, all)]);
        }
    }

    /// <summary>Reports what only shows once an SLO is worked out: burn pairs that cannot fire.</summary>
    internal static void CheckSlo(SloDefinition slo, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        var objectives = Slo(slo, all, evenWithoutIndicator: true);
        // Objectives of one target share their plan; the same sentence twice helps nobody.
        foreach (var objective in objectives.DistinctBy(o => o.Target)) CheckPlan(objective, manifest, problems);
    }

    /// <summary>A sentence for each objective: how many minutes of a total outage page somebody.</summary>
    internal static IReadOnlyList<string> Outages(SloDefinition slo, ManifestSet all) => [.. Slo(slo, all, evenWithoutIndicator: true)
        .Where(o => o.Policy.Pairs.Count > 0 || o.Composite.Count > 0)
        .Select(o => (o.Name, BurnPlan.For(o).OutageMinutesToPage))
        .Select(o => o.OutageMinutesToPage is { } minutes
            ? $"{o.Name}: a total outage pages after {minutes} minute{(minutes == 1 ? "" : "s")}."
            : $"{o.Name}: a total outage pages nobody.")];

    /// <summary>Reports the problems of an objective's burn plan.</summary>
    internal static void CheckPlan(Objective objective, CompiledManifest manifest, ProblemList problems)
    {
        var path = manifest.Document.Root.Find("spec")?.Value is ManifestMapping spec && spec.Find("alertPolicies") is not null ? "spec.alertPolicies" : "spec.objectives";
        foreach (var problem in BurnPlan.For(objective).Problems)
            problems.Add(problem with { Path = path, Place = manifest.PlaceOf(path) });
    }

    /// <summary>The one objective of a composite manifest.</summary>
    internal static Objective Composite(CompositeDefinition composite, ManifestSet all) => Common(composite.Slo, composite.Slo.Name, all) with
    {
        Target = composite.Target,
        Composite = composite.Members,
        TimeSliceWindow = composite.Slice,
        TimeSliceTarget = composite.SliceTarget,
    };

    private static List<Objective> Slo(SloDefinition slo, ManifestSet all, bool evenWithoutIndicator = false)
    {
        var objectives = new List<Objective>();
        foreach (var one in slo.Objectives)
        {
            var name = ObjectiveNames.Of(slo, one);
            var indicator = Indicator(slo, one, name, all);
            if (indicator is null && !evenWithoutIndicator) continue;
            objectives.Add(Common(slo, name, all) with
            {
                DisplayName = one.DisplayName.Length > 0 && slo.Objectives.Count > 1 ? $"{slo.DisplayName}: {one.DisplayName}" : slo.DisplayName,
                Target = one.Target,
                Indicator = indicator,
                TimeSliceTarget = one.TimeSliceTarget ?? 1,
                TimeSliceWindow = one.TimeSliceWindow ?? Duration.FromMinutes(1),
                // The members of an OpenSLO composite alert through the whole, which names the one that burns most.
                Policy = slo.IsComposite ? BurnPolicy.None : PolicyCompiler.Compile(slo, all),
            });
        }

        if (slo.IsComposite && objectives.Count == slo.Objectives.Count) objectives.Insert(0, Whole(slo, objectives, all));
        return objectives;
    }

    /// <summary>
    /// OpenSLO's composite: objectives with an SLI each. Its budget is the weighted mean of its members' budgets.
    /// </summary>
    private static Objective Whole(SloDefinition slo, List<Objective> members, ManifestSet all)
    {
        var weights = slo.Objectives.Sum(o => o.Weight);
        var budget = slo.Objectives.Sum(o => o.Weight * (1 - o.Target)) / weights;
        return Common(slo, slo.Name, all) with
        {
            Target = Math.Round(1 - budget, 12),
            Composite = [.. members.Select((m, i) => new CompositeMember(m.Name, slo.Objectives[i].Weight))],
            TimeSliceWindow = slo.Objectives[0].TimeSliceWindow ?? Duration.FromMinutes(1),
            TimeSliceTarget = slo.Objectives[0].TimeSliceTarget ?? 1,
        };
    }

    private static Objective Common(SloDefinition slo, string name, ManifestSet all)
    {
        var own = PolicyCompiler.Own(slo, all);
        return new()
        {
            Name = name,
            Slo = slo.Name,
            Service = slo.Service,
            DisplayName = slo.DisplayName,
            Description = slo.Description,
            Target = 0.5,
            Window = slo.Window,
            Method = slo.Method,
            Policy = PolicyCompiler.Compile(slo, all),
            NoData = slo.Extras.NoData ?? own?.NoData ?? NoDataPolicy.Ignore,
            StaleAfter = slo.Extras.StaleAfter ?? own?.StaleAfter,
            MinFailures = slo.Extras.MinFailures ?? own?.MinFailures ?? 3,
            Exclusions = [.. Touching(all.Manifests<ExclusionDefinition>(), slo)
                .Select(m => (ExclusionDefinition)m.Spec!)
                .Where(e => e.Services.Contains(slo.Service) || e.Objectives.Contains(slo.Name) || e.Objectives.Contains(name))
                .Select(e => e.Exclusion)],
        };
    }

    /// <summary>
    /// The stream's lasting name is the SLI's where several SLOs may share it, else the objective's own: an edit of
    /// query, target or limit keeps the history (semantics.md 1).
    /// </summary>
    private static IndicatorSpec? Indicator(SloDefinition slo, SloObjective one, string name, ManifestSet all)
    {
        var reference = one.IndicatorRef ?? slo.IndicatorRef;
        var definition = one.Indicator ?? (one.IndicatorRef is null ? slo.Indicator : null) ?? (reference is null ? null : IndicatorCompiler.Resolve(reference, all));
        if (definition is null) return null;
        var perObjective = definition.Threshold is not null || definition.Windows is not null || slo.IsComposite;
        var shared = reference is not null && one.Indicator is null && definition.Threshold is null && definition.Windows is null;
        return IndicatorCompiler.Compile(definition, shared ? "sli/" + reference : perObjective ? name : slo.Name, one, all);
    }

    private static IEnumerable<CompiledManifest> Inputs(SloDefinition slo, ManifestSet all)
    {
        foreach (var name in slo.Objectives.Select(o => o.IndicatorRef).Append(slo.IndicatorRef).OfType<string>())
            if (IndicatorCompiler.ManifestOf(name, all) is { } manifest)
            {
                yield return manifest;
                if (IndicatorCompiler.Resolve(name, all)?.Windows?.InnerRef is { } inner && IndicatorCompiler.ManifestOf(inner, all) is { } below) yield return below;
            }

        foreach (var source in all.Manifests<Sources.DataSource>()) yield return source;
    }

    private static IEnumerable<CompiledManifest> Touching(IReadOnlyList<CompiledManifest> exclusions, SloDefinition slo) => exclusions.Where(m =>
        m.Spec is ExclusionDefinition e && (e.Services.Contains(slo.Service) || e.Objectives.Any(o => o == slo.Name || o.StartsWith(slo.Name + ".", StringComparison.Ordinal))));
}

/// <summary>The objectives of one manifest, and everything that they are made from.</summary>
internal sealed record ObjectiveGroup(CompiledManifest Manifest, IReadOnlyList<CompiledManifest> Inputs, Func<IReadOnlyList<Objective>> Compile);
