using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Signals;

public class TapsTests
{
    private const long T0 = 1_790_000_000_000;
    private static readonly SignalSource Source = SignalSource.Scrape("shop", "a:80");

    private static StreamBinding To(string selector, int indicator = 0) => new(Selector.Parse(selector), indicator, StreamRole.Total);

    private static void Read(SignalHub hub, int second, double bad)
    {
        using var batch = SampleBatch.Rent(Source, T0 + (second * 1000));
        batch.IsCompleteRead = true;
        batch.Add(hub.Resolve(Labels.Of("requests_total", ("code", "500"), ("job", "shop")), SampleKind.Counter, Source), T0 + (second * 1000), bad);
        hub.Apply(batch);
    }

    [Fact]
    public void SetTaps_OfTwoListeners_LeadsToEachWhatItAskedFor()
    {
        var (engine, first, second) = (new RecordingSink(), new RecordingSink(), new RecordingSink());
        var hub = new SignalHub();
        hub.SetBindings([To("requests_total", 3)], engine);
        hub.SetTaps([To("nothing_total"), To("requests_total", 1)], first);
        hub.SetTaps([To("requests_total{code=\"500\"}")], second);
        Read(hub, 0, 100);
        Read(hub, 15, 107);
        Assert.Equal((7, 0, 7, 7), (engine.Sum(3), first.Sum(0), first.Sum(1), second.Sum(0)));

        // One that asks for nothing any more takes nothing from the others.
        hub.SetTaps([], first);
        Read(hub, 30, 110);
        Assert.Equal((10, 7, 10), (engine.Sum(3), first.Sum(1), second.Sum(0)));
    }
}
