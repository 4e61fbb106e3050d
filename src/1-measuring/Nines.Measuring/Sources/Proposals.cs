using System.Text;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Sources;

/// <summary>An objective that could be had from what is there.</summary>
/// <param name="Name">Name of the objective.</param>
/// <param name="Service">Name of the service.</param>
/// <param name="Words">What it measures.</param>
/// <param name="Good">Query of good events; of a ratio where <paramref name="Raw"/>.</param>
/// <param name="Total">Query of all events; empty where <paramref name="Raw"/>.</param>
/// <param name="Target">Proposed target.</param>
/// <param name="Raw">The query gives a ratio.</param>
public sealed record Proposal(string Name, string Service, string Words, string Good, string Total, double Target, bool Raw);

/// <summary>Finds services and objectives in the metrics of a server. Pure: the same metrics give the same proposals.</summary>
public static class Proposals
{
    /// <summary>Most services that are proposed at once.</summary>
    public const int MaxServices = 200;

    /// <summary>One proposal for each service and template, from the metric that the template prefers.</summary>
    internal static IReadOnlyList<Proposal> From(IReadOnlyList<SeenMetric> seen)
    {
        var best = new SortedDictionary<(string Service, int Template), (int Rank, Proposal Proposal)>();
        for (var t = 0; t < SliTemplates.All.Count; t++)
            foreach (var metric in seen)
            {
                if (SliTemplates.All[t].Fit(metric.Name) is not { } fit) continue;
                foreach (var proposal in Of(SliTemplates.All[t], fit.World, metric))
                    if (!best.TryGetValue((proposal.Service, t), out var known) || fit.Rank < known.Rank) best[(proposal.Service, t)] = (fit.Rank, proposal);
            }

        var services = best.Keys.Select(key => key.Service).Distinct().Take(MaxServices).ToHashSet();
        return [.. best.Values.Where(one => services.Contains(one.Proposal.Service)).Select(one => one.Proposal)];
    }

    /// <summary>What one metric that comes in could give: the shipped templates first, then those that are for asking only.</summary>
    public static IReadOnlyList<Proposal> From(SignalFamily family)
    {
        foreach (var templates in new[] { SliTemplates.All, SliTemplates.OnRequest })
        {
            var made = new List<Proposal>();
            foreach (var template in templates)
                if (template.Fit(family.Name) is { } fit) made.AddRange(Of(template, fit.World, SeenMetric.Of(family, fit.World)));
            if (made.Count > 0) return made;
        }

        return [];
    }

    private static IEnumerable<Proposal> Of(SliTemplate template, MetricWorld world, SeenMetric metric)
    {
        foreach (var service in metric.Groups.GroupBy(group => ServiceOf(world, group)).Where(group => group.Key.Value.Length > 0).OrderBy(group => group.Key.Value, StringComparer.Ordinal))
        {
            var name = NameOf(service.Key.Value);
            if (name.Length == 0) continue;
            var query = new QueryDraft(template, world, metric, new(service.Key.Label, "=", service.Key.Value), [.. service]);
            if (query.Write() is { } made) yield return new Proposal($"{name}-{template.Name}", name, made.Words, made.Good, made.Total, template.Target, template.Raw);
        }
    }

    private static (string Label, string Value) ServiceOf(MetricWorld world, IReadOnlyDictionary<string, string> group)
    {
        foreach (var label in world.ServiceLabels.Concat(MetricWorlds.ServiceLabels))
            if (group.GetValueOrDefault(label, "") is { Length: > 0 } value) return (label, value);
        return ("", "");
    }

    // A name by RFC 1123, as manifests ask for.
    private static string NameOf(string value)
    {
        var text = new StringBuilder();
        foreach (var c in value.ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(c)) text.Append(c);
            else if (text.Length > 0 && text[^1] != '-') text.Append('-');
        var name = text.ToString().Trim('-');
        return name.Length > 40 ? name[..40].Trim('-') : name;
    }
}
