using Nines.Responding.Briefs;
using Nines.Responding.Incidents;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.Briefs;

public class BriefTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 19, 3, 7);

    private static readonly Suspect Deploy = new(SuspectKind.Change, "Deploy of payments: v2.41.0", "3 min before users began to feel it.", 0.93, "change/1");
    private static readonly Suspect Ledger = new(SuspectKind.Dependency, "ledger-availability burns", "payments depends on ledger.", 0.8, "objective/ledger-availability");
    private static readonly Suspect Past = new(SuspectKind.Past, "INC-7: Card payments fail", "2026-08-01, SEV2: A full pool. What helped then: A restart of the pool.", 0.4, "incident/7");

    private static BriefFacts Facts(params Suspect[] suspects) => new(
        "incident/1", "INC-12", "SEV2", "Card payments fail", ["payments"], Now - Duration.FromMinutes(20), [new("payments-availability", Now - Duration.FromMinutes(24), Now, 300, 0.031, 0)],
        new("payments-availability", 31.4, Now + Duration.FromHours(5)), suspects, ["ada"], false, "", IncidentPolicy.Shipped.Mitigations, "https://nines.example.com/incidents/1", Now);

    [Fact]
    public void Of_ADeployRightBefore_IsUndoneFirst_AndEverythingIsSaid()
    {
        var brief = Brief.Of(Facts(Deploy, Past));
        Assert.Equal("Undo it: deploy of payments: v2.41.0.", brief.Action);
        Assert.Equal("Users of payments have felt it for 24 min.", brief.Felt);
        Assert.Equal("3.1 % of the budget of payments-availability went into this; 31 minutes of outage are left, gone in 5 h at this rate.", brief.Budget);
        Assert.Equal("SEV2 payments: Card payments fail; users feel it 24 min; 31 min budget left; Undo it: deploy of payments: v2.41.0; awake: ada", brief.Text);
        Assert.Equal("Severity 2, Card payments fail, users have felt it for 24 minutes, 31 minutes of budget are left, ada is at it. Undo it: deploy of payments: v2.41.0.", brief.Spoken);
        Assert.StartsWith("INC-7: Card payments fail.", brief.Before, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_WithoutAChange_ADependency_ThenTheRunbook_ThenWhatHelped_ThenTheFastest()
    {
        Assert.Equal("Look there first: ledger-availability burns.", Brief.Of(Facts(Ledger, Past)).Action);
        Assert.Equal("Follow the runbook: https://wiki.example.com/pool", Brief.Of(Facts(Past) with { Runbook = "https://wiki.example.com/pool" }).Action);
        Assert.Equal("Try what helped before: A restart of the pool.", Brief.Of(Facts(Past)).Action);
        Assert.Equal("Roll back the last deployment, if there was one.", Brief.Of(Facts()).Action);
        Assert.Equal("Nothing: it is over.", Brief.Of(Facts(Deploy) with { Over = true }).Action);
    }

    [Fact]
    public void Of_AChangeOfHoursAgo_IsNotUndoneBlindly() => Assert.DoesNotContain("Undo", Brief.Of(Facts(Deploy with { Score = 0.1 }, Past)).Action, StringComparison.Ordinal);

    [Fact]
    public void Of_NothingKnown_SaysSo()
    {
        var brief = Brief.Of(Facts() with { Impact = [], Budget = null, Awake = [], Services = [] });
        Assert.Equal("No indicator of its services says that users feel it; detected 20 min ago.", brief.Felt);
        Assert.Equal("No objective is known for it.", brief.Budget);
        Assert.Equal("SEV2: Card payments fail; Roll back the last deployment, if there was one; nobody else awake", brief.Text);
    }

    [Fact]
    public void Of_AnyTitle_FitsOneTextMessage()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var title = new string([.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => (char)random.Next(32, 0x2fff))]);
            var brief = Brief.Of(Facts(random.Next(2) == 0 ? [Deploy with { Text = title }] : [Past]) with { Title = title, Awake = [.. Enumerable.Repeat("somebody", random.Next(12))] });
            Assert.InRange(brief.Text.Length, 1, Brief.Longest);
        }
    }
}
