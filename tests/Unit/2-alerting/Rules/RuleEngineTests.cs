using Nines.Alerting.Alerts;
using Nines.Alerting.Rules;
using Nines.Alerting.Rules.Manifests;
using Nines.Catalog.Manifests;
using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Rules;

public class RuleEngineTests
{
    private static readonly ManifestKinds Kinds = new([new AlertRuleKind()]);
    private readonly RuleEngine _engine = new();
    private readonly SignalHub _hub = new();
    private readonly RuleBookFold _fold = new();
    private RuleBook _book = RuleBook.None;

    private static CompiledManifest Compile(string spec) => Kinds.Compile(
        ManifestParser.Parse($"{{apiVersion: nines/v1, kind: AlertRule, metadata: {{name: r}}, spec: {{{spec}}}}}", null, new())[0]);

    private void Watch(params string[] specs) =>
        _hub.SetTaps(_engine.Watch([.. specs.Select((s, i) => (AlertRule)Compile(s).Spec! with { Name = $"r{i}" })]), _engine);

    private void Send(string name, double value, long unixMs, SampleKind kind = SampleKind.Gauge, params (string, string)[] labels)
    {
        var all = Labels.Of(name, [.. labels]);
        var source = new SignalSource("test");
        using var batch = SampleBatch.Rent(source, unixMs);
        batch.Add(_hub.Resolve(all, kind, source), unixMs, value);
        _hub.Apply(batch);
    }

    private IReadOnlyList<object> Evaluate(long minute)
    {
        var news = _engine.Evaluate(minute, _book);
        foreach (var happened in news)
            _book = _fold.Apply(_book, new(new(1, new("rule", "r"), 1, "t", NodaTime.Instant.FromUnixTimeSeconds((minute + 1) * 60), "local", 0, null, default), happened));
        return news;
    }

    [Fact]
    public void Example_OfTheKind_Validates() => Assert.Empty(Kinds.Compile(ManifestParser.Parse(new AlertRuleKind().Example, null, new())[0]).Problems);

    [Fact]
    public void Read_EverythingWrong_SaysAllAtOnce()
    {
        var said = Compile("service: s, signal: saturation, metric: 'm{', for: 90s, above: 80, buckets: [2, 1]").Problems.Where(p => p.IsError).Select(p => (p with { Place = null }).ToString()).ToArray();
        Assert.StartsWith("spec.metric: \"m{\" is not a selector: ", said[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                "spec.for: A rule holds for whole minutes, from 1m to 60m. Write one such as 5m.",
                "spec.above: This must be a share above 0 and below 1. Write one such as 0.8.",
                "spec.buckets: Buckets are 1 to 100 bounds that rise. Write the histogram's own le values, such as [0.1, 0.5, 1].",
            ],
            said[1..]);
    }

    [Fact]
    public void Saturation_OverTheHub_FiresOnceAndEnds()
    {
        Watch("service: db, signal: saturation, metric: 'disk_used_ratio{host=\"a\"}', for: 3m");
        var at = 29_000_000L;
        for (var i = 0; i < 4; i++) Send("disk_used_ratio", 0.9, ((at + i) * 60_000) + 5_000, labels: ("host", "a"));
        Assert.Empty(Evaluate(at + 1));
        var fired = Assert.IsType<RuleFired>(Assert.Single(Evaluate(at + 2)));
        Assert.Equal(("r0", "db", 0.9, "90.0\u00a0% full; it was above 80\u00a0% in 3 of the last 3\u00a0minutes."), (fired.Rule, fired.Service, fired.Value, fired.Reason));
        Assert.Empty(Evaluate(at + 3));
        for (var i = 4; i < 8; i++) Send("disk_used_ratio", 0.2, ((at + i) * 60_000) + 5_000, labels: ("host", "a"));
        Assert.IsType<RuleEnded>(Assert.Single(Evaluate(at + 7)));
        Assert.Null(_book.Of("r0").Firing);
    }

    [Fact]
    public void Restart_InTheMiddleOfAConditionsTime_DoesNotAskForAllOfItAgain()
    {
        const string spec = "service: db, signal: saturation, metric: 'disk_used_ratio', for: 3m";
        Watch(spec);
        var at = 29_000_000L;
        for (var i = 0; i < 2; i++) Send("disk_used_ratio", 0.9, ((at + i) * 60_000) + 5_000);
        var image = _engine.Save();
        var (engine, hub) = (new RuleEngine(), new SignalHub());
        hub.SetTaps(engine.Restore([(AlertRule)Compile(spec).Spec! with { Name = "r0" }], image), engine);
        var source = new SignalSource("test");
        using var batch = SampleBatch.Rent(source, ((at + 2) * 60_000) + 5_000);
        batch.Add(hub.Resolve(Labels.Of("disk_used_ratio"), SampleKind.Gauge, source), ((at + 2) * 60_000) + 5_000, 0.9);
        hub.Apply(batch);
        Assert.IsType<RuleFired>(Assert.Single(engine.Evaluate(at + 2, _book)));
    }

    [Fact]
    public void Restore_ImageOfAnotherVersionOrNone_BeginsAnew()
    {
        var rule = (AlertRule)Compile("service: db, signal: saturation, metric: 'disk_used_ratio', for: 3m").Spec!;
        Assert.Single(_engine.Restore([rule], null));
        Assert.Single(_engine.Restore([rule], [9, 9, 9]));
        Assert.Empty(_engine.Evaluate(29_000_000, _book));
    }

    [Fact]
    public void Removed_WhileFiring_Ends()
    {
        Watch("service: db, signal: saturation, metric: disk_used_ratio, for: 1m");
        Send("disk_used_ratio", 0.9, (29_000_000L * 60_000) + 5_000);
        Assert.Single(Evaluate(29_000_000));
        _hub.SetTaps(_engine.Watch([]), _engine);
        Assert.Equal("The rule was removed.", Assert.IsType<RuleEnded>(Assert.Single(Evaluate(29_000_001))).Reason);
    }

    [Fact]
    public void Latency_OverTheHub_LearnsAnHourAndFiresAboveIt()
    {
        Watch("service: s, signal: latency, metric: 'http_seconds{service=\"s\"}', buckets: [0.1, 0.5, 1]");
        var hour = 29_000_040L / 60;
        double fast = 0, slow = 0;
        for (var minute = hour * 60; minute < (hour + 1) * 60; minute++) Minute(minute, fast += 100, slow);
        var learnt = Assert.IsType<RuleHourLearnt>(Assert.Single(Evaluate(((hour + 1) * 60) - 1)));
        Assert.Equal((hour, 0.099), (learnt.Hour, Math.Round(learnt.Value, 3)));
        for (var minute = (hour + 1) * 60; minute < ((hour + 1) * 60) + 5; minute++) Minute(minute, fast += 50, slow += 50);
        Assert.IsType<RuleFired>(Assert.Single(Evaluate(((hour + 1) * 60) + 4)));

        void Minute(long minute, double quick, double late)
        {
            var at = (minute * 60_000) + 30_000;
            Send("http_seconds_bucket", quick, at, SampleKind.Counter, ("service", "s"), ("le", "0.1"));
            Send("http_seconds_bucket", quick, at, SampleKind.Counter, ("service", "s"), ("le", "0.5"));
            Send("http_seconds_bucket", quick + late, at, SampleKind.Counter, ("service", "s"), ("le", "1.0"));
            Send("http_seconds_bucket", quick + late, at, SampleKind.Counter, ("service", "s"), ("le", "+Inf"));
        }
    }

    [Fact]
    public void Watch_AnotherRuleAdded_KeepsTheHourOfTheFirst()
    {
        const string disk = "service: db, signal: saturation, metric: disk_used_ratio, for: 1m";
        Watch(disk);
        Send("disk_used_ratio", 0.9, (29_000_000L * 60_000) + 5_000);
        Watch(disk, "service: db, signal: traffic, metric: requests_total");
        Assert.Single(Evaluate(29_000_000));
    }

    [Fact]
    public void Snapshot_OfRules_ComesBackTheSame()
    {
        _book = _fold.Apply(_book, new(new(1, new("rule", "r"), 1, "t", default, "local", 0, null, default), new RuleHourLearnt("r", 4, 2)));
        Assert.Equal(_fold.Save(_book).ToArray(), _fold.Save(_fold.Load(_fold.Save(_book))).ToArray());
    }

    [Fact]
    public void Fired_AsAnAlert_NamesRunbookAndArithmetic()
    {
        var fired = new RuleFired("checkout-traffic", "checkout", GoldenSignal.Traffic, AlertSeverity.Ticket, default, 40, 100, "40 requests a minute.");
        var incoming = RuleAlerts.Fired(fired, (AlertRule)Compile("service: checkout, signal: traffic, metric: m, runbook: 'https://r.example.com/', impact: Nobody buys.").Spec!, null);
        Assert.Equal("Fewer requests than usual: checkout-traffic", incoming.Title);
        Assert.Equal("https://r.example.com/", incoming.Annotations["runbook"]);
        Assert.Equal("{alertname=\"GoldenTraffic\",rule=\"checkout-traffic\",service=\"checkout\",severity=\"ticket\"}", incoming.Labels.ToString());
    }
}
