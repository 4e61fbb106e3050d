using System.Text;
using Nines.Alerting.Integrations;
using Nines.Alerting.Integrations.Formats;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Integrations;

public class FormatTests
{
    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);

    [Fact]
    public void PagerDuty_Trigger_IsReadWhole()
    {
        var read = PagerDutyEvent.Read(Bytes("""
            {"routing_key":"R0","event_action":"trigger","dedup_key":"disk-db1","client":"Nagios","client_url":"https://nagios.example.com/1",
             "payload":{"summary":"Disk full\non db1","source":"db1","severity":"error","timestamp":"2026-11-21T03:00:00.5+01:00","component":"postgres","group":"db","class":"disk",
               "custom_details":{"free":"0 %","service":"ledger","nested":{"a":1}}},
             "links":[{"href":"https://wiki.example.com/disk","text":"Runbook"},{"href":"javascript:alert(1)","text":"bad"}]}
            """)).Value;
        Assert.Equal("R0", read.RoutingKey);
        var said = read.Event;
        Assert.Equal((DoorAction.Fire, "disk-db1", "Disk full on db1", "error", "ledger"), (said.Action, said.Key, said.Title, said.Severity, said.Service));
        Assert.Equal(Instant.FromUtc(2026, 11, 21, 2, 0, 0).Plus(Duration.FromMilliseconds(500)), said.StartedAt);
        Assert.Equal(("disk", "postgres", "db", "db1"), (said.Labels["alertname"], said.Labels["component"], said.Labels["group"], said.Labels["source"]));
        Assert.Equal(("0 %", "{\"a\":1}", "https://wiki.example.com/disk"), (said.Annotations["details.free"], said.Annotations["details.nested"], said.Annotations["link:Runbook"]));
        Assert.DoesNotContain(said.Annotations.Values, v => v.StartsWith("javascript", StringComparison.Ordinal));
        Assert.Equal("https://nagios.example.com/1", said.GeneratorUrl);
    }

    [Fact]
    public void PagerDuty_EverythingWrong_IsSaidAtOnceInItsOwnWords() => Assert.Equal(
        ["'routing_key' is missing or blank", "'event_action' is missing or blank"],
        PagerDutyEvent.Read("{}"u8.ToArray()).Problems.Select(p => p.What));

    [Fact]
    public void PagerDuty_TriggerWithoutItsParts_NamesEach() => Assert.Equal(
        ["'payload.summary' is missing or blank", "'payload.source' is missing or blank", "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')"],
        PagerDutyEvent.Read(Bytes("""{"routing_key":"k","event_action":"trigger","payload":{"severity":"bad"}}""")).Problems.Select(p => p.What));

    [Theory]
    [InlineData("acknowledge", "'dedup_key' is missing or blank")]
    [InlineData("resolve", "'dedup_key' is missing or blank")]
    [InlineData("merge", "'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')")]
    public void PagerDuty_ActionWithoutKey_IsRefused(string action, string what) =>
        Assert.Equal(what, Assert.Single(PagerDutyEvent.Read(Bytes($$"""{"routing_key":"k","event_action":"{{action}}"}""")).Problems).What);

    [Fact]
    public void PagerDuty_DedupKeyOf256_IsRefused() => Assert.Equal(
        "'dedup_key' is too long (maximum is 255 characters)",
        Assert.Single(PagerDutyEvent.Read(Bytes($$"""{"routing_key":"k","event_action":"resolve","dedup_key":"{{new string('x', 256)}}"}""")).Problems).What);

    // Alertmanager sends a payload even with a resolve, some send none: both are taken.
    [Theory]
    [InlineData("""{"routing_key":"k","event_action":"resolve","dedup_key":"d"}""")]
    [InlineData("""{"routing_key":"k","event_action":"resolve","dedup_key":"d","payload":{"summary":"","source":"","severity":"nonsense"}}""")]
    public void PagerDuty_Resolve_NeedsNoPayload(string body) => Assert.Equal((DoorAction.End, "d"), (PagerDutyEvent.Read(Bytes(body)).Value.Event.Action, PagerDutyEvent.Read(Bytes(body)).Value.Event.Key));

    [Fact]
    public void PagerDuty_HalfACharacter_CountsAsEmpty()
    {
        var read = PagerDutyEvent.Read(Bytes("""{"routing_key":"k","event_action":"trigger","payload":{"summary":"\ud800","source":"s","severity":"info"}}"""));
        Assert.Equal("'payload.summary' is missing or blank", Assert.Single(read.Problems).What);
    }

    [Fact]
    public void Webhook_FiringAndResolvedInOneEnvelope_AreReadEachByItself()
    {
        var read = AlertmanagerWebhook.Read(Bytes("""
            {"version":"4","groupKey":"{}:{}","truncatedAlerts":3,"status":"firing","receiver":"nines","groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://am:9093",
             "alerts":[
              {"status":"firing","labels":{"alertname":"Down","job":"api","severity":"page"},"annotations":{"summary":"api is down","runbook_url":"https://r.example.com"},"startsAt":"2026-11-21T03:00:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prom/graph","fingerprint":"x"},
              {"status":"resolved","labels":{"alertname":"Slow","job":"api"},"annotations":{},"startsAt":"2026-11-21T02:00:00Z","endsAt":"2026-11-21T03:01:00Z"}]}
            """)).Value;
        Assert.Equal([DoorAction.Fire, DoorAction.End], read.Select(e => e.Action));
        Assert.Equal(("api is down", "page", "", "https://r.example.com"), (read[0].Title, read[0].Severity, read[0].Key, read[0].Annotations["runbook"]));
        Assert.Null(read[0].EndsAt);
        Assert.Equal(["api"], read[0].Hints);
        Assert.Equal(("Slow", Instant.FromUtc(2026, 11, 21, 3, 1)), (read[1].Title, read[1].EndsAt!.Value));
    }

    [Fact]
    public void Webhook_EverythingWrong_IsSaidAtOnce() => Assert.Equal(
        ["alerts[0].labels: The alert has no labels. An alert is known by its labels; send at least alertname.", "alerts[1].status: The status is \"open\". It is firing or resolved."],
        AlertmanagerWebhook.Read(Bytes("""{"version":"4","alerts":[{"status":"firing","labels":{"a":""}},{"status":"open","labels":{"a":"b"}}]}""")).Problems.Select(p => p.ToString()));

    [Theory]
    [InlineData("", "The body is empty.")]
    [InlineData("[]", "The body is not a JSON object.")]
    [InlineData("{} {}", "There is more than one JSON value in the body.")]
    [InlineData("{\"alerts\":1}", "There is no list of alerts.")]
    public void Webhook_OtherBodies_HaveAWord(string body, string what) => Assert.Equal(what, Assert.Single(AlertmanagerWebhook.Read(Bytes(body)).Problems).What);

    [Fact]
    public void Opsgenie_Create_IsReadWhole()
    {
        var said = OpsgenieRequest.ReadCreate(Bytes("""
            {"message":"Disk full","alias":"disk-db1","description":"df says 100 %","tags":["ledger","db"],"details":{"alertname":"DiskFull","region":"eu","service":"ledger"},"entity":"db1","source":"nagios","priority":"P2","user":"ada@example.com","note":"n"}
            """)).Value;
        Assert.Equal((DoorAction.Fire, "disk-db1", "Disk full", "df says 100 %", "high", "ledger", "ada@example.com"), (said.Action, said.Key, said.Title, said.Details, said.Severity, said.Service, said.By));
        Assert.Equal(("DiskFull", "db1", "P2"), (said.Labels["alertname"], said.Labels["entity"], said.Labels["priority"]));
        Assert.Equal(("eu", "ledger, db"), (said.Annotations["details.region"], said.Annotations["tags"]));
    }

    [Fact]
    public void Opsgenie_BeyondItsLimits_IsRefusedWithEachField()
    {
        var body = $$$"""{"message":"{{{new string('m', 131)}}}","alias":"{{{new string('a', 513)}}}","entity":"{{{new string('e', 513)}}}","priority":"P9","tags":["{{{new string('t', 51)}}}"],"details":{"d":"{{{new string('d', 8000)}}}"}}""";
        Assert.Equal(["message", "alias", "entity", "priority", "tags", "details"], OpsgenieRequest.ReadCreate(Bytes(body)).Problems.Select(p => p.Path));
    }

    [Fact]
    public void Opsgenie_WithoutAnAlias_TheMessageIdentifies() => Assert.Equal("Disk full", OpsgenieRequest.ReadCreate(Bytes("""{"message":"Disk full"}""")).Value.Key);

    [Fact]
    public void Opsgenie_SnoozeWithoutAnEnd_IsRefused() => Assert.Equal("End time can not be empty.", Assert.Single(OpsgenieRequest.ReadAction("{}"u8.ToArray(), DoorAction.Snooze).Problems).What);

    [Fact]
    public void Opsgenie_ActionWithoutABody_IsTaken() => Assert.Equal(DoorAction.End, OpsgenieRequest.ReadAction(ReadOnlyMemory<byte>.Empty, DoorAction.End).Value.Action);

    [Theory]
    [InlineData("CRITICAL", DoorAction.Fire)]
    [InlineData("WARNING", DoorAction.Fire)]
    [InlineData("RECOVERY", DoorAction.End)]
    [InlineData("ACKNOWLEDGEMENT", DoorAction.Acknowledge)]
    [InlineData("INFO", DoorAction.Tell)]
    public void VictorOps_Types_MeanWhatTheyMeanThere(string type, DoorAction action)
    {
        var said = VictorOpsMessage.Read(Bytes($$"""{"message_type":"{{type}}","entity_id":"e1","entity_display_name":"Disk","state_message":"full","monitoring_tool":"Prometheus"}"""), "db").Value;
        Assert.Equal((action, "e1", "Disk", "full", "db"), (said.Action, said.Key, said.Title, said.Details, said.Labels["route"]));
    }

    [Fact]
    public void VictorOps_UnknownType_IsRefused() => Assert.Equal("message_type is \"LOUD\".", Assert.Single(VictorOpsMessage.Read(Bytes("""{"message_type":"loud"}"""), "").Problems).What);

    [Theory]
    [InlineData("alerting", DoorAction.Fire)]
    [InlineData("ok", DoorAction.End)]
    public void OnCallFormatted_State_SaysWhetherItFires(string state, DoorAction action)
    {
        var said = OnCallMessage.ReadFormatted(Bytes($$"""{"alert_uid":"08d6891a","title":"The whole system is down","state":"{{state}}","link_to_upstream_details":"https://en.wikipedia.org/wiki/Downtime","message":"Smth happened. Oh no!"}""")).Value;
        Assert.Equal((action, "08d6891a", "The whole system is down"), (said.Action, said.Key, said.Title));
    }

    [Fact]
    public void OnCallGrafana_OldAndNewBodies_AreBothRead()
    {
        Assert.Equal("rule-7", Assert.Single(OnCallMessage.ReadGrafana(Bytes("""{"title":"[Alerting] CPU","ruleId":7,"ruleName":"CPU","state":"alerting","tags":{"severity":"critical"}}""")).Value).Key);
        Assert.Equal("CPU", Assert.Single(OnCallMessage.ReadGrafana(Bytes("""{"version":"1","alerts":[{"status":"firing","labels":{"alertname":"CPU"},"dashboardURL":"https://g.example.com/d/1"}]}""")).Value).Title);
    }

    [Fact]
    public void Line_ControlCharacters_Go() => Assert.Equal("a b [31mc", SentText.Line("a\r\n\tb \u001b[31mc\u0000"));

    [Theory]
    [InlineData("2026-11-21T03:00:00Z", true)]
    [InlineData("2026-11-21 03:00:00", true)]
    [InlineData("2026-11-21T03:00:00.000+0000", true)]
    [InlineData("1795230000", true)]
    [InlineData("1795230000000", true)]
    [InlineData("1795230000.25", true)]
    [InlineData("0001-01-01T00:00:00Z", false)]
    [InlineData("12", false)]
    [InlineData("yesterday", false)]
    [InlineData("", false)]
    public void Time_AsSendersWriteIt_IsRead(string text, bool isTime) => Assert.Equal(isTime, SentText.Time(text) is { } at && at > Instant.FromUtc(2026, 1, 1, 0, 0) && at < Instant.FromUtc(2027, 1, 1, 0, 0));
}
