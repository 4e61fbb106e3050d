using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

public sealed class ObjectiveEngineTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 6, 21, 3, 0);
    private static readonly ObjectivesFold Fold = new();

    [Fact]
    public void TakeOver_OtherNodeHadPaged_KnowsThatPageAndEndsIt()
    {
        var engine = new ObjectiveEngine(new IndicatorBook(), new SignalHub(), [new One()]);
        engine.Refresh(HouseState.Empty([Fold]));
        var watched = Assert.Single(engine.Set.All);
        Assert.Equal(AlertPhase.Ok, watched.Alerts.Page.Phase);

        engine.TakeOver(State(new BurnAlertFired("id", "a", "a", BurnSeverity.Page, "shipped", AlertCause.Burn, At, "1h/5m", 20, 0.9, Duration.FromMinutes(15), "burns")));
        Assert.Equal((AlertPhase.Firing, "id"), (watched.Alerts.Page.Phase, watched.Alerts.Page.Alert));

        // What it counts itself is clean: the page of the other node ends here.
        var minute = At.ToUnixTimeMilliseconds() / 60_000;
        for (var m = minute - 90; m < minute; m++) engine.Book.Add(watched.Indicator!.Value, StreamRole.Total, m * 60_000, 100);
        var news = new List<object>();
        engine.EvaluateAll(At, news);
        Assert.Equal("id", Assert.Single(news.OfType<BurnAlertEnded>()).Alert);
    }

    private static HouseState State(object happened)
    {
        var empty = HouseState.Empty([Fold]);
        var told = Fold.Apply(Fold.Empty, new(new(1, new("objective", "a"), 1, "t", At, "x", 0, null, default), happened));
        return empty.With([told], 1);
    }

    private sealed class One : IObjectiveDefinitions
    {
        private readonly IReadOnlyList<Objective> _all = [Scenario.Availability("a")];

        public IReadOnlyList<Objective> From(HouseState state) => _all;
    }
}
