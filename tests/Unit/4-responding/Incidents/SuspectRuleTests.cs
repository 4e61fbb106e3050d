using Nines.Measuring.Changes;
using Nines.Responding.Incidents;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.Incidents;

public class SuspectRuleTests
{
    private static readonly Instant From = Instant.FromUtc(2026, 11, 19, 2, 1);

    private static readonly Incident Payments = Of("01jd1", "Card payments fail", "payments");

    private static Incident Of(string id, string title, string service) =>
        new() { Id = id, Number = 7, Title = title, Severity = IncidentSeverity.Sev2, Services = [service], DeclaredAt = From, DetectedAt = From };

    private static Change Deploy(string id, string service, int minutesBefore) => new() { Id = id, Kind = ChangeKind.Deploy, Service = service, Title = "v" + id, At = From - Duration.FromMinutes(minutesBefore) };

    private static IReadOnlyList<Suspect> Suspects(IReadOnlyList<Change>? changes = null, IReadOnlyList<(string, MeasuredImpact)>? upstream = null, IReadOnlyCollection<Incident>? past = null) =>
        SuspectRule.Of(new(Payments, From, true, changes ?? [], ["ledger"], upstream ?? [], past ?? []));

    [Fact]
    public void Of_Changes_RanksTheNearestOfTheOwnServiceFirst()
    {
        var found = Suspects([Deploy("1", "payments", 90), Deploy("2", "payments", 3), Deploy("3", "ledger", 3)]);
        Assert.Equal(["change/2", "change/3", "change/1"], found.Select(s => s.About));
        Assert.Equal("3 min before users began to feel it.", found[0].Reason);
        Assert.Equal("3 min before users began to feel it; payments depends on ledger.", found[1].Reason);
    }

    [Fact]
    public void Of_AChangeAfterwardsOrADayBefore_IsNoSuspect() => Assert.Empty(Suspects([Deploy("1", "payments", -5), Deploy("2", "payments", 1441)]));

    [Fact]
    public void Of_ADependencyThatBurnedFirst_IsSuspectedMoreThanOneThatFollowed()
    {
        MeasuredImpact Burns(string objective, int before) => new(objective, From - Duration.FromMinutes(before), From, 10, 0.1, 0);
        var found = Suspects(upstream: [("ledger", Burns("ledger-follows", -40)), ("ledger", Burns("ledger-first", 4))]);
        Assert.Equal(["objective/ledger-first", "objective/ledger-follows"], found.Select(s => s.About));
        Assert.Equal("payments depends on ledger, whose users began to feel it 4 min before they did here.", found[0].Reason);
        Assert.Equal("payments depends on ledger, whose users began to feel it 40 min after they did here.", found[1].Reason);
    }

    [Fact]
    public void Of_APastIncidentOfTheSameWords_SaysWhatItWasAndWhatHelped()
    {
        var past = Of("01jd0", "Card payments fail again", "payments") with { Cause = "A query without an index.", Helped = "The roll-back.", ResolvedAt = From };
        var found = Assert.Single(Suspects(past: [past, Of("01jd2", "Mail is slow", "mail"), past with { Id = "01jd3", Drill = true }]));
        Assert.Equal(("INC-7: Card payments fail again", "2026-11-19, SEV2: A query without an index. What helped then: The roll-back."), (found.Text, found.Reason));
    }
}
