using System.Text;
using Nines.Alerting.Alerts;
using Nines.Alerting.Integrations;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Integrations;

public class DoorPlanTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 3, 0);
    private static readonly CatalogView Catalog = CatalogView.Of(ManifestSet.Empty);

    private static Integration Sender(bool declared = false, Duration? resolveAfter = null) =>
        new() { Name = "pagerduty", DisplayName = "PagerDuty", Kind = IntegrationKind.PagerDuty, Declared = declared, ResolveAfter = resolveAfter };

    private static DoorEvent Fire(string key, string severity = "critical", string title = "Disk full") => new() { Action = DoorAction.Fire, Key = key, Title = title, Severity = severity };

    private static DoorEvent Do(DoorAction action, string key, Instant? at = null) => new() { Action = action, Key = key, EndsAt = at };

    private static DoorPlan Plan(DoorKeys keys, params DoorEvent[] events) => DoorPlan.For(Sender(), events, keys, Catalog, AlertSeverity.Page, Now);

    private static DoorKeys Knowing(params (string Id, DoorEvent Event)[] known) => known.Aggregate(DoorKeys.None, (keys, k) =>
        Plan(keys, k.Event).Received.Where(r => r.FiresAt(Now)).Aggregate(keys, (s, r) => s.Fires(k.Id, r.Alert.Labels, r.Alert.Severity)));

    [Fact]
    public void Fire_ANewKey_IsAnAlertOfThatKey()
    {
        var received = Assert.Single(Plan(DoorKeys.None, Fire("disk-db1")).Received);
        Assert.Equal(("pagerduty", "disk-db1", "disk-db1", "critical"), (received.Alert.Labels["integration"], received.Alert.Labels["dedup_key"], received.Alert.Labels["alertname"], received.Alert.Labels["severity"]));
        Assert.Equal((AlertSeverity.Page, Now, (Instant?)null), (received.Alert.Severity, received.Alert.StartedAt, received.EndsAt));
    }

    [Fact]
    public void Fire_TheSameKeyInOtherWords_IsTheSameAlert()
    {
        var keys = Knowing(("a1", Fire("k")));
        var again = Assert.Single(Plan(keys, Fire("k", "error", "Disk still full") with { Labels = new Dictionary<string, string> { ["x"] = "y" } }).Received);
        Assert.Equal(keys.Of("pagerduty", "k")[0].Labels, again.Alert.Labels);
    }

    [Fact]
    public void Fire_TheSameKeyQuieter_StaysAsLoudAsItWas()
    {
        var again = Assert.Single(Plan(Knowing(("a1", Fire("k"))), Fire("k", "warning")).Received);
        Assert.Equal((AlertSeverity.Page, "critical"), (again.Alert.Severity, again.Alert.Labels["severity"]));
    }

    // A ticket that becomes a page must wake whoever the ticket did not: dedup must not eat it.
    [Fact]
    public void Fire_TheSameKeyLouder_IsANewAlert_AndTheQuieterOneEnds()
    {
        var plan = Plan(Knowing(("a1", Fire("k", "warning"))), Fire("k"));
        Assert.Equal(2, plan.Received.Count);
        Assert.Equal((AlertSeverity.Ticket, false), (plan.Received[0].Alert.Severity, plan.Received[0].FiresAt(Now)));
        Assert.Equal((AlertSeverity.Page, true), (plan.Received[1].Alert.Severity, plan.Received[1].FiresAt(Now)));
        Assert.NotEqual(plan.Received[0].Alert.Labels, plan.Received[1].Alert.Labels);
    }

    [Fact]
    public void End_OfAKey_EndsEveryAlertOfIt_AndNoOther()
    {
        var keys = Knowing(("a1", Fire("k", "warning")), ("a2", Fire("k")), ("a3", Fire("other")));
        var ends = Plan(keys, Do(DoorAction.End, "k")).Received;
        Assert.Equal(keys.Of("pagerduty", "k").Select(k => k.Labels), ends.Select(e => e.Alert.Labels));
        Assert.All(ends, e => Assert.Equal(Now, e.EndsAt));
    }

    [Theory]
    [InlineData(DoorAction.End)]
    [InlineData(DoorAction.Acknowledge)]
    public void Action_OnAnUnknownKey_IsTakenAndIgnored(DoorAction action)
    {
        var plan = Plan(DoorKeys.None, Do(action, "k"));
        Assert.Empty(plan.Received);
        Assert.Empty(plan.Acknowledge);
        Assert.Equal(["k"], plan.Unknown);
    }

    [Fact]
    public void Acknowledge_AKnownKey_NamesTheDoorWhereNobodyIsKnown() =>
        Assert.Equal([("a1", "door:pagerduty")], Plan(Knowing(("a1", Fire("k"))), Do(DoorAction.Acknowledge, "k") with { By = "ada@example.com" }).Acknowledge);

    [Fact]
    public void Fire_AStartInTheFuture_BeginsNow_OrItsEndWouldComeBeforeIt() =>
        Assert.Equal(Now, Assert.Single(Plan(DoorKeys.None, Fire("k") with { StartedAt = Now + Duration.FromMinutes(5) }).Received).Alert.StartedAt);

    [Fact]
    public void Fire_WithATimeToResolve_EndsThenUnlessSentAgain()
    {
        var received = Assert.Single(DoorPlan.For(Sender(resolveAfter: Duration.FromHours(1)), [Fire("k")], DoorKeys.None, Catalog, AlertSeverity.Page, Now).Received);
        Assert.Equal((Now + Duration.FromHours(1), true), (received.EndsAt!.Value, received.TimesOut));
    }

    [Fact]
    public void LabelledAlerts_KeepTheirLabels_UnlessTwoSendersAreDeclared()
    {
        var said = new DoorEvent { Action = DoorAction.Fire, Title = "Down", Labels = new Dictionary<string, string> { ["alertname"] = "foo", ["job"] = "x" } };
        Assert.Equal("97dcf31b2e78012f", Assert.Single(Plan(DoorKeys.None, said).Received).Alert.Labels.Fingerprint);
        Assert.Equal("pagerduty", Assert.Single(DoorPlan.For(Sender(declared: true), [said], DoorKeys.None, Catalog, AlertSeverity.Page, Now).Received).Alert.Labels["integration"]);
    }

    [Fact]
    public void Fire_WithoutASeverity_PagesUnlessTheHouseSaysOtherwise()
    {
        Assert.Equal(AlertSeverity.Page, Assert.Single(Plan(DoorKeys.None, Fire("k", "")).Received).Alert.Severity);
        Assert.Equal(AlertSeverity.Ticket, Assert.Single(DoorPlan.For(Sender(), [Fire("k", "")], DoorKeys.None, Catalog, AlertSeverity.Ticket, Now).Received).Alert.Severity);
    }

    [Fact]
    public void Fire_AHashForAKey_IsNoName() => Assert.Equal("pagerduty", Assert.Single(Plan(DoorKeys.None, Fire("d41d8cd98f00b204e9800998ecf8427e")).Received).Alert.Labels["alertname"]);

    [Fact]
    public void Keys_Snapshot_IsTheSame()
    {
        var fold = new DoorKeysFold();
        var keys = Knowing(("a1", Fire("k", "warning")), ("a2", Fire("k")), ("a3", Fire("other"))).Over("a1", Now);
        var back = fold.Load(fold.Save(keys));
        Assert.Equal(keys.Of("pagerduty", "k"), back.Of("pagerduty", "k"));
        Assert.Equal(Encoding.UTF8.GetString(fold.Save(keys).Span), Encoding.UTF8.GetString(fold.Save(back).Span));
    }

    [Fact]
    public void Keys_Ended_AreForgottenBeyondTheBound_OpenOnesNever()
    {
        var keys = Knowing(("open", Fire("open")));
        for (var i = 0; i < DoorKeys.EndedKept + 5; i++) keys = keys.Fires($"a{i}", AlertLabels.Of(("integration", "p"), ("dedup_key", $"k{i}")), AlertSeverity.Page).Over($"a{i}", Now);
        Assert.Empty(keys.Of("p", "k4"));
        Assert.Single(keys.Of("p", "k5"));
        Assert.Single(keys.Of("pagerduty", "open"));
        Assert.Equal(DoorKeys.EndedKept, keys.EndedCount);
    }

    [Fact]
    public void Choice_ByKey_FindsTheIntegrationWithIt_AndRefusesOthers()
    {
        Environment.SetEnvironmentVariable("NINES_TEST_DOOR_KEY", "s3cret");
        Integration[] declared = [Sender(declared: true) with { Name = "one", Key = new("env", "NINES_TEST_DOOR_KEY") }];
        Assert.Equal("one", IntegrationChoice.ByKey(declared, IntegrationKind.PagerDuty, "s3cret", SecretResolver.Resolve, trusted: false).Value.Name);
        Assert.Equal(ProblemKind.Denied, IntegrationChoice.ByKey(declared, IntegrationKind.PagerDuty, "wrong", SecretResolver.Resolve, trusted: true).Problems[0].Kind);
        Assert.Equal(ProblemKind.Denied, IntegrationChoice.ByKey([], IntegrationKind.PagerDuty, "any", SecretResolver.Resolve, trusted: false).Problems[0].Kind);
        Assert.StartsWith("pagerduty-", IntegrationChoice.ByKey([], IntegrationKind.PagerDuty, "any", SecretResolver.Resolve, trusted: true).Value.Name, StringComparison.Ordinal);
        Assert.NotEqual(IntegrationChoice.Undeclared(IntegrationKind.PagerDuty, "a").Name, IntegrationChoice.Undeclared(IntegrationKind.PagerDuty, "b").Name);
    }

    // A key that cannot be read now is our fault: the sender must try again.
    [Fact]
    public void Choice_AKeyThatCannotBeRead_IsUnavailable() => Assert.Equal(
        ProblemKind.Unavailable,
        IntegrationChoice.ByKey([Sender(declared: true) with { Key = new("env", "NINES_TEST_NO_SUCH_KEY") }], IntegrationKind.PagerDuty, "x", SecretResolver.Resolve, trusted: true).Problems[0].Kind);

    [Fact]
    public void RequestIds_SayWhatBecameOfTheRequest()
    {
        var done = new OpsgenieRequestDone("01kahz3v9v2m5c1r8t7w0x4y6z", "Close", OpsgenieResult.NoAlert, Now);
        Assert.Equal(done, OpsgenieRequestId.Read(OpsgenieRequestId.Write(done)));
        Assert.Null(OpsgenieRequestId.Read("nonsense"));
        Assert.Null(OpsgenieRequestId.Read("ffffffffffff-ffd-x"));
    }
}
