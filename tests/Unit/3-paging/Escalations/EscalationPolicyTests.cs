using Nines.Paging.Escalations;
using Nines.Tests.Unit.Paging.Notifications;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Escalations;

public class EscalationPolicyTests
{
    private static string Policy(string spec) => $"{{apiVersion: nines/v1, kind: EscalationPolicy, metadata: {{name: shop}}, spec: {spec}}}";

    private static string Chosen(string named, string service, params string[] documents)
    {
        var chosen = PolicyChoice.Of(named, service, WhoIsPagedTests.Catalog(documents));
        return $"{chosen.Policy.Name}/{chosen.Primary}/{chosen.Secondary}: {chosen.Reason}";
    }

    private static string Schedule(string name, string more = "") =>
        $"{{apiVersion: nines/v1, kind: Schedule, metadata: {{name: {name}}}, spec: {{timeZone: Europe/Berlin, {more}layers: [{{name: all, rotation: {{turn: weekly, start: 2026-01-05, people: [alice]}}}}]}}}}";

    private static readonly string Shop = Policy("{steps: [{notify: [{person: alice}]}]}");

    [Fact]
    public void Read_Nothing_SaysWhatIsMissing() => Assert.Equal(
        ["spec.steps: This field is missing. Write steps: with what is called first, then next."],
        WhoIsPagedTests.Catalog(Policy("{repeat: 3}")).Problems.Where(p => p.IsError).Select(p => (p with { Place = null }).ToString()));

    [Fact]
    public void Read_EveryMistake_IsSaidAtOnce() => Assert.Equal(
        [
            "spec.steps[0].notify[0]: A target names one thing. Write one of schedule:, person:, team:, lead:, role:.",
            "spec.steps[0].delay: A step lasts from 5s to 24h. Write one such as 5m.",
            "spec.steps[1].notify[0]: This target names nobody. Write one of schedule:, person:, team:, lead:, role:.",
            "spec.steps[1].otherwise: otherwise: counts outside of hours, but there are none. Write hours:, or leave otherwise: out.",
            "spec.repeat: 99 is not a whole number from 1 to 10. Write one that is.",
            "spec.unacknowledgeAfter: Somebody who has just taken a page on must have time to work. Write at least 5m, or 0s for never.",
        ],
        WhoIsPagedTests.Catalog(WhoIsPagedTests.Person("alice"), WhoIsPagedTests.Person("bob"), Policy(
                "{steps: [{notify: [{person: alice, team: shop}], delay: 1s}, {notify: [{}], otherwise: [{person: bob}]}], repeat: 99, unacknowledgeAfter: 1m}"))
            .Problems.Where(p => p.IsError).Select(p => (p with { Place = null }).ToString()));

    [Fact]
    public void Choose_TheRouteNamesOne_ItCounts() => Assert.Equal("shop//: The route names the escalation policy shop.", Chosen("shop", "checkout", Shop, WhoIsPagedTests.Service("checkout", "owner: {person: alice}")));

    [Fact]
    public void Choose_TheServiceNamesOne_ItCounts() => Assert.Equal("shop//: checkout names the escalation policy shop.", Chosen("", "checkout", Shop, WhoIsPagedTests.Service("checkout", "oncall: shop")));

    [Fact]
    public void Choose_TheServiceNamesASchedule_TheShippedPolicyCallsIt() => Assert.Equal(
        "shipped/first/second: checkout names the schedule first.", Chosen("", "checkout", Schedule("first", "secondary: second, "), Schedule("second"), WhoIsPagedTests.Service("checkout", "oncall: first")));

    [Fact]
    public void Choose_TheTeamNamesOne_ItCountsWhereTheServiceNamesNone() => Assert.Equal("shop//: pay names the escalation policy shop.", Chosen(
        "", "checkout", Shop, "{apiVersion: nines/v1, kind: Team, metadata: {name: pay}, spec: {members: [alice], oncall: shop}}", WhoIsPagedTests.Service("checkout", "owner: {team: pay}")));

    [Fact]
    public void Choose_WhatIsNamedIsMissing_SaysSoAndGoesOn() => Assert.Equal(
        "shipped//: The route names gone, which is neither an escalation policy nor a schedule. checkout names lost, which is neither an escalation policy nor a schedule. checkout names no escalation policy, so the shipped one counts.",
        Chosen("gone", "checkout", WhoIsPagedTests.Service("checkout", "oncall: lost")));

    [Fact]
    public void Shipped_IsTheSeeds()
    {
        var policy = ShippedPolicy.Policy;
        Assert.Equal(["primary", "secondary", "lead", "cto"], policy.Steps.Select(s => s.Notify.Single().Name));
        Assert.All(policy.Steps, s => Assert.Equal(Duration.FromMinutes(5), s.Delay));
        Assert.Equal(3, policy.Rounds);
    }

    [Theory]
    // Summer time ends on 2026-10-25 at 03:00 in Berlin: 02:30 comes twice, both within.
    [InlineData("2026-10-25T00:30:00Z", true)]
    [InlineData("2026-10-25T01:30:00Z", true)]
    [InlineData("2026-10-25T02:00:00Z", false)]
    [InlineData("2026-10-24T21:59:59Z", false)]
    [InlineData("2026-10-24T22:00:00Z", true)]
    public void Hours_OverANightOfTheClockChange_HoldByTheWallClock(string at, bool holds) => Assert.Equal(holds, new StepHours(
        DateTimeZoneProviders.Tzdb["Europe/Berlin"], [IsoDayOfWeek.Sunday], new(0, 0), new(3, 0)).Holds(NodaTime.Text.InstantPattern.ExtendedIso.Parse(at).Value));

    [Fact]
    public void Hours_OverMidnight_BelongToTheDayOnWhichTheyBegan()
    {
        var friday = new StepHours(DateTimeZone.Utc, [IsoDayOfWeek.Friday], new(22, 0), new(6, 0));
        Assert.True(friday.Holds(Instant.FromUtc(2026, 11, 21, 5, 59)));
        Assert.False(friday.Holds(Instant.FromUtc(2026, 11, 20, 5, 59)));
        Assert.False(friday.Holds(Instant.FromUtc(2026, 11, 21, 22, 0)));
    }
}
