using Nines.Alerting.Alerts;
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

public class IncidentRulesTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 19, 3, 0);

    private static readonly ManifestKinds Kinds = new([new ServiceKind(), new PersonKind(), new IncidentPolicyKind()]);

    private static readonly ManifestSet Catalog = Read("""
        { apiVersion: nines/v1, kind: Person, metadata: { name: ada }, spec: {} }
        ---
        { apiVersion: nines/v1, kind: Service, metadata: { name: payments }, spec: { owner: { person: ada } } }
        """);

    private static readonly MeasuredImpact Burned = new("payments-availability", Now - Duration.FromMinutes(40), Now - Duration.FromMinutes(12), 30, 0.1, 12);

    private static Incident One(int number, bool drill = false) => new()
    {
        Id = $"inc{number}",
        Number = number,
        Title = "Card payments fail",
        Severity = IncidentSeverity.Sev2,
        Services = ["payments"],
        DeclaredAt = Now,
        DetectedAt = Now,
        Drill = drill,
        Roles = [new(IncidentRole.Commander, "ada", Now)],
        Timeline = [new("line1", Now, Now, TimelineKind.Note, "It is the database.")],
    };

    private static IncidentContext Context(params Incident[] incidents) => new()
    {
        Incidents = incidents.Aggregate(IncidentBook.None, (book, i) => book.With(i)),
        Alerts = new AlertBookFold().Empty,
        Pages = PageBook.None,
        Changes = ChangeBook.None,
        Catalog = Catalog,
        Policy = IncidentPolicy.Shipped,
        Now = Now,
        NewId = () => "id",
    };

    private static ManifestSet Read(string documents) => ManifestSet.Build(ManifestParser.Parse(documents, null, new()).Select(d => Kinds.Compile(d)), whole: true);

    private static string Said<T>(Outcome<T> outcome) => string.Join(" ", outcome.Problems.Select(p => p.ToString()));

    [Fact]
    public void Resolve_WithoutCleanData_SaysAllThatIsMissing()
    {
        var refused = IncidentRules.Resolve(Context(One(1)), "INC-1", new(), [Burned], "ada");
        Assert.Equal(
            "cause: Nobody said what it was. Write the cause in one sentence, or that it is not known. override: payments-availability has been good for 12 minutes; an incident is over after 30m of clean data. Wait, or say under override why it is over all the same.",
            Said(refused));
        Assert.True(IncidentRules.Resolve(Context(One(1)), "INC-1", new("A query.", "test traffic only"), [Burned], "ada").Ok);
        Assert.True(IncidentRules.Resolve(Context(One(1)), "INC-1", new("A query."), [Burned with { CleanMinutes = 30 }], "ada").Ok);
    }

    [Fact]
    public void Leave_TheCommander_HandsOverInstead() =>
        Assert.Equal("role: An incident keeps a commander until it is resolved. Hand the role over: give it to somebody else.", Said(IncidentRules.Leave(Context(One(1)), "1", IncidentRole.Commander, "ada", "ada")));

    [Fact]
    public void Note_ThatCannotBe_SaysEveryReason() => Assert.Equal(
        "text: The text has 4001 characters. A line takes 4000; put the rest into another, or into a document and link it. at: It lies in the future. Write when it happened. corrects: The timeline has no line lineX. Name one of its lines by its id.",
        Said(IncidentRules.Note(Context(One(1)), "INC-1", new(new('a', 4001), At: Now + Duration.FromMinutes(1), Corrects: "lineX"), "ada")));

    [Fact]
    public void Note_AfterItIsOver_IsStillTaken() =>
        Assert.True(IncidentRules.Note(Context(One(1) with { ResolvedAt = Now }), "INC-1", new("It was the cache.", Corrects: "line1"), "ada").Ok);

    [Fact]
    public void Merge_ADrillIntoARealOne_IsRefused() =>
        Assert.Equal("into: A drill and a real incident are kept apart. Resolve the drill.", Said(IncidentRules.Merge(Context(One(1), One(2, drill: true)), "INC-2", "INC-1", "ada")));

    [Theory]
    [InlineData("INC-9", "There is no incident INC-9. List them with \"nines incident list\".")]
    [InlineData("INC-2", "INC-2 is resolved. Reopen it first, or declare another one.")]
    [InlineData("INC-3", "INC-3 is part of INC-1. Go on there.")]
    public void Severity_OfNoOpenIncident_SaysWhy(string name, string words) => Assert.Equal(
        words, Said(IncidentRules.Severity(Context(One(1), One(2) with { ResolvedAt = Now }, One(3) with { MergedInto = "inc1" }), name, "sev1", "worse", "ada")));

    [Fact]
    public void Declare_WithNothing_IsTheHigherOneInDoubt()
    {
        var declared = IncidentDeclaration.Decide(Context(), new("Card payments fail", Services: ["payments"]), [Burned], "ada").Value;
        Assert.Equal((IncidentSeverity.Sev2, "Nobody knows yet how many feel it: in doubt the higher one.", Now, 1), (declared.Severity, declared.Reason, declared.DetectedAt, declared.Number));
    }

    [Fact]
    public void Declare_Wrong_SaysEverythingAtOnce()
    {
        var refused = IncidentDeclaration.Decide(Context(), new("", "sev9", "everything", "few", ["fire"], ["paymens"], "nopage", "noalert"), [], "ada");
        Assert.Equal(["page", "alert", "services", "title", "function", "triggers", "severity"], refused.Problems.Select(p => p.Path));
    }

    [Fact]
    public void Policy_OfAManifest_ReplacesWhatItNames()
    {
        var policy = IncidentPolicies.Of(Read("""
            apiVersion: nines/v1
            kind: IncidentPolicy
            metadata: { name: incidents }
            spec:
              matrix: { core: [sev3, sev3, sev2, sev1] }
              severities: [{ severity: sev2, checkIn: 20m }]
              cleanFor: 45m
            """));
        Assert.Equal((IncidentSeverity.Sev3, IncidentSeverity.Sev4), (policy.Matrix.Of(ImpactFunction.Core, ImpactUsers.Few, []).Severity, policy.Matrix.Of(ImpactFunction.Degraded, ImpactUsers.One, []).Severity));
        Assert.Equal((Duration.FromMinutes(20), Duration.FromMinutes(15), Duration.FromMinutes(45)), (policy.Of(IncidentSeverity.Sev2).CheckIn, policy.Of(IncidentSeverity.Sev2).Respond, policy.CleanFor));
    }
}
