using System.Text;
using Nines.Responding.StatusPages;
using NodaTime;
using Xunit;
using static Nines.Tests.Unit.Responding.StatusPages.StatusFixture;

namespace Nines.Tests.Unit.Responding.StatusPages;

public class StatusBookTests
{
    [Fact]
    public void StatusOf_TheWorstOfOpenPosts_ThenMaintenance_ThenNothing()
    {
        object[] events =
        [
            Published(), Published("post2") with { Components = [new("payments", ComponentStatus.MajorOutage)] }, Scheduled() with { Components = ["search", "payments"] }, new MaintenanceStarted("shop", "work1", "u2"),
        ];
        var page = Fold(events).Of("shop");
        Assert.Equal((ComponentStatus.MajorOutage, ComponentStatus.UnderMaintenance), (page.StatusOf("payments"), page.StatusOf("search")));
        var over = Fold([.. events, .. Enumerable.Range(1, 2).Select(n => new StatusUpdated("shop", $"post{n}", $"r{n}", PostStatus.Resolved, PostImpact.Major, [], "Over.", "ada")), new MaintenanceEnded("shop", "work1", "u3", "")]).Of("shop");
        Assert.Equal((ComponentStatus.Operational, ComponentStatus.Operational), (over.StatusOf("payments"), over.StatusOf("search")));
    }

    [Fact]
    public void Apply_Resolved_SaysThatEveryComponentWorks()
    {
        var post = Fold(Published(), new StatusUpdated("shop", "post1", "u2", PostStatus.Monitoring, PostImpact.Major, [], "Mended.", "ada"), new StatusUpdated("shop", "post1", "u3", PostStatus.Resolved, PostImpact.Major, [], "Over.", "ada")).Of("shop").Post("post1")!;
        Assert.Equal(new ComponentChange("payments", ComponentStatus.PartialOutage, ComponentStatus.Operational), Assert.Single(post.Updates[^1].Components));
        Assert.Equal((Now + Duration.FromMinutes(1), Now + Duration.FromMinutes(2)), (post.MonitoringAt, post.ResolvedAt));
        Assert.Equal(new ComponentChange("payments", ComponentStatus.Operational, ComponentStatus.PartialOutage), Assert.Single(post.Updates[0].Components));
    }

    [Fact]
    public void Apply_EachPublication_TellsThoseWhoAreThereThen()
    {
        var page = Fold([.. Subscribers(2), Published(), .. Subscribers(3)]).Of("shop");
        var notice = Assert.Single(page.Notices);
        Assert.Equal(("post1", "s000001"), (notice.Id, notice.Through));
        Assert.Empty(Fold(Published()).Of("shop").Notices);
    }

    [Fact]
    public void Apply_SomebodyLeaves_IsTold_NoMore_AndForgotten()
    {
        var page = Fold([.. Subscribers(2), new SubscriberLeft("shop", "s000000", "They asked for it.")]).Of("shop");
        Assert.Equal(["s000001"], page.Confirmed);
        Assert.False(page.Subscribers.ContainsKey("s000000"));
        // Their key is deleted once somebody says so: until then a crash forgets nothing.
        Assert.Equal(["s000000"], page.Gone);
        Assert.Empty(Fold([.. Subscribers(2), new SubscriberLeft("shop", "s000000", "x"), new SubscriberForgotten("shop", "s000000")]).Of("shop").Gone);
    }

    [Fact]
    public void Save_ThenLoad_IsTheSameState()
    {
        var fold = new StatusBookFold();
        var state = Fold([
            .. Subscribers(3), new SubscriberLeft("shop", "s000002", "They asked for it."), new SubscriberAsked("shop", "waits", SubscriberKind.Webhook, "c2VhbGVk"), Published(), Scheduled(), new MaintenanceStarted("shop", "work1", "u2"), new NoticeSent("shop", "post1", "effect1", "s000001", 2),
        ]);
        var again = fold.Load(fold.Save(state));
        Assert.Equal(Encoding.UTF8.GetString(fold.Save(state).Span), Encoding.UTF8.GetString(fold.Save(again).Span));
        Assert.Equal(state.Of("shop").Confirmed, again.Of("shop").Confirmed);
        Assert.Equal((ComponentStatus.PartialOutage, ComponentStatus.UnderMaintenance), (again.Of("shop").StatusOf("payments"), again.Of("shop").StatusOf("search")));
        Assert.Equal("effect1", Assert.Single(again.Of("shop").Notices[0].Waiting));
    }

    [Fact]
    public void Apply_MorePostsThanAreKept_LeavesTheOldestThatAreOverToTheJournal()
    {
        var book = Fold(Published("open"));
        for (var i = 0; i < PublishedPage.PostsKept + 5; i++)
            book = Fold(book, Published($"p{i}"), new StatusUpdated("shop", $"p{i}", $"u{i}", PostStatus.Resolved, PostImpact.Major, [], "Over.", "ada"));
        var page = book.Of("shop");
        Assert.InRange(page.Posts.Count, PublishedPage.PostsKept - 1, PublishedPage.PostsKept + 1);
        Assert.NotNull(page.Post("open"));
        Assert.Null(page.Post("p0"));
    }
}
