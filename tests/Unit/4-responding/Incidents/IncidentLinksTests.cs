using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Entries;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Changes;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents;
using Nines.Responding.Incidents.Manifests;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.Incidents;

public class IncidentLinksTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 19, 3, 0);
    private static readonly ManifestKinds Kinds = new([new ServiceKind(), new PersonKind(), new IncidentPolicyKind()]);

    private static ManifestSet Read(string documents) => ManifestSet.Build(ManifestParser.Parse(documents, null, new()).Select(d => Kinds.Compile(d)), whole: true);

    private static Page Paged(string id, string service, int minutesAgo, bool ended = false) => new(
        id, AlertSeverity.Page, service, $"{service} burns", [$"alert-{id}"], Now - Duration.FromMinutes(minutesAgo), ended ? Now : null, [], "", []);

    private static Incident One(int number = 1) => new()
    {
        Id = $"inc{number}",
        Number = number,
        Title = "Everything fails",
        Severity = IncidentSeverity.Sev2,
        Services = ["payments", "search"],
        Pages = ["p1", "p2"],
        Alerts = ["alert-p1", "alert-p2"],
        DeclaredAt = Now,
        DetectedAt = Now,
    };

    private static IncidentContext Context(params Incident[] incidents) => new()
    {
        Incidents = incidents.Aggregate(IncidentBook.None, (book, i) => book.With(i)),
        Alerts = new AlertBookFold().Empty,
        Pages = PageBook.None.With(Paged("p1", "payments", 30)).With(Paged("p2", "search", 20)),
        Changes = ChangeBook.None,
        Catalog = Read("{ apiVersion: nines/v1, kind: Person, metadata: { name: ada }, spec: {} }"),
        Policy = IncidentPolicy.Shipped,
        Now = Now,
        NewId = () => "new1",
    };

    private static string Said<T>(Outcome<T> outcome) => string.Join(" ", outcome.Problems.Select(p => p.ToString()));

    private static IncidentBook Apply(IncidentBook book, IReadOnlyList<object> events)
    {
        var fold = new IncidentBookFold();
        return events.Aggregate(book, (next, e) => fold.Apply(next, new Recorded(new JournalEntry(9, new("incident", "inc1"), 9, "x", Now, "local", 0, null, ReadOnlyMemory<byte>.Empty), e)));
    }

    [Fact]
    public void Split_ByService_TakesItsPagesAndAlertsAlong_AndBothKnowEachOther()
    {
        var context = Context(One());
        var events = IncidentLinks.Split(context, "INC-1", new("Search is slow", ["search"]), "ada");
        var book = Apply(context.Incidents, events.Value);
        var (origin, part) = (book.All["inc1"], book.All["new1"]);
        Assert.Equal(["payments", "p1", "alert-p1", "new1"], [.. origin.Services, .. origin.Pages, .. origin.Alerts, .. origin.Related]);
        Assert.Equal((2, IncidentSeverity.Sev2), (part.Number, part.Severity));
        Assert.Equal(["search", "p2"], [.. part.Services, .. part.Pages]);
        Assert.Equal((Now - Duration.FromMinutes(20), (Instant?)(Now - Duration.FromMinutes(20))), (part.DetectedAt, part.PagedAt));
        Assert.Equal(("inc1", "new1"), (book.OfPage("p1")!.Id, book.OfPage("p2")!.Id));
        Assert.Equal("INC-2 is an incident of its own now: Search is slow", origin.Timeline[^1].Text);
    }

    [Fact]
    public void Split_EverythingWrong_IsSaidAtOnce() => Assert.Equal(
        "title: The new incident needs a title. Write in a few words what is wrong with that part. services: INC-1 is not about ledger. It is about payments, search. pages: The page p9 does not belong to INC-1. Name one of its pages by its id.",
        Said(IncidentLinks.Split(Context(One()), "INC-1", new(" ", ["ledger"], ["p9"]), "ada")));

    [Fact]
    public void Relate_IsKnownToBoth_Once_AndNeverToItself()
    {
        var context = Context(One(), One(2));
        var book = Apply(context.Incidents, IncidentLinks.Relate(context, "INC-1", "INC-2", "The same database.", "ada").Value);
        Assert.Equal(["inc2", "inc1"], [.. book.All["inc1"].Related, .. book.All["inc2"].Related]);
        Assert.Equal("It has to do with INC-1: The same database.", book.All["inc2"].Timeline[^1].Text);
        Assert.Equal("INC-1 and INC-2 are related already.", Said(IncidentLinks.Relate(context with { Incidents = book }, "INC-1", "INC-2", "again", "ada")));
        Assert.Equal("other: An incident is always related to itself. Name another one. why: Nobody said what they have to do with each other. Write it in a few words.", Said(IncidentLinks.Relate(context, "INC-1", "1", "", "ada")));
    }

    [Theory]
    [InlineData(IncidentSeverity.Sev3, "dataLoss", IncidentSeverity.Sev1)]
    [InlineData(IncidentSeverity.Sev3, "data-loss", IncidentSeverity.Sev1)]
    [InlineData(IncidentSeverity.Sev3, "revenue", IncidentSeverity.Sev2)]
    [InlineData(IncidentSeverity.Sev3, "slaBreach", IncidentSeverity.Sev2)]
    [InlineData(IncidentSeverity.Sev1, "personalData", IncidentSeverity.Sev1)]
    public void Trigger_RaisesAsTheSeedSays_AndNeverLowers(IncidentSeverity before, string trigger, IncidentSeverity after)
    {
        var context = Context(One() with { Severity = before });
        var book = Apply(context.Incidents, IncidentLinks.Trigger(context, "INC-1", trigger, "somebody saw it", "ada").Value);
        Assert.Equal(after, book.All["inc1"].Severity);
        Assert.Single(book.All["inc1"].Triggers);
        Assert.Contains("is known already", Said(IncidentLinks.Trigger(context with { Incidents = book }, "INC-1", trigger, "", "ada")), StringComparison.Ordinal);
    }

    [Fact]
    public void DueAt_OfADeclareRule_IsForItsTiersAndServices_WhileThePageIsOpen()
    {
        var catalog = CatalogView.Of(Read("""
            { apiVersion: nines/v1, kind: Person, metadata: { name: ada }, spec: {} }
            ---
            { apiVersion: nines/v1, kind: Service, metadata: { name: payments }, spec: { owner: { person: ada }, tier: critical } }
            ---
            { apiVersion: nines/v1, kind: Service, metadata: { name: search }, spec: { owner: { person: ada }, tier: standard } }
            """));
        ImmutableArray<DeclareRule> rules = [new([ServiceTier.Critical], [], Duration.FromMinutes(10)), new([], ["search"], Duration.FromMinutes(45))];
        Assert.Equal(Now - Duration.FromMinutes(20), DeclareRule.DueAt(rules, Paged("p", "payments", 30), catalog));
        Assert.Equal(Now + Duration.FromMinutes(15), DeclareRule.DueAt(rules, Paged("p", "search", 30), catalog));
        Assert.Null(DeclareRule.DueAt(rules, Paged("p", "payments", 30, ended: true), catalog));
        Assert.Null(DeclareRule.DueAt([rules[0]], Paged("p", "unknown", 30), catalog));
    }

    [Fact]
    public void Compile_DeclareRules_AreRead()
    {
        var policy = Read("""
            apiVersion: nines/v1
            kind: IncidentPolicy
            metadata: { name: incidents }
            spec:
              raiseWhenSpent: false
              declare: [{ tiers: [critical, important], services: [payments], after: 10m }]
            """).Of<IncidentPolicy>().Single();
        Assert.False(policy.RaiseWhenSpent);
        Assert.Equal((2, "payments", Duration.FromMinutes(10)), (policy.Declare[0].Tiers.Length, policy.Declare[0].Services[0], policy.Declare[0].After));
    }
}
