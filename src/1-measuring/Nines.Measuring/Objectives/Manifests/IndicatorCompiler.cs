using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;
using Nines.Measuring.Signals;
using Nines.Measuring.Sources;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>Follows the references of an SLI and turns it into what the engine reads.</summary>
internal static class IndicatorCompiler
{
    /// <summary>The SLI of a name: OpenSLO's first, then Nines' own.</summary>
    public static IndicatorDefinition? Resolve(string name, ManifestSet all) =>
        all.Find<IndicatorDefinition>(name) ?? all.Find<NinesIndicator>(name)?.Definition;

    /// <summary>The manifest of that name, for knowing what an objective was made from.</summary>
    public static CompiledManifest? ManifestOf(string name, ManifestSet all) =>
        all.Find<IndicatorDefinition>(name) is not null ? all.Find(new ManifestKey(OpenSloFields.Version, "SLI", name)) : all.Find(new ManifestKey("nines/v1", "Indicator", name));

    /// <summary>What the engine reads; null where something that it names is missing or cannot be read.</summary>
    public static IndicatorSpec? Compile(IndicatorDefinition definition, string key, SloObjective? objective, ManifestSet all)
    {
        if (definition.Freshness is { } freshness) return Query(freshness.Timestamp, all) is { } timestamp ? new FreshnessIndicator(key, timestamp, freshness.MaxAge) : null;
        if (definition.Windows is { } windows)
        {
            var inner = windows.Inner ?? (windows.InnerRef is { } name ? Resolve(name, all) : null);
            return inner is null || inner.Windows is not null || Compile(inner, key, objective, all) is not { } spec ? null : new WindowsIndicator(key, spec, windows.Window, windows.GoodRatio);
        }

        if (definition.Threshold is { } threshold)
            return objective?.Operator is { } op && objective.Value is { } value && Query(threshold, all) is { } metric ? new ThresholdIndicator(key, metric, op, value) : null;
        if (definition.Ratio is not { } ratio) return null;
        if (ratio.Raw is not null) return Query(ratio.Raw, all) is { } raw ? new RawRatioIndicator(key, raw, ratio.RawSuccess) : null;
        var (good, bad, total) = (Query(ratio.Good, all), Query(ratio.Bad, all), Query(ratio.Total, all));
        return total is null || (good is null) == (bad is null) ? null : new RatioIndicator(key, good, bad, total, ratio.Counter);
    }

    /// <summary>Reports what cannot be read: selectors, data sources, expressions where counters are meant.</summary>
    public static void Check(IndicatorDefinition definition, CompiledManifest manifest, ManifestSet all, ProblemList problems, string prefix = "")
    {
        var counter = definition.Ratio?.Counter == true;
        foreach (var part in (MetricPart?[])[definition.Ratio?.Good, definition.Ratio?.Bad, definition.Ratio?.Total])
            if (part is not null) CheckPart(part, counter, manifest, all, problems);
        foreach (var part in (MetricPart?[])[definition.Ratio?.Raw, definition.Threshold, definition.Freshness?.Timestamp])
            if (part is not null) CheckPart(part, counter: false, manifest, all, problems);
        if (definition.Windows?.Inner is { } inner) Check(inner, manifest, all, problems, prefix);
        if (definition.Windows?.InnerRef is not { } name) return;
        if (Resolve(name, all) is not { } found) manifest.Dangles(all, problems, $"There is no SLI \"{name}\".", $"{all.DidYouMean<IndicatorDefinition>(name)}Write it, or write the indicator here.", "spec.windows.indicatorRef");
        else if (found.Windows is not null) manifest.Wrong(problems, $"\"{name}\" counts windows itself.", "Name an indicator of events or samples.", "spec.windows.indicatorRef");
    }

    private static void CheckPart(MetricPart part, bool counter, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        var type = TypeOf(part, all);
        if (part.Ref is { } name && all.Find<DataSource>(name) is not { } source)
            manifest.Dangles(all, problems, $"There is no DataSource \"{name}\".", $"{all.DidYouMean<DataSource>(name)}Write a DataSource of that name{(part.Type.Length > 0 ? ", or name another" : ", or write type: with what it is")}.", part.Path + ".metricSourceRef");
        else if (part.Ref is not null && part.Type.Length > 0 && !type.Equals(part.Type, StringComparison.OrdinalIgnoreCase))
            manifest.Wrong(problems, $"The type is {part.Type}, but the DataSource \"{part.Ref}\" is of type {type}.", "Remove type:, or name another DataSource.", part.Path + ".type");
        if (type == MetricTypes.Native) CheckSelector(part, manifest, problems);
        else if (type == MetricTypes.Prometheus) CheckQuery(part, counter, manifest, all, problems);
        else if (type.Length > 0 && part.Ref is null)
            manifest.Notes(problems, $"Nines does not read {part.Type} yet; objectives over it have no data.", "Send its counts to Nines (type: nines), or use a Prometheus-compatible server.", part.Path + ".type");
    }

    private static void CheckQuery(MetricPart part, bool counter, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (part.Text.Length == 0) manifest.Wrong(problems, "Nothing says what is asked.", "Write query: with a selector or an expression.", part.Path + ".spec");
        else if (part.Text.Contains("{{", StringComparison.Ordinal)) manifest.Deviates(problems, "The query holds a placeholder {{…}}, which only a generator of rules fills in.", "Write the query for one minute, such as …[1m].", part.Path + ".spec.query");
        else if (counter && !CounterQuery.TryUnwrap(part.Text, out _, out var error)) manifest.Wrong(problems, error, "", part.Path + ".spec.query");
        if (part.Ref is not null) return;
        var servers = all.Of<DataSource>().Count(d => d.Type == MetricTypes.Prometheus);
        if (servers == 1) return;
        manifest.Notes(problems, servers == 0 ? "No DataSource says which Prometheus is asked; the objective has no data until one does." : $"There are {servers} DataSources of type prometheus, and none is named.",
            "Write a DataSource and name it in metricSourceRef.", part.Path);
    }

    private static void CheckSelector(MetricPart part, CompiledManifest manifest, ProblemList problems)
    {
        if (part.Text.Length == 0 || Selector.TryParse(part.Text, out _, out var error)) return;
        const string remedy = "Write a metric name with labels, such as http_requests_total{service=\"checkout\"}.";
        manifest.Wrong(problems, $"This is not a selector: {error}.", remedy, $"{part.Path}.spec.selector");
    }

    private static MetricQuery? Query(MetricPart? part, ManifestSet all)
    {
        if (part is null) return null;
        var type = TypeOf(part, all);
        if (type == MetricTypes.Native) return MetricQuery.Native(part.Text);
        if (part.Ref is { } name && all.Find<DataSource>(name) is null) return null;
        if (type != MetricTypes.Prometheus) return new(type, part.Text, part.Ref ?? "");
        var source = part.Ref ?? (all.Of<DataSource>().Where(d => d.Type == MetricTypes.Prometheus).Take(2).ToArray() is [var only] ? only.Name : "");
        return new(MetricTypes.Prometheus, part.Text, source);
    }

    private static string TypeOf(MetricPart part, ManifestSet all) =>
        part.Ref is { } name && all.Find<DataSource>(name) is { } source ? source.Type.ToLowerInvariant() : part.Type.ToLowerInvariant();
}

/// <summary>Types of metric sources that Nines reads; OpenSLO leaves the words to implementations.</summary>
internal static class MetricTypes
{
    /// <summary>What Nines takes in itself.</summary>
    public const string Native = "nines";

    /// <summary>A Prometheus-compatible server.</summary>
    public const string Prometheus = "prometheus";
}
