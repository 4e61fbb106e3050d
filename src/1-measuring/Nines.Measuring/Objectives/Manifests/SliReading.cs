using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>Reads the spec of an SLI, inline or as a document of its own.</summary>
internal static class SliReading
{
    public static IndicatorDefinition? Read(Field spec, string name)
    {
        var description = OpenSloFields.Description(spec);
        var (threshold, ratio) = (spec.Optional("thresholdMetric"), spec.Optional("ratioMetric"));
        if (threshold.Given == ratio.Given)
        {
            spec.Wrong(threshold.Given ? "An SLI has a thresholdMetric or a ratioMetric, but here stand both." : "An SLI needs a thresholdMetric or a ratioMetric.", "Write one of them.");
            if (!threshold.Given) return null;
        }

        if (!ratio.Given) return new(name, description) { Threshold = MetricReading.Read(threshold) };
        return ReadRatio(ratio) is { } part ? new(name, description) { Ratio = part } : null;
    }

    private static RatioPart? ReadRatio(Field ratio)
    {
        var (good, bad, total, raw) = (ratio.Optional("good"), ratio.Optional("bad"), ratio.Optional("total"), ratio.Optional("raw"));
        var counter = ratio.Optional("counter").Flag();
        var rawType = ratio.Optional("rawType");
        var success = rawType.Choice("success", "failure") != "failure";
        var parts = new RatioPart(counter ?? false, MetricReading.Read(good), MetricReading.Read(bad), MetricReading.Read(total), MetricReading.Read(raw), success);
        if (raw.Given)
        {
            if (good.Given || bad.Given || total.Given) ratio.Wrong("raw stands beside good, bad or total.", "Write raw alone, or total with good or bad.");
            if (!rawType.Given) ratio.Deviates("raw stands without rawType; success is meant.", "Write rawType: success or failure.");
            return parts.Raw is null ? null : parts;
        }

        if (rawType.Given) rawType.Deviates("rawType says nothing without raw.", "Remove it.");
        if (good.Given && bad.Given) ratio.Wrong("good and bad stand side by side.", "Keep one; the other follows from total.");
        if (!good.Given && !bad.Given) ratio.Wrong("Neither good nor bad events are said.", "Write good: or bad:.");
        if (!total.Given) ratio.Require("total", "Write total: with the source of all events.");
        if (counter is null && (good.Given || bad.Given)) ratio.Deviates("counter is missing; counts of each interval are meant.", "Write counter: true for counters that only grow, counter: false for counts of an interval.");
        return parts.Total is null || (parts.Good is null && parts.Bad is null) ? null : parts;
    }
}
