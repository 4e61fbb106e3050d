using System.Text.Json;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

public sealed class ObjectivesFoldTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 6, 21, 3, 0);
    private readonly ObjectivesFold _fold = new();

    [Fact]
    public void Apply_FiredReopenedEnded_KeepsOneRecordAndItsReopenTime()
    {
        var state = After(
            Fired(), new BurnAlertEnded("id", "a", "s", BurnSeverity.Page, At + Duration.FromMinutes(5), "over"),
            new BurnAlertReopened("id", "a", "s", BurnSeverity.Page, At + Duration.FromMinutes(9), "again"));
        var page = state.Of("a").Alerts.Page;
        Assert.Equal((AlertPhase.Firing, "id", "again", 900_000L), (page.Phase, page.Alert, page.Reason, page.ReopenMs));
        Assert.Null(Assert.Single(state.Of("a").History).End);
    }

    [Fact]
    public void Apply_Suppressed_IsKeptWithItsArithmetic()
    {
        var state = After(new BurnAlertSuppressed("a", "s", BurnSeverity.Page, "shipped", SuppressedBy.MinFailures, At, "2 of 3"), new BurnSuppressionEnded("a", "s", BurnSeverity.Page, At + Duration.FromMinutes(1)));
        var record = Assert.Single(state.Of("a").History);
        Assert.Equal((SuppressedBy.MinFailures, "2 of 3", At + Duration.FromMinutes(1)), (record.Held, record.Reason, record.End!.Value));
        Assert.Equal(AlertPhase.Ok, state.Of("a").Alerts.Page.Phase);
    }

    [Fact]
    public void Removed_WhatStoodOfAnObjectiveThatIsGone_EndsOnce()
    {
        var scenario = new Scenario(0, Scenario.Availability("kept"));
        var state = After(Fired(), new AbsenceStarted("kept", "s", AbsenceCause.NoEvents, BurnSeverity.Ticket, At, At, "quiet"), new BurnAlertSuppressed("b", "s", BurnSeverity.Ticket, "shipped", SuppressedBy.Page, At, "held"));
        var removed = state.Removed(scenario.Run.Objectives, At + Duration.FromMinutes(1)).ToArray();
        Assert.Equal(["a", "b"], removed.Select(r => r.Objective));
        foreach (var one in removed) state = _fold.Apply(state, new(new(1, new("objective", one.Objective), 1, "t", At, "x", 0, null, default), one));
        Assert.Equal(new AlertState(), state.Of("a").Alerts);
        Assert.Equal(At + Duration.FromMinutes(1), Assert.Single(state.Of("a").History).End);
        Assert.Empty(state.Removed(scenario.Run.Objectives, At));
    }

    [Fact]
    public void SaveAndLoad_AnyState_IsTheSame()
    {
        var state = After(
            Fired(), new BudgetCrossed("a", "s", 0.25, 0.2, At), new BudgetStateChanged("a", "s", BudgetState.Warning, BudgetState.Critical, 0.2, At),
            new AbsenceStarted("b", "s", AbsenceCause.NoEvents, BurnSeverity.Ticket, At, At, "quiet"));
        var again = _fold.Load(_fold.Save(state));
        Assert.Equal(JsonSerializer.Serialize(state, HouseJson.Options), JsonSerializer.Serialize(again, HouseJson.Options));
        Assert.Equal(state.Of("a").Alerts, again.Of("a").Alerts);
        Assert.Equal(state.Of("b").Alerts, again.Of("b").Alerts);
        Assert.Equal([.. state.Of("a").History], again.Of("a").History.ToArray());
    }

    [Fact]
    public void Evaluate_SteadyState_AllocatesNothing()
    {
        var scenario = new Scenario(3000, Scenario.Availability()).Traffic(3000, 100, 0);
        var watched = scenario.Run.Objectives.All[0];
        var (now, news) = (new Evaluation(), new List<object>());
        Once(30);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Once(20);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var absence = AbsenceRule.Judge(watched, scenario.Book, Scenario.Onset * 60_000);
                Evaluator.Evaluate(watched, Scenario.Onset * 60_000, now);
                watched.Alerts = BurnAlerts.Step(watched, watched.Alerts, now, absence, news);
            }
        }
    }

    private static BurnAlertFired Fired() =>
        new("id", "a", "s", BurnSeverity.Page, "shipped", AlertCause.Burn, At, "1h/5m", 20, 0.9, Duration.FromMinutes(15), "burns");

    private ObjectivesState After(params object[] events) => events.Aggregate(
        _fold.Empty, (state, e) => _fold.Apply(state, new(new(1, new("objective", "a"), 1, "t", At, "x", 0, null, default), e)));
}
