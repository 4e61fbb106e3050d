using System.Globalization;
using System.Text;

namespace Nines.Measuring.Sources;

/// <summary>A metric as a server has it: its name and the combinations of the labels that matter.</summary>
/// <param name="Name">Metric name.</param>
/// <param name="Groups">Label values by name, each combination once.</param>
internal sealed record SeenMetric(string Name, IReadOnlyList<IReadOnlyDictionary<string, string>> Groups);

/// <summary>An objective that could be had from what is there.</summary>
/// <param name="Name">Name of the objective.</param>
/// <param name="Service">Name of the service.</param>
/// <param name="Words">What it measures.</param>
/// <param name="Good">Query of good events; of a ratio where <paramref name="Raw"/>.</param>
/// <param name="Total">Query of all events; empty where <paramref name="Raw"/>.</param>
/// <param name="Target">Proposed target.</param>
/// <param name="Raw">The query gives a ratio.</param>
internal sealed record Proposal(string Name, string Service, string Words, string Good, string Total, double Target, bool Raw);

/// <summary>Finds services and objectives in the metrics of a server. Pure: the same metrics give the same proposals.</summary>
internal static class Proposals
{
    /// <summary>Most services that are proposed at once.</summary>
    public const int MaxServices = 200;

    /// <summary>One proposal for each service and template, from the metric that the template prefers.</summary>
    public static IReadOnlyList<Proposal> From(IReadOnlyList<SeenMetric> seen)
    {
        var best = new SortedDictionary<(string Service, int Template), (int Rank, Proposal Proposal)>();
        for (var t = 0; t < SliTemplates.All.Count; t++)
            foreach (var metric in seen)
            {
                if (SliTemplates.RankOf(SliTemplates.All[t], metric.Name) is not { } rank) continue;
                foreach (var proposal in Of(SliTemplates.All[t], metric))
                    if (!best.TryGetValue((proposal.Service, t), out var known) || rank < known.Rank) best[(proposal.Service, t)] = (rank, proposal);
            }

        var services = best.Keys.Select(key => key.Service).Distinct().Take(MaxServices).ToHashSet();
        return [.. best.Values.Where(one => services.Contains(one.Proposal.Service)).Select(one => one.Proposal)];
    }

    private static IEnumerable<Proposal> Of(SliTemplate template, SeenMetric metric)
    {
        foreach (var service in metric.Groups.GroupBy(ServiceOf).Where(group => group.Key.Value.Length > 0).OrderBy(group => group.Key.Value, StringComparer.Ordinal))
        {
            var scope = new LabelText(service.Key.Label, "=", service.Key.Value);
            var name = NameOf(service.Key.Value);
            if (name.Length == 0) continue;
            var made = template.Raw ? Raw(template, metric, scope)
                : template.LatencySeconds is { } seconds ? Latency(metric, scope, service, seconds)
                : Ratio(template, metric, scope, service);
            if (made is { } queries) yield return new Proposal($"{name}-{template.Name}", name, queries.Words ?? template.Words, queries.Good, queries.Total, template.Target, template.Raw);
        }
    }

    private static (string Good, string Total, string? Words)? Raw(SliTemplate template, SeenMetric metric, LabelText scope) =>
        ($"avg({Selector(metric.Name, scope)})", "", template.Words);

    private static (string Good, string Total, string? Words)? Ratio(SliTemplate template, SeenMetric metric, LabelText scope, IEnumerable<IReadOnlyDictionary<string, string>> groups)
    {
        var status = template.StatusLabels.FirstOrDefault(label => groups.Any(group => group.GetValueOrDefault(label, "").Length > 0));
        return status is null ? null : (Selector(metric.Name, scope, new(status, "!~", template.Bad)), Selector(metric.Name, scope), null);
    }

    // The smallest bound that is at least what is asked for, or the largest there is.
    private static (string Good, string Total, string? Words)? Latency(SeenMetric metric, LabelText scope, IEnumerable<IReadOnlyDictionary<string, string>> groups, double seconds)
    {
        var bounds = groups.Select(group => group.GetValueOrDefault("le", ""))
            .Where(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) && double.IsFinite(bound) && bound > 0)
            .Distinct().OrderBy(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        if (bounds.Length == 0) return null;
        var chosen = bounds.FirstOrDefault(text => double.Parse(text, CultureInfo.InvariantCulture) >= seconds, bounds[^1]);
        var count = metric.Name[..^"_bucket".Length] + "_count";
        return (Selector(metric.Name, scope, new("le", "=", chosen)), Selector(count, scope), $"Requests that are answered within {chosen} s.");
    }

    private static (string Label, string Value) ServiceOf(IReadOnlyDictionary<string, string> group)
    {
        foreach (var label in SliTemplates.ServiceLabels)
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

    private static string Selector(string metric, params ReadOnlySpan<LabelText> labels)
    {
        var text = new StringBuilder(metric).Append('{');
        for (var i = 0; i < labels.Length; i++)
            text.Append(i == 0 ? "" : ",").Append(labels[i].Name).Append(labels[i].Operator).Append('"').Append(Escaped(labels[i].Value)).Append('"');
        return text.Append('}').ToString();
    }

    private static string Escaped(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private readonly record struct LabelText(string Name, string Operator, string Value);
}
