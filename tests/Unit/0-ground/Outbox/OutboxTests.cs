using System.Text.Json;
using FsCheck.Fluent;
using Nines.Kernel;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground.Outbox;

public class OutboxTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 3, 0);
    private static readonly OutboxFold Fold = new();
    private static readonly Dictionary<string, int> Idle = [];

    private static OutboxIntended Intend(string id, string target = "t", string? after = null) =>
        new(id, "webhook", target, "page/1", JsonDocument.Parse("{\"a\":1}").RootElement, after);

    private static Kernel.Outbox Apply(Kernel.Outbox state, object happened, Instant? at = null) => Fold.Apply(
        state, new(new(1, new("effect", "x"), 1, "t", at ?? Start, "local", 0, null, default), happened));

    private static Kernel.Outbox After(params object[] all) => all.Aggregate(Kernel.Outbox.None, (s, e) => Apply(s, e));

    [Fact]
    public void Intended_Effect_IsDueAtOnce()
    {
        var state = After(Intend("a"));
        Assert.Equal(Start, OutboxSchedule.NextDue(state, Idle));
        Assert.Equal("a", Assert.Single(OutboxSchedule.Now(state, Idle, Start)).Id);
    }

    [Fact]
    public void Now_AfterAStandStill_TheNewestComesFirst()
    {
        var state = Kernel.Outbox.None;
        for (var minute = 0; minute < 100; minute++)
            foreach (var side in (string[])["a", "b"]) state = Apply(state, Intend($"{minute:00}{side}", target: $"{minute}{side}"), Start + Duration.FromMinutes(minute));
        var now = OutboxSchedule.Now(state, Idle, Start + Duration.FromMinutes(98)).Select(e => e.Id).ToArray();
        Assert.Equal(["98a", "98b", "97a", "97b"], now.Take(4));
        Assert.Equal(OutboxSchedule.MostAtOnce, now.Length);
    }

    [Fact]
    public void Cancelled_InTheMiddleOfALine_LeavesTheLineInOrder()
    {
        // Found by the simulation: an end was called off while its beginning was still on its way, and what stood behind it overtook both.
        var state = After(Intend("a"), Intend("b", after: "a"), Intend("c", after: "b"), new OutboxCancelled("b", "Something newer is said."), Intend("d", after: "c"));
        Assert.Equal(["a"], OutboxSchedule.Now(state, Idle, Start).Select(e => e.Id));
        state = Fold.Load(Fold.Save(state));
        Assert.Equal(["a"], OutboxSchedule.Now(state, Idle, Start).Select(e => e.Id));
        state = Apply(state, new OutboxSettled("a", EffectEnd.Accepted, 1, ""));
        Assert.Equal(["c"], OutboxSchedule.Now(state, Idle, Start).Select(e => e.Id));
        Assert.Equal(["d"], OutboxSchedule.Now(Apply(state, new OutboxSettled("c", EffectEnd.Accepted, 1, "")), Idle, Start).Select(e => e.Id));
    }

    [Fact]
    public void Intended_Twice_IsOneEffect()
    {
        var state = After(Intend("a"), Intend("a"));
        Assert.Single(state.Due);
        Assert.Equal(1, state.Totals["webhook"].Intended);
    }

    [Fact]
    public void Attempted_Failed_WaitsForItsNextTry()
    {
        var next = Start + Duration.FromSeconds(1);
        var state = After(Intend("a"), new OutboxAttempted("a", 1, 5, "503", next));
        Assert.Equal(next, OutboxSchedule.NextDue(state, Idle));
        Assert.Empty(OutboxSchedule.Now(state, Idle, Start));
        Assert.Equal("503", state.Pending["a"].LastReason);
    }

    [Fact]
    public void UnderWay_SameTry_IsNotDueAgain()
    {
        var state = After(Intend("a"));
        Assert.Null(OutboxSchedule.NextDue(state, new Dictionary<string, int> { ["a"] = 1 }));
        // Written already: the mark of the first try does not hide the second.
        var later = Apply(state, new OutboxAttempted("a", 1, 5, "503", Start));
        Assert.Equal(Start, OutboxSchedule.NextDue(later, new Dictionary<string, int> { ["a"] = 1 }));
    }

    [Fact]
    public void After_Predecessor_WaitsUntilItSettles()
    {
        var state = After(Intend("page"), Intend("resolve", after: "page"));
        Assert.Equal("page", Assert.Single(OutboxSchedule.Now(state, Idle, Start)).Id);
        var settled = Apply(state, new OutboxSettled("page", EffectEnd.Failed, 1, "404"));
        Assert.Equal("resolve", Assert.Single(OutboxSchedule.Now(settled, Idle, Start)).Id);
    }

    [Fact]
    public void After_SettledPredecessor_IsDueAtOnce() => Assert.Equal("resolve", Assert.Single(OutboxSchedule.Now(
        After(Intend("page"), new OutboxSettled("page", EffectEnd.Accepted, 1, "200"), Intend("resolve", after: "page")), Idle, Start)).Id);

    [Fact]
    public void Now_OneDeadTarget_LeavesPlacesForOthers()
    {
        var state = Enumerable.Range(0, 100).Aggregate(Kernel.Outbox.None, (s, i) => Apply(s, Intend($"dead-{i:000}", "dead")));
        state = Apply(state, Intend("z", "alive"));
        var now = OutboxSchedule.Now(state, Idle, Start);
        Assert.Equal(OutboxSchedule.MostToOneTarget, now.Count(e => e.Target == "dead"));
        Assert.Contains(now, e => e.Id == "z");
    }

    [Fact]
    public void Now_ManyTargets_RunsAtMostSixtyFourAtOnce()
    {
        var state = Enumerable.Range(0, 100).Aggregate(Kernel.Outbox.None, (s, i) => Apply(s, Intend($"{i}", $"t{i}")));
        Assert.Equal(OutboxSchedule.MostAtOnce, OutboxSchedule.Now(state, Idle, Start).Count);
    }

    [Fact]
    public void Settled_ManyEffects_KeepsTheNewestOnly()
    {
        var state = Kernel.Outbox.None;
        for (var i = 0; i < 300; i++) state = Apply(Apply(state, Intend($"{i}")), new OutboxSettled($"{i}", EffectEnd.Accepted, 1, "200"));
        Assert.Empty(state.Pending);
        Assert.Empty(state.Due);
        Assert.Equal(Kernel.Outbox.RecentKept, state.Recent.Count());
        Assert.Equal("299", state.Recent.Last().Id);
        Assert.Equal(new OutboxTotals(300, 0, 300, 0), state.Totals["webhook"]);
    }

    [Fact]
    public void Snapshot_AnyHistory_ComesBackTheSame() => Prop.ForAll(
        Gen.Elements(0, 1, 2, 3).ListOf().Select(l => l.ToArray()).ToArbitrary(), steps =>
        {
            var state = Kernel.Outbox.None;
            for (var i = 0; i < steps.Length; i++)
            {
                var id = $"{i % 5}";
                object happened = steps[i] switch
                {
                    0 => Intend(id, "t" + id),
                    1 => Intend(id, "t", after: $"{(i + 1) % 5}"),
                    2 => new OutboxAttempted(id, i, 1, "503", Start + Duration.FromSeconds(i)),
                    _ => new OutboxSettled(id, EffectEnd.Accepted, i, "200"),
                };
                state = Apply(state, happened, Start + Duration.FromSeconds(i));
            }

            var back = Fold.Load(Fold.Save(state));
            // Nothing is lost: what is pending is due, or waits for something pending.
            var held = state.Pending.Keys.Where(id => !state.Due.Any(d => d.Id == id)).ToArray();
            return back.Due.SetEquals(state.Due) && Fold.Save(back).Span.SequenceEqual(Fold.Save(state).Span)
                && held.All(id => state.Pending[id].After is { } first && state.Pending.ContainsKey(first));
        }).Hold();
}
