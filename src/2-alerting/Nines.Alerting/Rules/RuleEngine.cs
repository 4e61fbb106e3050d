using System.Globalization;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using NodaTime;

namespace Nines.Alerting.Rules;

/// <summary>
/// Listens to the signals that rules ask for and judges the rules once a minute. It holds an hour a rule; what it concludes
/// and what it learns goes to the journal.
/// </summary>
public sealed class RuleEngine : IIndicatorSink
{
    private const byte ImageVersion = 1;

    private readonly Lock _gate = new();
    private Watched[] _rules = [];
    private (RuleMinutes Minutes, int Slot, bool Gauge)[] _streams = [];

    /// <summary>The rules that are watched.</summary>
    public IReadOnlyList<AlertRule> Rules => [.. _rules.Select(w => w.Rule)];

    /// <summary>Watches these rules from now on and says what to listen to; a rule whose signal is the same keeps its hour.</summary>
    public IReadOnlyList<StreamBinding> Watch(IReadOnlyList<AlertRule> rules)
    {
        lock (_gate)
        {
            var before = _rules.ToDictionary(w => w.Key, StringComparer.Ordinal);
            _rules = [.. rules.Select(r => before.TryGetValue(Watched.KeyOf(r), out var known) ? known with { Rule = r } : new(r, new(SlotsOf(r))))];
            var bindings = new List<StreamBinding>();
            var streams = new List<(RuleMinutes, int, bool)>();
            foreach (var (rule, minutes) in _rules)
                foreach (var (selector, slot, measure) in StreamsOf(rule))
                {
                    bindings.Add(new(selector, streams.Count, StreamRole.Total, measure));
                    streams.Add((minutes, slot, measure == StreamMeasure.Raw));
                }

            _streams = [.. streams];
            return bindings;
        }
    }

    /// <summary>Writes the hours of all rules, for a restart.</summary>
    internal byte[] Save()
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        lock (_gate)
        {
            to.Write(ImageVersion);
            to.Write(_rules.Length);
            foreach (var watched in _rules)
            {
                to.Write(watched.Key);
                watched.Minutes.Save(to);
            }
        }

        to.Flush();
        return bytes.ToArray();
    }

    /// <summary>Takes back the hours of rules whose signal is still the same, and says what to listen to.</summary>
    internal IReadOnlyList<StreamBinding> Restore(IReadOnlyList<AlertRule> rules, byte[]? image)
    {
        lock (_gate)
        {
            if (image is not null && image.Length > 0 && image[0] == ImageVersion)
            {
                using var from = new BinaryReader(new MemoryStream(image, 1, image.Length - 1));
                var known = new Dictionary<string, RuleMinutes>(StringComparer.Ordinal);
                for (var left = from.ReadInt32(); left > 0; left--) known[from.ReadString()] = RuleMinutes.Load(from);
                _rules = [.. rules.Where(r => known.ContainsKey(Watched.KeyOf(r))).Select(r => new Watched(r, known[Watched.KeyOf(r)]))];
            }

            return Watch(rules);
        }
    }

    /// <summary>Judges every rule at the end of a minute.</summary>
    /// <param name="minute">The newest minute that is whole and heard.</param>
    /// <param name="book">What the journal knows.</param>
    /// <returns>What is new: fired, ended, learnt.</returns>
    public IReadOnlyList<object> Evaluate(long minute, RuleBook book)
    {
        var news = new List<object>();
        var end = Instant.FromUnixTimeSeconds((minute + 1) * 60);
        lock (_gate)
        {
            foreach (var (rule, minutes) in _rules)
            {
                var record = book.Of(rule.Name);
                if (Judge(rule, minutes, minute, record, end) is { } changed) news.Add(changed);
                // An hour's minutes are kept for one hour: it is learnt right after its end.
                if ((minute + 1) % 60 == 0 && rule.Signal != GoldenSignal.Saturation && RuleBaseline.Learn(rule, minutes, minute / 60) is { } value)
                    news.Add(new RuleHourLearnt(rule.Name, minute / 60, value));
            }
        }

        foreach (var (name, record) in book.Rules)
            if (record.Firing is { } firing && !Array.Exists(_rules, w => w.Rule.Name == name))
                news.Add(new RuleEnded(name, firing.Service, firing.Signal, firing.Severity, end, "The rule was removed."));
        return news;
    }

    /// <inheritdoc />
    public void Add(int indicator, StreamRole role, long unixMs, double amount)
    {
        lock (_gate)
            if (indicator < _streams.Length) _streams[indicator].Minutes.Add(_streams[indicator].Slot, unixMs, amount);
    }

    /// <inheritdoc />
    public void AddSpread(int indicator, StreamRole role, long fromUnixMs, long toUnixMs, double amount, bool covers = true)
    {
        lock (_gate)
            if (indicator < _streams.Length) _streams[indicator].Minutes.AddSpread(_streams[indicator].Slot, fromUnixMs, toUnixMs, amount);
    }

    /// <inheritdoc />
    public void Fresh(int indicator, long unixMs)
    {
        lock (_gate)
            if (indicator < _streams.Length) _streams[indicator].Minutes.Hear(_streams[indicator].Slot, unixMs);
    }

    /// <inheritdoc />
    public void Raw(int indicator, long unixMs, double ratio)
    {
        lock (_gate)
            if (indicator < _streams.Length) _streams[indicator].Minutes.Peak(unixMs, ratio);
    }

    private static object? Judge(AlertRule rule, RuleMinutes minutes, long minute, RuleRecord record, Instant end)
    {
        var verdict = RuleCondition.Judge(rule, minutes, minute, RuleBaseline.At(rule.Signal, record.Learnt, minute / 60));
        if (record.Firing is { } firing)
        {
            // What fires at another severity now is told anew.
            if (verdict.Holds == false || firing.Severity != rule.Severity)
                return new RuleEnded(rule.Name, firing.Service, firing.Signal, firing.Severity, end, verdict.Reason);
            return null;
        }

        return verdict is { Holds: true, Value: { } value }
            ? new RuleFired(rule.Name, rule.Service, rule.Signal, rule.Severity, end - rule.For, value, verdict.Baseline ?? 0, verdict.Reason)
            : null;
    }

    private static int SlotsOf(AlertRule rule) => rule.Signal == GoldenSignal.Latency ? rule.Buckets.Count + 1 : 1;

    private static IEnumerable<(Selector Selector, int Slot, StreamMeasure Measure)> StreamsOf(AlertRule rule)
    {
        switch (rule.Signal)
        {
            case GoldenSignal.Traffic:
                yield return (Selector.Parse(rule.Metric), 0, StreamMeasure.Increase);
                break;
            case GoldenSignal.Saturation:
                yield return (Selector.Parse(rule.Metric), 0, StreamMeasure.Raw);
                break;
            default:
                for (var i = 0; i < rule.Buckets.Count; i++) yield return (Bucket(rule.Metric, Bound(rule.Buckets[i])), i, StreamMeasure.Increase);
                yield return (Bucket(rule.Metric, "[+]Inf"), rule.Buckets.Count, StreamMeasure.Increase);
                break;
        }
    }

    /// <summary>The selector of one bucket of a histogram: <c>name{…}</c> becomes <c>name_bucket{…,le=~"…"}</c>.</summary>
    private static Selector Bucket(string metric, string bound)
    {
        var brace = metric.IndexOf('{', StringComparison.Ordinal);
        var name = (brace < 0 ? metric : metric[..brace]).Trim();
        var inner = brace < 0 ? "" : metric[(brace + 1)..metric.LastIndexOf('}')].Trim().TrimEnd(',');
        return Selector.Parse($"{name}_bucket{{{inner}{(inner.Length > 0 ? "," : "")}le=~\"{bound}\"}}");
    }

    /// <summary>A bound as exporters write it: <c>1</c> or <c>1.0</c>, <c>0.5</c>.</summary>
    private static string Bound(double bound)
    {
        var text = bound.ToString("0.##########", CultureInfo.InvariantCulture).Replace(".", "[.]", StringComparison.Ordinal);
        return text.Contains('.', StringComparison.Ordinal) ? text + "0*" : text + "([.]0+)?";
    }

    private sealed record Watched(AlertRule Rule, RuleMinutes Minutes)
    {
        public string Key => KeyOf(Rule);

        public static string KeyOf(AlertRule rule) => $"{rule.Name}\n{rule.Signal}\n{rule.Metric}\n{string.Join(' ', rule.Buckets)}";
    }
}
