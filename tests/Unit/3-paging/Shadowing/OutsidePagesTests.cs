using System.Text;
using FsCheck.Fluent;
using Nines.Catalog.Manifests;
using Nines.Paging.Shadowing;
using Nines.Paging.Shadowing.Api;
using Nines.Paging.Shadowing.Formats;
using Nines.Tests.Unit.Paging.Notifications;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Nines.Tests.Unit.Paging.Shadowing;

/// <summary>What other pagers write, in the form of their public documentation, read and put together.</summary>
public class OutsidePagesTests
{
    private static readonly Instant Now = At("2026-11-21T03:30:00Z");

    private static readonly ManifestSet Catalog = WhoIsPagedTests.Catalog(
        "{apiVersion: nines/v1, kind: Person, metadata: {name: ada, displayName: Ada Lovelace}, spec: {contacts: {email: ada@example.com}}}", WhoIsPagedTests.Person("bo"), WhoIsPagedTests.Service("checkout", "owner: {person: ada}"));

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    private static ShadowMode Mode(string beside) => new() { Name = "old", Beside = beside, Everything = true, People = new Dictionary<string, string>(StringComparer.Ordinal) { ["PB"] = "bo" } };

    private static OutsidePageHeard Heard(string beside, params OutsideNews[] news)
    {
        var names = new OutsideNames(Mode(beside), Catalog);
        return news.Aggregate((OutsidePageHeard?)null, (known, one) => OutsideMerge.Of(known, "old", one, names, Now) ?? known)!;
    }

    private static OutsideNews Call(string beside, string body) => OutsideJson.ReadCall(beside, Encoding.UTF8.GetBytes(body), Now).Value!;

    private static OutsideNews[] Log(string beside, string body) => [.. OutsideJson.ReadLog(beside, Encoding.UTF8.GetBytes(body)).Value];

    private static string Called(OutsidePageHeard page) => string.Join(' ', page.Called.Select(c => $"{c.Level}:{(c.Person.Length > 0 ? c.Person : "?" + c.Outside)}@{c.At:HH:mm:ss}/{c.How}"));

    private static string PagerDuty(string type, string at, string agent = "PA") => $$$"""
        {"event":{"id":"01BT","event_type":"incident.{{{type}}}","resource_type":"incident","occurred_at":"{{{at}}}","agent":{"id":"{{{agent}}}","summary":"Ada Lovelace","type":"user_reference"},"client":{"name":"PagerDuty"},
          "data":{"id":"PGR0VU2","type":"incident","html_url":"https://acme.pagerduty.com/incidents/PGR0VU2","number":2,"status":"triggered","incident_key":"d3640fbd","created_at":"2026-11-21T03:00:02Z","title":"A little bump in the road",
            "service":{"id":"PF9KMXH","summary":"Checkout","type":"service_reference"},"assignees":[{"id":"PA","summary":"Ada Lovelace","type":"user_reference"}],"urgency":"high","priority":null,"resolve_reason":null} } }
        """;

    [Fact]
    public void PagerDutyWebhooks_AnIncidentsLife()
    {
        var page = Heard("pagerduty", Call("pagerduty", PagerDuty("triggered", "2026-11-21T03:00:03.169Z")), Call("pagerduty", PagerDuty("acknowledged", "2026-11-21T03:02:00Z")), Call("pagerduty", PagerDuty("resolved", "2026-11-21T03:20:00Z")));
        Assert.Equal(("PGR0VU2", "d3640fbd", "checkout", "A little bump in the road", true), (page.Id, page.Key, page.Service, page.Title, page.Urgent));
        Assert.Equal("1:ada@03:00:03/assigned", Called(page));
        Assert.Equal((At("2026-11-21T03:00:02Z"), At("2026-11-21T03:02:00Z"), "ada", At("2026-11-21T03:20:00Z")), (page.OpenedAt, page.AcknowledgedAt, page.AcknowledgedBy, page.ResolvedAt));
        var reopened = Heard("pagerduty", Call("pagerduty", PagerDuty("resolved", "2026-11-21T03:20:00Z")), Call("pagerduty", PagerDuty("reopened", "2026-11-21T03:25:00Z")));
        Assert.Null(reopened.ResolvedAt);
    }

    [Theory]
    [InlineData("annotated")]
    [InlineData("priority_updated")]
    [InlineData("responder.added")]
    public void PagerDutyWebhooks_OfNoConcern_AreNoNews(string type) => Assert.Null(OutsideJson.ReadCall("pagerduty", Encoding.UTF8.GetBytes(PagerDuty(type, "2026-11-21T03:00:03Z")), Now).Value);

    [Fact]
    public void PagerDutyPing_IsNoNews() => Assert.Null(OutsideJson.ReadCall("pagerduty", """{"event":{"id":"01","event_type":"pagey.ping","resource_type":"pagey","occurred_at":"2026-11-21T03:00:00Z","agent":null,"client":null,"data":{"message":"Hello from your friend Pagey!","type":"ping"}}}"""u8.ToArray(), Now).Value);

    [Fact]
    public void PagerDutyLog_SaysWhoWasToldWhenAndHow()
    {
        const string Files = """
            [{"incidents":[{"id":"PT4KHLK","type":"incident","incident_key":"baf7","title":"Disk full","created_at":"2026-11-21T03:00:00Z","status":"resolved","urgency":"high","service":{"id":"PX","summary":"Checkout"},"assignments":[],"acknowledgements":[]}]},
             {"log_entries":[
               {"id":"R6","type":"resolve_log_entry","created_at":"2026-11-21T03:40:00Z","incident":{"id":"PT4KHLK"},"agent":{"id":"PB","type":"user_reference","summary":"Robert"}},
               {"id":"R5","type":"acknowledge_log_entry","created_at":"2026-11-21T03:07:00Z","incident":{"id":"PT4KHLK"},"agent":{"id":"PB","type":"user_reference","summary":"Robert"}},
               {"id":"R4","type":"notify_log_entry","created_at":"2026-11-21T03:05:04Z","incident":{"id":"PT4KHLK"},"user":{"id":"PB","summary":"Robert"},"channel":{"type":"auto","notification":{"type":"phone","address":"+49 170","status":"success"}}},
               {"id":"R3","type":"escalate_log_entry","created_at":"2026-11-21T03:05:00Z","incident":{"id":"PT4KHLK"},"assignees":[{"id":"PB","summary":"Robert"}]},
               {"id":"R2","type":"notify_log_entry","created_at":"2026-11-21T03:00:04Z","incident":{"id":"PT4KHLK"},"user":{"id":"PA","summary":"Ada Lovelace"},"channel":{"type":"auto","notification":{"type":"push"}}},
               {"id":"R1","type":"assign_log_entry","created_at":"2026-11-21T03:00:01Z","incident":{"id":"PT4KHLK"},"assignees":[{"id":"PA","summary":"Ada Lovelace"}]},
               {"id":"R0","type":"trigger_log_entry","created_at":"2026-11-21T03:00:00Z","incident":{"id":"PT4KHLK"},"service":{"id":"PX","summary":"Checkout"},"event_details":{"description":"Disk full"}}]}]
            """;
        var page = Heard("pagerduty", Log("pagerduty", Files));
        Assert.Equal("1:ada@03:00:01/assigned 1:ada@03:00:04/push 2:bo@03:05:00/assigned 2:bo@03:05:04/phone", Called(page));
        Assert.Equal((At("2026-11-21T03:07:00Z"), "bo", At("2026-11-21T03:40:00Z")), (page.AcknowledgedAt, page.AcknowledgedBy, page.ResolvedAt));
        Assert.Equal(["ada@03:00:04"], ShadowRows.First(page).Select(c => $"{c.Person}@{c.At:HH:mm:ss}"));
        // Neither the address nor the name of anybody is kept.
        var kept = System.Text.Json.JsonSerializer.Serialize(page, Kernel.HouseJson.Options);
        Assert.DoesNotContain("170", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("Robert", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void OpsgenieWebhooks_NameNobody_AndAnExportWithRecipientsDoes()
    {
        const string Create = """{"action":"Create","alert":{"alertId":"052652ac","message":"test alert","tags":[],"tinyId":"10","entity":"checkout","alias":"k1","createdAt":1795230000104,"updatedAt":1795230000166002000,"username":"Opsgenie","description":"","teams":["t1"],"details":{},"priority":"P1","source":"x"},"source":{"name":"","type":"API"},"integrationName":"Webhook"}""";
        var page = Heard("opsgenie", Call("opsgenie", Create), Call("opsgenie", Create.Replace("\"Create\"", "\"Acknowledge\"").Replace("\"Opsgenie\"", "\"ada@example.com\"").Replace("1795230000166002000", "1795230060166002000")));
        Assert.Equal(("k1", "checkout", true, 0, "ada"), (page.Key, page.Service, page.Urgent, page.Called.Count, page.AcknowledgedBy));
        Assert.Equal(60, (page.AcknowledgedAt!.Value - page.OpenedAt).TotalSeconds, 0.5);
        var told = Heard("opsgenie", Log("opsgenie", """
            {"data":[{"id":"052652ac","alias":"k1","message":"test alert","status":"closed","createdAt":"2026-11-21T03:00:00Z","updatedAt":"2026-11-21T03:10:00Z","priority":"P4","report":{"ackTime":120000,"closeTime":600000,"acknowledgedBy":"ada@example.com"},
              "recipients":{"data":[{"user":{"id":"u1","username":"ada@example.com"},"state":"action","method":"Acknowledge","createdAt":"2026-11-21T03:00:05Z"},{"user":{"id":"u9","username":"zoe@elsewhere.example"},"createdAt":"2026-11-21T03:00:05Z"}]}}]}
            """));
        Assert.Equal("1:?u9@03:00:05/notified 1:ada@03:00:05/notified", Called(told));
        Assert.False(told.Urgent);
        Assert.Equal((At("2026-11-21T03:02:00Z"), At("2026-11-21T03:10:00Z")), (told.AcknowledgedAt, told.ResolvedAt));
        Assert.DoesNotContain("zoe", System.Text.Json.JsonSerializer.Serialize(told, Kernel.HouseJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void OnCallWebhooks_SayWhoWasNotified()
    {
        string Body(string type, string time, string notified) => $$$"""
            {"event":{"type":"{{{type}}}","time":"{{{time}}}"},"user":{"id":"UVM","username":"ada","email":"ada@example.com"},"alert_group":{"id":"I6HN","integration_id":"CZ7","route_id":"RK","alerts_count":1,"state":"firing","created_at":"2026-11-21T03:00:00.231148Z","title":"Incident","permalinks":{"web":"https://g.example.com/a/I6HN"},"labels":{}},
             "alert_group_id":"I6HN","alert_payload":{"labels":{"service":"checkout"}},"integration":{"id":"CZ7","type":"alertmanager","name":"Main"},"notified_users":[{{{notified}}}],"users_to_be_notified":[{"id":"UB","username":"bo","email":""},{"id":"UVM","username":"ada","email":"ada@example.com"}]}
            """;
        var created = Heard("grafana-oncall", Call("grafana-oncall", Body("alert group created", "2026-11-21T03:00:01Z", "")));
        Assert.Equal(("checkout", "1:bo@03:00:00/assigned"), (created.Service, Called(created)));
        var resolved = Heard("grafana-oncall", Call("grafana-oncall", Body("acknowledge", "2026-11-21T03:02:00+00:00", """{"id":"UVM","username":"ada","email":"ada@example.com"}""")), Call("grafana-oncall", Body("resolve", "2026-11-21T03:09:00+00:00", "")));
        Assert.Equal("ada", Assert.Single(ShadowRows.First(resolved)).Person);
        Assert.Equal((At("2026-11-21T03:02:00Z"), At("2026-11-21T03:09:00Z")), (resolved.AcknowledgedAt, resolved.ResolvedAt));
    }

    [Fact]
    public void GoAlertsLog_IsReadInOrder()
    {
        var page = Heard("goalert", Log("goalert", """
            {"data":{"alerts":{"nodes":[{"id":"7","alertID":7,"summary":"Disk full","createdAt":"2026-11-21T03:00:00Z","service":{"id":"s","name":"Checkout"},"recentEvents":{"nodes":[
              {"timestamp":"2026-11-21T03:09:00Z","message":"Closed by Ada Lovelace via Web"},{"timestamp":"2026-11-21T03:05:03Z","message":"Notification sent to bo via Voice (+491701234)"},{"timestamp":"2026-11-21T03:05:00Z","message":"Escalated to step #2 automatically"},
              {"timestamp":"2026-11-21T03:00:03Z","message":"Notification sent to Ada Lovelace via SMS"},{"timestamp":"2026-11-21T03:00:00Z","message":"Created via: Grafana"}]}}]}}}
            """));
        Assert.Equal("1:ada@03:00:03/SMS 2:bo@03:05:03/Voice", Called(page));
        Assert.Equal(At("2026-11-21T03:09:00Z"), page.ResolvedAt);
    }

    [Fact]
    public void Signature_OfPagerDuty_IsOneOfSeveral_AndABitMoreIsNone()
    {
        var body = "{\"a\":1}"u8.ToArray();
        var right = "v1=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("secret"u8.ToArray(), body));
        Assert.True(PagerDutySignature.Verify("secret", $"v1=00, {right}", body));
        Assert.False(PagerDutySignature.Verify("secret", right, "{\"a\":2}"u8.ToArray()));
        Assert.False(PagerDutySignature.Verify("other", right, body));
        Assert.False(PagerDutySignature.Verify("secret", "", body));
    }

    [Fact]
    public void Law_AnyBytes_NeverThrow() => Prop.ForAll(Gen.Choose(0, 3).SelectMany(_ => ArbMap.Default.GeneratorFor<byte[]>()).ToArbitrary(), bytes => OldPagers.All.All(p =>
    {
        _ = OutsideJson.ReadCall(p, bytes ?? [], Now);
        _ = OutsideJson.ReadLog(p, bytes ?? []);
        return true;
    })).Hold();

    [Theory]
    [InlineData("""{"event":{"event_type":7,"occurred_at":[],"data":"x"}}""")]
    [InlineData("""{"alert":[],"action":{}}""")]
    [InlineData("""{"alert_group":{"id":{}},"alert_group_id":"\ud800"}""")]
    [InlineData("""[[[[]]],null,7,{"log_entries":[null,7,{"type":"notify_log_entry","created_at":"2026-11-21T03:00:00Z","incident":[]}]}]""")]
    [InlineData("""{"data":{"alerts":{"nodes":[null,{"alertID":1,"recentEvents":{"nodes":[{"timestamp":"2026-11-21T03:00:00Z","message":"Notification sent to "}]}}]}}}""")]
    public void HostileBodies_NeverThrow(string body)
    {
        foreach (var pager in OldPagers.All)
        {
            _ = OutsideJson.ReadCall(pager, Encoding.UTF8.GetBytes(body), Now);
            foreach (var news in OutsideJson.ReadLog(pager, Encoding.UTF8.GetBytes(body)) is { Ok: true } read ? read.Value : []) _ = Heard(pager, news);
        }
    }

    // Calls come late, twice and in any order; whom it woke and what became of it is the same.
    [Fact]
    public void Law_TheOrderAndNumberOfCallsDoesNotMatter() => Prop.ForAll(Gen.Choose(0, 4).ListOf().ToArbitrary(), extra =>
    {
        OutsideNews[] life =
        [
            Call("pagerduty", PagerDuty("triggered", "2026-11-21T03:00:03Z")), Call("pagerduty", PagerDuty("escalated", "2026-11-21T03:05:00Z")), Call("pagerduty", PagerDuty("acknowledged", "2026-11-21T03:06:00Z")),
            Call("pagerduty", PagerDuty("resolved", "2026-11-21T03:20:00Z")), Call("pagerduty", PagerDuty("reassigned", "2026-11-21T03:05:30Z")),
        ];
        var (inOrder, mixed) = (Heard("pagerduty", life), Heard("pagerduty", [.. extra.Select(i => life[i]), .. life.Reverse()]));
        return Called(inOrder) == Called(mixed) && (inOrder.AcknowledgedAt, inOrder.ResolvedAt, inOrder.OpenedAt, inOrder.StateAt) == (mixed.AcknowledgedAt, mixed.ResolvedAt, mixed.OpenedAt, mixed.StateAt);
    }).Hold();
}
