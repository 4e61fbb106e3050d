using System.Globalization;
using System.Text;

namespace Nines.Measuring.Sources;

/// <summary>Queries of one proposal.</summary>
/// <param name="Good">Good events, or a ratio.</param>
/// <param name="Total">All events; empty for a ratio.</param>
/// <param name="Words">What they measure.</param>
internal sealed record QueryText(string Good, string Total, string Words);

/// <summary>Writes the queries of one template for one service from one metric. Pure.</summary>
/// <param name="template">What is measured.</param>
/// <param name="world">The convention of the metric's name.</param>
/// <param name="metric">The metric.</param>
/// <param name="scope">The condition that picks the service.</param>
/// <param name="groups">The label values of this service.</param>
internal sealed class QueryDraft(SliTemplate template, MetricWorld world, SeenMetric metric, LabelCondition scope, IReadOnlyList<IReadOnlyDictionary<string, string>> groups)
{
    // A bucket that is further off than this factor would measure something else.
    private const double FarthestBucket = 2;

    /// <summary>The queries; null where the metric does not tell what the template asks.</summary>
    public QueryText? Write() => template.Raw ? new($"avg({Selector(metric.Name, [scope])})", "", template.Words + ".")
        : template.LatencySeconds is { } seconds ? Latency(seconds)
        : Ratio();

    private QueryText? Ratio()
    {
        if (Outcome() is not { } outcome) return null;
        var left = new List<string>();
        var conditions = Conditions(left);
        List<LabelCondition> total = outcome.Client.Length == 0 ? conditions : [.. conditions, new(outcome.Label, "!~", outcome.Client)];
        if (outcome.Client.Length > 0) left.Insert(0, "mistakes of the caller");
        return new(Selector(metric.Name, [.. conditions, new(outcome.Label, "!~", Both(outcome))]), Selector(metric.Name, total), Sentence(template.Words, left));
    }

    // Failures are counted by availability already, and a fast error is no fast answer: both are left out where they can be told.
    private QueryText? Latency(double seconds)
    {
        if (Bucket(seconds) is not { } bucket) return null;
        var left = new List<string>();
        var conditions = Conditions(left);
        if (Outcome() is { } outcome)
        {
            conditions.Add(new(outcome.Label, "!~", Both(outcome)));
            left.Insert(0, "failed requests");
        }

        var bound = bucket.Seconds.ToString("0.####", CultureInfo.InvariantCulture);
        var exact = Math.Abs(bucket.Seconds - seconds) < 1e-9 * seconds;
        var words = $"{template.Words} answered within {bound} s" + (exact ? "" : $" (asked is {seconds.ToString(CultureInfo.InvariantCulture)} s; {bound} s is its nearest bucket)");
        return new(Selector(metric.Name, [.. conditions, new("le", "=", bucket.Text)]), Selector(metric.Name[..^"_bucket".Length] + "_count", conditions), Sentence(words, left));
    }

    private OutcomeLabel? Outcome() => world.Outcomes.FirstOrDefault(outcome => groups.Any(group => group.GetValueOrDefault(outcome.Label, "").Length > 0));

    private List<LabelCondition> Conditions(List<string> left)
    {
        var conditions = new List<LabelCondition> { scope };
        foreach (var condition in world.Conditions)
        {
            if (condition.Name == scope.Name) continue;
            // One of two views is picked only where this service is seen from there.
            var fits = condition.Excludes is null ? groups.Any(group => group.GetValueOrDefault(condition.Name) == condition.Value) : metric.Labels.Contains(condition.Name);
            if (!fits) continue;
            conditions.Add(condition);
            if (condition.Excludes is { } words && !left.Contains(words)) left.Add(words);
        }

        return conditions;
    }

    // Bounds are compared as ratios: 0.4 s is nearer to half a second than 1 s is.
    private (string Text, double Seconds)? Bucket(double seconds)
    {
        (string Text, double Seconds)? nearest = null;
        foreach (var group in groups)
        {
            var text = group.GetValueOrDefault("le", "");
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) || !double.IsFinite(bound) || bound <= 0) continue;
            if (world.Milliseconds) bound /= 1000;
            if (nearest is not { } known || Distance(bound, seconds) < Distance(known.Seconds, seconds)) nearest = (text, bound);
        }

        return nearest is { } found && Distance(found.Seconds, seconds) <= Math.Log(FarthestBucket) + 1e-9 ? found : null;
    }

    private static double Distance(double bound, double seconds) => Math.Abs(Math.Log(bound / seconds));

    private static string Both(OutcomeLabel outcome) => outcome.Client.Length == 0 ? outcome.Bad
        : outcome is { Bad: "5..", Client: "4.." } ? "[45].."
        : $"{outcome.Client}|{outcome.Bad}";

    private static string Sentence(string words, List<string> left) => left.Count == 0 ? words + "." : $"{words}; left out: {string.Join(", ", left)}.";

    private static string Selector(string name, List<LabelCondition> conditions)
    {
        var text = new StringBuilder(name).Append('{');
        for (var i = 0; i < conditions.Count; i++)
            text.Append(i == 0 ? "" : ",").Append(conditions[i].Name).Append(conditions[i].Operator).Append('"').Append(Escaped(conditions[i].Value)).Append('"');
        return text.Append('}').ToString();
    }

    private static string Escaped(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
