using Nines.Alerting.Alerts;
using Nines.Alerting.Heartbeats;
using Nines.Alerting.Heartbeats.Manifests;
using Nines.Catalog.Manifests;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Heartbeats;

public class HeartbeatRulesTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 3, 0);
    private static readonly Heartbeat Beat = new() { Name = "backup", Every = Duration.FromMinutes(10), Grace = Duration.FromMinutes(2) };

    private static Instant At(int minutes) => Start + Duration.FromMinutes(minutes);

    [Fact]
    public void Deadline_NeverHeard_IsNone() => Assert.Null(HeartbeatRules.Deadline(Beat, null, null, Start));

    [Fact]
    public void Deadline_HeardHere_IsItsTimeAndItsGrace() => Assert.Equal(At(32), HeartbeatRules.Deadline(Beat, At(15), At(20), Start));

    [Fact]
    public void Deadline_AfterARestart_GivesItsWholeTimeAnew() => Assert.Equal(At(12), HeartbeatRules.Deadline(Beat, At(-600), null, Start));

    // Another node writes down what it hears at most once per half of every: until then its word may be that old.
    [Fact]
    public void Deadline_HeardElsewhere_CountsThatMuchLonger() => Assert.Equal(At(37), HeartbeatRules.Deadline(Beat, At(20), At(5), Start));

    [Fact]
    public void WriteBy_TheFirstPing_IsNow() => Assert.Equal(At(1), HeartbeatRules.WriteBy(Beat, null, At(1)));

    [Fact]
    public void WriteBy_ALaterPing_IsOncePerHalfOfEvery() => Assert.Equal(At(5), HeartbeatRules.WriteBy(Beat, At(0), At(3)));

    [Fact]
    public void WriteBy_NothingNew_IsNever() => Assert.Null(HeartbeatRules.WriteBy(Beat, At(3), At(3)));

    [Fact]
    public void Missed_Alert_SaysTheArithmetic()
    {
        var alert = HeartbeatRules.Missed(Beat with { DisplayName = "Nightly backup", Service = "ledger" }, At(0), At(12), null);
        Assert.Equal(("Nothing is heard of Nightly backup", "It was heard last at 2026-11-21T03:00:00Z; it is promised every 10m, with 2m of grace.", AlertSeverity.Page), (alert.Title, alert.Reason, alert.Severity));
        Assert.Equal(("HeartbeatMissed", "backup", "ledger"), (alert.Labels["alertname"], alert.Labels["heartbeat"], alert.Labels["service"]));
    }

    [Fact]
    public void Fold_OlderNews_ChangesNothing()
    {
        var book = HeartbeatBook.None.Hear(new(System.Collections.Immutable.ImmutableSortedDictionary<string, Instant>.Empty.Add("backup", At(5))));
        Assert.Equal(At(5), book.Hear(new(System.Collections.Immutable.ImmutableSortedDictionary<string, Instant>.Empty.Add("backup", At(2)))).Last["backup"]);
    }

    [Fact]
    public void Manifest_Example_Validates_AndMistakesAreSaidAtOnce()
    {
        var kind = new HeartbeatKind();
        var kinds = new ManifestKinds([kind]);
        Assert.Empty(kinds.Compile(ManifestParser.Parse(kind.Example, null, new(Strictness.Strict))[0], Strictness.Strict).Problems);
        var wrong = kinds.Compile(ManifestParser.Parse("apiVersion: nines/v1\nkind: Heartbeat\nmetadata: { name: x }\nspec: { every: 1s, grace: soon, key: hunter2, runbook: nowhere }\n", null, new())[0], Strictness.Lenient);
        Assert.Equal(["spec.every", "spec.grace", "spec.key", "spec.runbook"], wrong.Problems.Where(p => p.IsError).Select(p => p.Path));
    }
}
