using Nines.Kernel;
using Xunit;

namespace Nines.Tests.Unit.Ground;

public class HouseTests
{
    [Fact]
    public async Task Decide_WritesAnEvent_IsInTheJournalAndTheStateWhenAnswered()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();

        var decided = await house.CountAsync("x");

        Assert.Equal((1, false), (decided.Position, decided.Repeated));
        Assert.Equal(1, house.Count("x"));
        Assert.Equal((1, 1), (house.State.Position, await rig.Journal.HeadAsync(default)));
        Assert.Equal(0, decided.Outcome.Value);
    }

    [Fact]
    public async Task Decide_Problem_WritesNothingAndSaysIt()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();

        var decided = await house.DecideAsync<int>(Actor.Local, deciding =>
        {
            deciding.Write(new("tests", "x"), new Counted("x"));
            return Problem.Conflict("It is so already.");
        });

        Assert.Equal("It is so already.", Assert.Single(decided.Outcome.Problems).What);
        Assert.Empty(rig.Journal.Appends);
    }

    [Fact]
    public async Task Decide_ManyWhileACommitIsUnderWay_ShareTheNextCommit()
    {
        await using var rig = new HouseRig();
        var hold = new TaskCompletionSource();
        rig.Journal.BeforeAppend = n => n == 1 ? hold.Task : Task.CompletedTask;
        var house = await rig.StartAsync();
        var first = house.CountAsync("first");
        while (rig.Journal.Appends.Count == 0) await Task.Yield();
        var rest = Enumerable.Range(0, 50).Select(_ => house.CountAsync("x")).ToArray();
        hold.SetResult();

        var seen = await Task.WhenAll(rest);
        await first;
        Assert.Equal([1, 50], rig.Journal.Appends);
        Assert.Equal(Enumerable.Range(0, 50), seen.Select(d => d.Outcome.Value).Order());
        Assert.Equal(50, house.Count("x"));
    }

    [Fact]
    public async Task Decide_OneOfABatchThrows_TheOthersStand()
    {
        await using var rig = new HouseRig();
        var hold = new TaskCompletionSource();
        rig.Journal.BeforeAppend = n => n == 1 ? hold.Task : Task.CompletedTask;
        var house = await rig.StartAsync();
        var first = house.CountAsync("first");
        while (rig.Journal.Appends.Count == 0) await Task.Yield();
        var good = house.CountAsync("x");
        var bad = house.DecideAsync<int>(Actor.Local, deciding =>
        {
            deciding.Write(new("tests", "x"), new Counted("x"));
            throw new InvalidOperationException("a bug");
        });
        var brokenReaction = house.CountAsync("broken");
        var alsoGood = house.CountAsync("x");
        hold.SetResult();

        await Task.WhenAll(first, good, alsoGood);
        Assert.Equal("a bug", (await Assert.ThrowsAsync<InvalidOperationException>(() => bad)).Message);
        Assert.Equal("the reaction is broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => brokenReaction)).Message);
        Assert.Equal([1, 2], rig.Journal.Appends);
        Assert.Equal((2, 0), (house.Count("x"), house.Count("broken")));
    }

    [Fact]
    public async Task Decide_OtherNodeWasQuicker_CatchesUpAndDecidesAgain()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        rig.Journal.BeforeAppend = n => n == 1 ? rig.Journal.AppendAsOtherAsync(new Counted("x", 5), "unknown.of.this.build.v9") : Task.CompletedTask;

        var decided = await house.CountAsync("x");

        Assert.Equal((5, 3), (decided.Outcome.Value, decided.Position));
        Assert.Equal(6, house.Count("x"));
    }

    [Fact]
    public async Task Decide_ReactionFailsBeforeAConflictAndSucceedsAfter_IsDoneAndAnsweredSo()
    {
        await using var rig = new HouseRig();
        var hold = new TaskCompletionSource();
        var house = await rig.StartAsync();
        rig.Journal.BeforeAppend = async n =>
        {
            if (n == 1) await hold.Task;
            if (n == 2) await rig.Journal.AppendAsOtherAsync(new Counted("other"));
        };
        var first = house.CountAsync("first");
        while (rig.Journal.Appends.Count == 0) await Task.Yield();
        var tried = house.CountAsync("broken on zero");
        var beside = house.CountAsync("x");
        hold.SetResult();

        await Task.WhenAll(first, beside);
        Assert.True((await tried).Outcome.Ok);
        Assert.Equal(1, house.Count("broken on zero"));
    }

    [Fact]
    public async Task Decide_JournalWentBack_IsRefusedInsteadOfTriedForEver()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        await house.CountAsync("x");
        rig.Journal.WentBackTo = 0;

        Assert.Equal(
            "The journal ends at position 0, but 1 had been read from it. Restart Nines, so that it reads the journal anew; nothing was written.",
            (await Assert.ThrowsAsync<StorageException>(() => house.CountAsync("x"))).Message);
    }

    [Fact]
    public async Task Reactions_OfReactions_AreOneCommitWithTheirCauses()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();

        await house.CountAsync("a");

        Assert.Equal([3], rig.Journal.Appends);
        Assert.Equal((1, 1, 1L), (house.Count("a"), house.Count("b"), house.State.Get<Tally>().Told));
        var entries = await rig.Journal.ReadAtAsync([1, 2, 3], default);
        Assert.Equal([0, 1, 2], entries.Select(e => e.Cause));
        Assert.All(entries, e => Assert.Equal("local", e.Actor));
    }

    [Fact]
    public async Task Reactions_InACircle_AreRefusedAndTheHouseGoesOn()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => house.CountAsync("circle"));

        Assert.Equal("Reactions to tests.counted.v1 do not come to rest after 10000 events.", refused.Message);
        await house.CountAsync("x");
        Assert.Equal((1, 0, 1L), (house.Count("x"), house.Count("circle"), house.State.Position));
    }

    [Fact]
    public async Task Decide_CommitFails_DropsTheRootAndSaysWhy()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        await house.CountAsync("x");
        rig.Journal.BeforeAppend = n => n == 2 ? throw new StorageException("The disk that holds journal.db is full.") : Task.CompletedTask;

        var refused = await Assert.ThrowsAsync<StorageException>(() => house.CountAsync("x"));
        Assert.Equal("The disk that holds journal.db is full.", refused.Message);
        Assert.Equal((1, 1L), (house.Count("x"), house.State.Position));

        Assert.Equal((1, 2L), (await house.CountAsync("x")) is var d ? (d.Outcome.Value, d.Position) : default);
    }

    [Fact]
    public async Task Watch_EachPublication_ComesInOrderWithTrueVersionsAndAThrowHarmsNobody()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        var seen = new List<string>();
        using var throwing = house.Watch((_, _) => throw new InvalidOperationException("a watcher's bug"));
        var watch = house.Watch((state, news) => seen.AddRange(news.Select(n => $"{n.Entry.Position}/{n.Entry.Version}@{state.Position}")));

        await house.CountAsync("x");
        await house.CountAsync("x");
        watch.Dispose();
        await house.CountAsync("x");

        Assert.Equal(["1/1@1", "2/2@2"], seen);
    }

    [Fact]
    public async Task Follow_OtherNodeAppends_IsPublishedWithoutADecision()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        var published = new TaskCompletionSource<long>();
        using var watch = house.Watch((state, _) => published.TrySetResult(state.Position));
        await rig.Journal.AppendAsOtherAsync(new Counted("x", 7));
        rig.Journal.TellOthers();

        Assert.Equal(1, await published.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(7, house.Count("x"));
        Assert.Empty(rig.Journal.Appends);
    }

    [Fact]
    public async Task Decide_AfterTheEnd_IsRefused()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        await house.DisposeAsync();

        var refused = await Assert.ThrowsAsync<StorageException>(() => house.CountAsync("x"));
        Assert.Equal("Nines is stopping and takes no more changes; send it again once it is back.", refused.Message);
    }

    [Fact]
    public async Task Dispose_WithCommandsQueued_CommitsThemFirst()
    {
        await using var rig = new HouseRig();
        var house = await rig.StartAsync();
        var queued = Enumerable.Range(0, 200).Select(_ => house.CountAsync("x")).ToArray();
        await house.DisposeAsync();

        // The end waits for the commits; that a caller has been woken up is the thread pool's business.
        await Task.WhenAll(queued).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(200, await rig.Journal.HeadAsync(default));
    }

    [Fact]
    public async Task Dispose_OtherNodeWasQuickerMeanwhile_TheCommandIsStillDecidedAgainAndKept()
    {
        await using var rig = new HouseRig();
        var hold = new TaskCompletionSource();
        var house = await rig.StartAsync();
        rig.Journal.BeforeAppend = async n =>
        {
            if (n != 1) return;
            await hold.Task;
            await rig.Journal.AppendAsOtherAsync(new Counted("x", 5));
        };
        var queued = house.CountAsync("x");
        while (rig.Journal.Appends.Count == 0) await Task.Yield();
        var end = house.DisposeAsync();
        hold.SetResult();
        await end;

        Assert.Equal(5, (await queued).Outcome.Value);
        Assert.Equal(2, await rig.Journal.HeadAsync(default));
    }
}
