using Nines.Measuring.Signals;

namespace Nines.Measuring.Sources;

/// <summary>A metric as it is found: its name, the combinations of the labels that matter, and which other labels it has.</summary>
/// <param name="Name">Metric name.</param>
/// <param name="Groups">Label values by name, each combination once.</param>
/// <param name="Labels">Names of all its labels, also of those whose values nobody needs.</param>
internal sealed record SeenMetric(string Name, IReadOnlyList<IReadOnlyDictionary<string, string>> Groups, IReadOnlySet<string> Labels)
{
    /// <summary>Labels whose values a template reads; of any other label the name is enough.</summary>
    public static IReadOnlySet<string> Read { get; } = Labelled().ToHashSet(StringComparer.Ordinal);

    /// <summary>A metric that comes in, as the explorer knows it: some values of each label, each taken with each service.</summary>
    public static SeenMetric Of(SignalFamily family, MetricWorld world)
    {
        var naming = world.ServiceLabels.Concat(MetricWorlds.ServiceLabels).Select(name => family.Labels.FirstOrDefault(label => label.Name == name)).FirstOrDefault(label => label is not null);
        var services = naming?.Values.Select(value => new Dictionary<string, string> { [naming.Name] = value }).ToArray() ?? [[]];
        var groups = new List<IReadOnlyDictionary<string, string>>(services);
        foreach (var label in family.Labels.Where(label => label.Name != naming?.Name && Read.Contains(label.Name)))
            foreach (var value in label.Values)
                foreach (var service in services) groups.Add(new Dictionary<string, string>(service) { [label.Name] = value });
        return new(family.Name, groups, family.Labels.Select(label => label.Name).ToHashSet(StringComparer.Ordinal));
    }

    // Where one of two views is picked its values are needed: what nobody reports is not asked for.
    private static IEnumerable<string> Labelled()
    {
        var worlds = SliTemplates.All.Concat(SliTemplates.OnRequest).SelectMany(template => template.Worlds).ToArray();
        return MetricWorlds.ServiceLabels.Append("le")
            .Concat(worlds.SelectMany(world => world.ServiceLabels))
            .Concat(worlds.SelectMany(world => world.Outcomes).Select(outcome => outcome.Label))
            .Concat(worlds.SelectMany(world => world.Conditions).Where(condition => condition.Excludes is null).Select(condition => condition.Name));
    }
}
