using Nines.Responding.StatusPages;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.StatusPages;

public class ProposalRuleTests
{
    private static ComponentProposal Of(ObjectiveFact[] objectives, IncidentFact[] incidents, ComponentStatus published = ComponentStatus.Operational) => ProposalRule.Of("payments", objectives, incidents, published);

    [Theory]
    [InlineData(0.7, ComponentStatus.MajorOutage, "pay burns so fast that somebody was called: 70 % fails.")]
    [InlineData(0.1, ComponentStatus.PartialOutage, "pay burns so fast that somebody was called: 10 % fails.")]
    [InlineData(0.01, ComponentStatus.DegradedPerformance, "pay burns so fast that somebody was called: 1 % fails.")]
    [InlineData(null, ComponentStatus.DegradedPerformance, "pay burns so fast that somebody was called.")]
    public void Of_APage_IsAsBadAsWhatFails(double? failing, ComponentStatus status, string reason)
    {
        var proposal = Of([new("pay", true, true, failing)], []);
        Assert.Equal((status, reason), (proposal.Proposed, proposal.Reason));
    }

    [Theory]
    [InlineData(1, ComponentStatus.MajorOutage)]
    [InlineData(2, ComponentStatus.PartialOutage)]
    [InlineData(3, ComponentStatus.DegradedPerformance)]
    public void Of_AnIncident_IsAsBadAsItsSeverity(int severity, ComponentStatus status)
    {
        var proposal = Of([], [new("inc1", "INC-1", severity, false)]);
        Assert.Equal((status, $"INC-1 is open, SEV{severity}."), (proposal.Proposed, proposal.Reason));
    }

    [Fact]
    public void Of_Several_TheWorstCounts() =>
        Assert.Equal("INC-1 is open, SEV1.", Of([new("pay", true, true, 0.1), new("slow", false, true, null)], [new("inc1", "INC-1", 1, false)]).Reason);

    [Fact]
    public void Of_Nothing_ProposesThatItWorks_AndMitigatedIsNoOutage()
    {
        Assert.Equal("Nothing burns, and no incident is open.", Of([new("pay", false, false, 0)], [], ComponentStatus.MajorOutage).Reason);
        Assert.Equal(ComponentStatus.Operational, Of([new("pay", true, true, 0)], []).Proposed);
        var mitigated = Of([], [new("inc1", "INC-1", 1, true)]);
        Assert.Equal((ComponentStatus.Operational, "INC-1 is mitigated, and nothing burns."), (mitigated.Proposed, mitigated.Reason));
    }

    [Fact]
    public void Of_DuringMaintenance_ProposesNothingElse_UnlessSomethingBurns()
    {
        Assert.Equal(ComponentStatus.UnderMaintenance, Of([], [], ComponentStatus.UnderMaintenance).Proposed);
        Assert.Equal(ComponentStatus.PartialOutage, Of([new("pay", true, false, 0.2)], [], ComponentStatus.UnderMaintenance).Proposed);
    }

    [Theory]
    [InlineData(PostStatus.Investigating, "We are investigating reports of increased error rates in Payments and Search. Some of what you try may fail. We are working on it and write again by 04:30 CET.")]
    [InlineData(PostStatus.Identified, "We have found the cause of the trouble with Payments and Search and are mending it. Some of what you try may fail. We write again by 04:30 CET.")]
    [InlineData(PostStatus.Monitoring, "We have mended Payments and Search. It should work again; we keep watching it and write again by 04:30 CET.")]
    [InlineData(PostStatus.Resolved, "The trouble with Payments and Search is over. Everything works again. We are sorry.")]
    public void Body_NamesWhatUsersKnow_AndWhenTheNextWordComes(PostStatus status, string text) => Assert.Equal(
        text, DraftText.Body(status, [("Payments", ComponentStatus.PartialOutage), ("Search", ComponentStatus.DegradedPerformance)], StatusFixture.Now + DraftText.NextUpdate, StatusFixture.Page.Zone));

    [Fact]
    public void Title_IsTheWorst() => Assert.Equal("Payments: an outage", DraftText.Title([("Payments", ComponentStatus.MajorOutage), ("Search", ComponentStatus.DegradedPerformance)]));

    [Fact]
    public void Of_TheMinutesOfADay_CountsTheWorstOfEach_AndWhatNobodyKnowsIsNotGood()
    {
        var day = DayRule.Of(new(2026, 11, 18), [
            ([0, 60, 6, 5, double.NaN], [100, 100, 100, 100, double.NaN]),
            ([0, 0, 0, double.NaN, double.NaN], [10, 10, 10, double.NaN, double.NaN]),
        ]);
        Assert.Equal((4, 1, 1), (day.Known, day.Partly, day.Down));
        Assert.Equal((430 - 71.0) / 430, day.Share!.Value, 9);
        var unknown = DayRule.Of(new(2026, 11, 18), [([double.NaN], [double.NaN])]);
        Assert.Equal((0, null), (unknown.Known, unknown.Share));
    }

    [Fact]
    public void Planned_CountsWhatTheWorkReallyTook()
    {
        var from = StatusFixture.Now;
        Maintenance Work(Instant? begun, Instant? ended) => new() { Id = "w", Title = "x", Body = "x", Components = ["search"], From = from, Until = from, CreatedAt = from, UpdatedAt = from, StartedAt = begun, EndedAt = ended };
        var all = new[] { Work(from, from + Duration.FromMinutes(30)), Work(null, from + Duration.FromMinutes(30)), Work(from + Duration.FromHours(23), null) };
        Assert.Equal(90, DayRule.Planned(all, "search", from, from + Duration.FromHours(24)));
        Assert.Equal(0, DayRule.Planned(all, "payments", from, from + Duration.FromHours(24)));
    }
}
