using System.Diagnostics;
using System.Text.Json;
using Nines.Kernel;
using Nines.Responding.StatusPages;
using NodaTime;
using Xunit;
using static Nines.Tests.Unit.Responding.StatusPages.StatusFixture;

namespace Nines.Tests.Unit.Responding.StatusPages;

/// <summary>Who hears of what: the choice of components, and nobody who is left with an open outage.</summary>
public class ReachTests
{
    private static readonly SubscriberConfirmed Proven = new("shop", "carol", "link");

    private static SubscriberAsked Asked(params string[] components) => new("shop", "carol", SubscriberKind.Email, "c2VhbGVk", components);

    private static StatusUpdated Updated(string id, PostStatus status, params ComponentSaid[] said) => new("shop", "post1", id, status, PostImpact.Major, said, "News.", "ada");

    private static ComponentSaid Bad(string key) => new(key, ComponentStatus.MajorOutage);

    /// <summary>Which updates reach Carol, one event after the other, with what the page has.</summary>
    private static string[] Heard(IReadOnlyList<string> components, params object[] events)
    {
        var (book, heard) = (StatusBook.None, new List<string>());
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i] is IReadOnlyList<string> changed)
            {
                components = changed;
                continue;
            }

            // Each a minute after the one before.
            book = new StatusBookFold().Apply(book, new Recorded(new JournalEntry(i + 1, new("statuspage", "shop"), i + 1, "x", Now + Duration.FromMinutes(i), "local", 0, null, ReadOnlyMemory<byte>.Empty), events[i]));
            while (NoticeRule.Waits(book.Of("shop")))
                foreach (var (_, happened) in NoticeRule.Next("shop", book.Of("shop"), components, () => "e" + heard.Count))
                {
                    if (happened is OutboxIntended effect)
                    {
                        var batch = effect.Payload.Deserialize<NoticeBatch>(HouseJson.Options)!;
                        heard.AddRange(NoticeRule.Of(book.Of("shop"), batch, components).Select(_ => batch.Notice));
                        book = Fold(book, new OutboxSettled(effect.Id, EffectEnd.Accepted, 1, ""));
                    }
                    else book = Fold(book, happened);
                }
        }

        return [.. heard];
    }

    [Fact]
    public void Takes_OneComponent_HearsOfThatOneOnly() => Assert.Equal(
        ["post1", "end1", "learnt"],
        Heard(Page.Keys, Asked("payments"), Proven, Published("other") with { Components = [Bad("search")] }, Scheduled(), Published(), Updated("end1", PostStatus.Resolved), Updated("learnt", PostStatus.Postmortem)));

    [Fact]
    public void Takes_NoChoice_HearsEverything() => Assert.Equal(["other", "work1", "post1"], Heard(Page.Keys, Asked() with { Components = null }, Proven, Published("other") with { Components = [Bad("search")] }, Scheduled(), Published()));

    [Fact]
    public void Takes_APostWithoutComponents_GoesToAll_AndSoDoesItsEnd_WhateverItTurnsOutToBe() =>
        Assert.Equal(["post1", "u2", "end"], Heard(Page.Keys, Asked("search"), Proven, Published() with { Components = [] }, Updated("u2", PostStatus.Identified, Bad("payments")), Updated("end", PostStatus.Resolved)));

    [Fact]
    public void Takes_AComponentThatIsAddedLater_IsHeardFromThereOn() =>
        Assert.Equal(["u2", "end"], Heard(Page.Keys, Asked("search"), Proven, Published(), Updated("u2", PostStatus.Identified, Bad("search")), Updated("end", PostStatus.Resolved, new ComponentSaid("search", ComponentStatus.Operational))));

    [Fact]
    public void Takes_WorkWhoseComponentIsTakenOff_IsHeardToItsEnd() => Assert.Equal(
        ["work1", "u2", "u3", "u4"],
        Heard(
            Page.Keys, Asked("search"), Proven, Scheduled(),
            new MaintenanceChanged("shop", "work1", "u2", "A new database", "Text.", ["payments"], Now + Duration.FromHours(72), Now + Duration.FromHours(73), "", "ada"),
            new MaintenanceStarted("shop", "work1", "u3"), new MaintenanceEnded("shop", "work1", "u4", "")));

    [Fact]
    public void Takes_WhoCameAfterItWasTakenOff_HearsNothingOfIt() => Assert.Empty(Heard(
        Page.Keys, Asked("search"), Scheduled(),
        new MaintenanceChanged("shop", "work1", "u2", "A new database", "Text.", ["payments"], Now + Duration.FromHours(72), Now + Duration.FromHours(73), "", "ada"),
        Proven, new MaintenanceStarted("shop", "work1", "u3")));

    [Fact]
    public void Takes_OnlyVanishedComponents_HearsEverything_SomeVanished_HearsTheRest()
    {
        Assert.Equal(["post1"], Heard(Page.Keys, Asked("legacy"), Proven, Published()));
        Assert.Empty(Heard(Page.Keys, Asked("legacy", "search"), Proven, Published()));
        // Of a page that is gone nothing is known: nobody hears more for that.
        Assert.Empty(Heard([], Asked("legacy"), Proven, Published()));
    }

    [Fact]
    public void Takes_AComponentThatComesBackMeanwhile_LeavesNobodyWithAnOpenOutage() => Assert.Equal(
        ["post1", "end"],
        Heard(Page.Keys, Asked("legacy"), Proven, Published(), (string[])[.. Page.Keys, "legacy"], Updated("end", PostStatus.Resolved), Published("post2")));

    [Fact]
    public void Takes_AComponentThatVanishesMeanwhile_IsHeardToItsEnd() =>
        Assert.Equal(["post1", "end"], Heard(Page.Keys, Asked("payments", "search"), Proven, Published(), (string[])["search"], Updated("end", PostStatus.Resolved)));

    [Fact]
    public void Choose_WhatIsOpenAndWasTold_IsFollowed_WhatWasNotToldIsNot()
    {
        var book = Fold(Asked("payments"), Proven, Published(), Published("other") with { Components = [Bad("search")] }, Published("over"), new StatusUpdated("shop", "over", "o2", PostStatus.Resolved, PostImpact.Major, [], "Over.", "ada"));
        var carol = book.Of("shop").Subscribers["carol"];
        var chose = SubscriberRules.Choose(book.Of("shop"), carol, Page, ["search"])!;
        Assert.Equal(("search", "post1"), (Assert.Single(chose.Components), Assert.Single(chose.Follows)));
        Assert.Null(SubscriberRules.Choose(book.Of("shop"), carol, Page, ["payments"]));
        Assert.Equal(
            ["post1", "end"],
            Heard(Page.Keys, Asked("payments"), Proven, Published(), Published("other") with { Components = [Bad("search")] }, chose, Published("new"), Updated("end", PostStatus.Resolved)));
    }

    [Fact]
    public void Choose_TwiceWhileItIsOpen_FollowsItStill()
    {
        object[] before = [Asked("payments"), Proven, Published(), new SubscriberChose("shop", "carol", ["search"], ["post1"])];
        var book = Fold(before);
        Assert.Equal(["post1"], SubscriberRules.Choose(book.Of("shop"), book.Of("shop").Subscribers["carol"], Page, [])!.Follows);
    }

    [Fact]
    public void Components_Unknown_SaysWhichThereAre() => Assert.Equal(
        "components: The page has no component \"paymnets\". It has: payments, search. components: The page has no component \"x\". It has: payments, search.",
        Said(SubscriberRules.Components(Page, ["paymnets", "search", "x", "x"])));

    [Fact]
    public void Components_KeepTheOrderOfThePage() => Assert.Equal(["payments", "search"], SubscriberRules.Components(Page, ["search", "", "payments", "search"]).Value);

    [Theory]
    [InlineData("", "everything")]
    [InlineData("search", "Search")]
    [InlineData("payments search", "Payments, Search")]
    [InlineData("legacy", "everything, as the page has no legacy any more")]
    [InlineData("legacy search", "Search; the page has no legacy any more")]
    public void Words_SayWhatIsHeard(string keys, string words) =>
        Assert.Equal(words, Choice.Words(Page, new([.. keys.Split(' ', StringSplitOptions.RemoveEmptyEntries)], Now, [])));

    [Fact]
    public void Next_FiftyThousand_OfWhomTenWantIt_AreOneBatch_AndSmallCommits()
    {
        object[] all = [.. Enumerable.Range(0, 50_000).SelectMany(i => new object[]
        {
            new SubscriberAsked("shop", $"s{i:D6}", SubscriberKind.Email, "c2VhbGVk", i % 5_000 == 4_999 ? ["payments"] : ["search"]), new SubscriberConfirmed("shop", $"s{i:D6}", "import"),
        })];
        var book = Fold(Fold(all), Published());
        var (commits, batches, began) = (0, new List<NoticeBatch>(), Stopwatch.GetTimestamp());
        while (NoticeRule.Waits(book.Of("shop")))
        {
            var events = NoticeRule.Next("shop", book.Of("shop"), Page.Keys, () => $"e{commits}");
            Assert.InRange(events.Count, 1, 2);
            commits++;
            foreach (var (_, happened) in events) book = happened is OutboxIntended effect ? Intend(book, effect, batches) : Fold(book, happened);
        }

        // Fifty thousand are looked at in a few commits: generous, so that only another order of work fails it.
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 5);
        Assert.Equal((10, 10), (commits, batches.SelectMany(b => NoticeRule.Of(book.Of("shop"), b, Page.Keys)).Select(s => s.Id).Distinct().Count()));
        Assert.Empty(book.Of("shop").Notices);

        static StatusBook Intend(StatusBook book, OutboxIntended effect, List<NoticeBatch> batches)
        {
            batches.Add(effect.Payload.Deserialize<NoticeBatch>(HouseJson.Options)!);
            return Fold(book, new OutboxSettled(effect.Id, EffectEnd.Accepted, 1, ""));
        }
    }

    [Fact]
    public void Apply_EventsOfBefore_AreReadAsEverything()
    {
        // As journals have them that were written before there was a choice.
        var asked = Read<SubscriberAsked>("""{"page":"shop","id":"carol","kind":"email","address":"c2VhbGVk"}""");
        var sent = Read<NoticeSent>("""{"page":"shop","notice":"post1","effect":"e1","last":"carol","count":1}""");
        Assert.Equal((null, null), (asked.Components, sent.Among));
        var book = Fold(asked, Proven, Published(), sent);
        Assert.Null(book.Of("shop").Subscribers["carol"].Choice);
        Assert.Null(book.Of("shop").Post("post1")!.Updates[0].Among);

        static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, HouseJson.Options)!;
    }

    [Fact]
    public void Save_ThenLoad_KeepsChoices_AndWhatThePageHad()
    {
        var fold = new StatusBookFold();
        var book = Fold(Asked("payments"), Proven, Published(), new NoticeSent("shop", "post1", "e", "carol", 1, ["payments", "search"]), new SubscriberChose("shop", "carol", ["search"], ["post1"]));
        var again = fold.Load(fold.Save(book)).Of("shop");
        Assert.Equal(["search"], again.Subscribers["carol"].Choice!.Components.ToArray());
        Assert.Equal(["post1"], again.Subscribers["carol"].Choice!.Follows.ToArray());
        Assert.Equal(["payments", "search"], again.Post("post1")!.Updates[0].Among!.Value.ToArray());
    }

    [Fact]
    public void Only_AFeedOfOneComponent_HasWhatTouchesIt_AndTheWholePage()
    {
        var view = View(Fold(Published(), Published("other") with { Components = [Bad("search")] }, Published("all") with { Components = [] }, Scheduled())).Only("payments");
        Assert.Equal(["post1", "all"], view.Published.Posts.Select(p => p.Id));
        Assert.Empty(view.Published.Maintenances);
        Assert.Equal(("https://status.example.com/history.rss?component=payments", "Fernhill Goods status: Payments"), (view.FeedAt("history.rss"), view.FeedTitle));
    }
}
