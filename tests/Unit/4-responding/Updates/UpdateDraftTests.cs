using Nines.Catalog.Manifests;
using Nines.Responding.Incidents;
using Nines.Responding.Updates;
using Nines.Responding.Updates.Manifests;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.Updates;

public class UpdateDraftTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 19, 2, 30);

    private static IncidentView View(string title = "Card payments fail") => new("inc1", "INC-1", title, "SEV2", "open", IncidentPhase.Respond, Now, ["payments"], false)
    {
        Clocks = new(Now - Duration.FromMinutes(21), Now, Now - Duration.FromMinutes(14), Now - Duration.FromMinutes(10), null, null, null, null, null),
        Impact = [new("payments-availability", Now - Duration.FromMinutes(21), Now, 300, 0.0321, 0)],
        Roles = [new(IncidentRole.Commander, "ada", Now)],
    };

    private static UpdateDraft Draft(string template, IncidentView view) =>
        UpdateDraft.Of(UpdateTemplate.Shipped.Single(t => t.Name == template), new(view, "#inc-2026-11-19-card-payments-fail", Now + Duration.FromHours(1), "https://nines.example.com", Now));

    [Fact]
    public void Of_TheSeedsFirstTemplate_IsFilledFromFacts()
    {
        var draft = Draft("initial", View());
        Assert.Equal("🔴 INCIDENT: Card payments fail", draft.Subject);
        Assert.Equal(
            """
            Severity: SEV2
            Impact: users of payments feel it since 02:09 UTC; 3.2 % of the budget of payments-availability spent
            Status: Investigating
            IC: ada
            Channel: #inc-2026-11-19-card-payments-fail
            Next update: 03:30 UTC
            """,
            draft.Text);
    }

    [Fact]
    public void Of_TheSeedsCustomerTemplate_NamesNoObjectiveAndNoPerson()
    {
        var draft = Draft("customer", View());
        Assert.Equal("payments - Investigating increased error rates", draft.Subject);
        Assert.Equal("We are currently investigating reports of increased error rates. Some users may experience errors. Our team is actively working on a resolution. We will provide an update within 1 hour.", draft.Text);
    }

    [Fact]
    public void Of_AnIncidentThatIsOver_SaysHowLongAndWhy()
    {
        var over = View() with
        {
            Phase = IncidentPhase.Review,
            Cause = "A query without an index.",
            Clocks = View().Clocks with { ImpactUntil = Now + Duration.FromMinutes(72), Resolved = Now + Duration.FromMinutes(110) },
        };
        Assert.StartsWith("Duration: 1 hour 33 minutes\n", Draft("resolution", over with { State = "resolved" }).Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Root cause: A query without an index.", Draft("resolution", over).Text, StringComparison.Ordinal);
        Assert.Contains("https://nines.example.com/incidents/inc1 (within 5 business days)", Draft("resolution", over).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ATitleThatLooksLikeAPlace_StaysText() => Assert.Equal("🔴 INCIDENT: {commander} {0}", Draft("initial", View("{commander} {0}")).Subject);

    [Theory]
    [InlineData(false, "open", "initial")]
    [InlineData(true, "open", "progress")]
    [InlineData(true, "resolved", "resolution")]
    [InlineData(false, "resolved", "resolution")]
    public void Offered_FollowsWhereItStands(bool said, string state, string template) =>
        Assert.Equal(template, UpdateDraft.Offered(UpdatePolicy.Shipped, View() with { State = state }, UpdateAudience.Internal, said)!.Name);

    [Fact]
    public void Compile_APlaceThatNothingFills_IsRefused_WithWhatThereIs()
    {
        var kinds = new ManifestKinds([new UpdatePolicyKind()]);
        var compiled = ManifestSet.Build(ManifestParser.Parse("""
            apiVersion: nines/v1
            kind: UpdatePolicy
            metadata: { name: updates }
            spec:
              every: { sev1: 3m }
              templates:
                - { name: board, audience: executives, stage: first, subject: "{severty}", text: "{impact}" }
            """, null, new()).Select(d => kinds.Compile(d)), whole: true);
        var said = string.Join("\n", compiled.Problems.Select(p => p.ToString()));
        Assert.Contains("There is nothing to put into {severty}. Use one of cause, channel, commander,", said, StringComparison.Ordinal);
        Assert.Contains("SEV1 is told every 3 minutes: nobody writes that fast.", said, StringComparison.Ordinal);
    }
}
