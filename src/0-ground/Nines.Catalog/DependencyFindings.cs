using System.Runtime.CompilerServices;
using Nines.Catalog.Manifests;

namespace Nines.Catalog;

/// <summary>Says where services disagree about who calls whom, and where they need each other in a circle.</summary>
internal static class DependencyFindings
{
    private static readonly ConditionalWeakTable<ManifestSet, DependencyGraph> Graphs = [];

    public static void Check(Service service, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        for (var i = 0; i < service.Upstream.Count; i++)
            if (all.Find<Service>(service.Upstream[i]) is { Downstream.Count: > 0 } called && !called.Downstream.Contains(service.Name))
                manifest.Notes(problems, $"This service says that it calls {called.Name}, but {called.Name} lists its callers without it.", $"Add {service.Name} to the downstream of {called.Name}, or remove it here.", $"spec.dependencies.upstream[{i}]");
        for (var i = 0; i < service.Downstream.Count; i++)
            if (all.Find<Service>(service.Downstream[i]) is { Upstream.Count: > 0 } caller && !caller.Upstream.Contains(service.Name))
                manifest.Notes(problems, $"This service says that {caller.Name} calls it, but {caller.Name} lists what it calls without it.", $"Add {service.Name} to the upstream of {caller.Name}, or remove it here.", $"spec.dependencies.downstream[{i}]");
        if ((service.Upstream.Count == 0 && service.Downstream.Count == 0) || service.Upstream.Contains(service.Name) || service.Downstream.Contains(service.Name)) return;
        var graph = Graphs.GetValue(all, set => DependencyGraph.Of(set.Of<Service>()));
        // A circle is said once, at the first of its services by name.
        if (graph.CircleFrom(service.Name) is { } circle && circle.Min(StringComparer.Ordinal) == service.Name)
            manifest.Notes(problems, $"Services need each other in a circle: {string.Join(" > ", circle)}.", "One of them must be able to start, and to fail, without the next.", "spec.dependencies");
    }
}
