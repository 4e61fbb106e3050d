using Nines.Responding.Incidents;
using Nines.Responding.StatusPages;
using Xunit;
using static Nines.Tests.Unit.Responding.StatusPages.StatusFixture;

namespace Nines.Tests.Unit.Responding.StatusPages;

public class PostRulesTests
{
    [Fact]
    public void Publish_WithEverythingWrong_SaysAllOfIt()
    {
        var refused = PostRules.Publish(Context(), "shop", new("", "resolved", "huge", new Dictionary<string, string> { ["cards"] = "under_maintenance" }, " ", "INC-9", Now + NodaTime.Duration.FromHours(1)), "ada");
        Assert.Equal(
            "title: A post needs a title. Say in a few words what users feel. "
            + "body: There is nothing to read. Say what users feel, what is done, and when you write again. "
            + "components.cards: The page has no component \"cards\". It has: payments, search. "
            + "components.cards: \"under_maintenance\" is no status of a component here. Write one of operational, degraded_performance, partial_outage, major_outage. "
            + "impact: \"huge\" is no impact. Write one of none, minor, major, critical, or leave it out. "
            + "status: A post cannot begin resolved. Publish it as monitoring, and resolve it then. "
            + "incident: There is no incident INC-9. List them with \"nines incident list\". "
            + "startedAt: It lies in the future. Write since when users feel it; announce work with \"nines statuspage maintenance schedule\".",
            Said(refused));
    }

    [Fact]
    public void Publish_UnknownPage_NamesTheNearest() =>
        Assert.Equal("There is no status page \"shp\". Did you mean \"shop\"? List them with \"nines statuspage list\".", Said(PostRules.Publish(Context(), "shp", new("x", Body: "y"), "ada")));

    [Theory]
    [InlineData("major_outage", PostImpact.Critical)]
    [InlineData("partial_outage", PostImpact.Major)]
    [InlineData("DegradedPerformance", PostImpact.Minor)]
    [InlineData("operational", PostImpact.None)]
    public void Publish_WithoutImpact_TakesItFromTheComponents(string status, PostImpact impact) =>
        Assert.Equal(impact, PostRules.Publish(Context(), "shop", new("x", Body: "y", Components: new Dictionary<string, string> { ["payments"] = status }), "ada").Value.Impact);

    [Fact]
    public void Publish_OfAnIncident_BeginsWhereItsImpactBegan_AndOnce()
    {
        var felt = Now - NodaTime.Duration.FromMinutes(20);
        var incident = new Incident { Id = "inc1", Number = 1, Title = "x", Severity = IncidentSeverity.Sev2, DeclaredAt = Now, DetectedAt = Now, Impact = [new("o", felt, Now, 1, 0.1, 0)] };
        var book = IncidentBook.None.With(incident);
        var first = PostRules.Publish(Context(incidents: book), "shop", new("x", Body: "y", Incident: "INC-1"), "ada").Value;
        Assert.Equal((felt, "inc1"), (first.StartedAt, first.Incident));
        Assert.Equal(
            "incident: The page speaks of INC-1 already: Card payments fail. Update that post: nines statuspage update shop post1.",
            Said(PostRules.Publish(Context(Fold(Published(incident: "inc1")), book), "shop", new("x", Body: "y", Incident: "INC-1"), "ada")));
    }

    [Fact]
    public void Publish_HostileMarks_AreTakenOut_AndMarkupStaysText()
    {
        var done = PostRules.Publish(Context(), "shop", new("<script>alert(1)</script>\u202Egnp\u0007", Body: "a\r\nb\uD800"), "ada").Value;
        Assert.Equal(("<script>alert(1)</script>gnp", "a\nb\uFFFD"), (done.Title, done.Body));
    }

    [Fact]
    public void Update_OfWhatIsOver_IsRefused()
    {
        var over = Fold(Published(), new StatusUpdated("shop", "post1", "u2", PostStatus.Resolved, PostImpact.Major, [], "Over.", "ada"));
        Assert.Equal("This post is resolved. Publish another one, or what was learnt with the status postmortem.", Said(PostRules.Update(Context(over), "shop", "post1", new(Body: "x"), "ada")));
        Assert.Equal("The page shop has no post post2. See what it has with \"nines statuspage show shop\".", Said(PostRules.Update(Context(over), "shop", "post2", new(Body: "x"), "ada")));
    }

    [Fact]
    public void Update_WithWhatWasLearnt_NeedsThatItIsOver_AndLeavesItOver()
    {
        var lesson = new PostRequest(Status: "postmortem", Body: "A query had no index.");
        Assert.Equal(
            "status: This post is not resolved. Resolve it first; what was learnt is told afterwards. components: What was learnt changes no component. Leave the components out.",
            Said(PostRules.Update(Context(Fold(Published())), "shop", "post1", lesson with { Components = new Dictionary<string, string> { ["payments"] = "operational" } }, "ada")));
        var over = Fold(Published(), new StatusUpdated("shop", "post1", "u2", PostStatus.Resolved, PostImpact.Major, [], "Over.", "ada"));
        var told = PostRules.Update(Context(over), "shop", "post1", lesson with { Impact = "none" }, "ada").Value;
        var post = Fold(Published(), new StatusUpdated("shop", "post1", "u2", PostStatus.Resolved, PostImpact.Major, [], "Over.", "ada"), told).Of("shop").Post("post1")!;
        Assert.Equal((PostStatus.Postmortem, PostImpact.Major, false, over.Of("shop").Post("post1")!.ResolvedAt, "postmortem"), (post.Status, post.Impact, post.Open, post.ResolvedAt, post.Updates[^1].Status));
    }

    [Fact]
    public void Update_WithoutStatus_KeepsIt_AndResolvedKeepsWhatTheImpactWas()
    {
        var book = Fold(Published());
        var kept = PostRules.Update(Context(book), "shop", "post1", new(Body: "Still."), "ada").Value;
        Assert.Equal((PostStatus.Investigating, PostImpact.Major), (kept.Status, kept.Impact));
        var over = PostRules.Update(Context(book), "shop", "post1", new(Status: "resolved", Body: "Over."), "ada").Value;
        Assert.Equal((PostStatus.Resolved, PostImpact.Major), (over.Status, over.Impact));
    }
}
