using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>Alice owns checkout; other programs send their alerts as they always did, to another address.</summary>
public class OtherProgramsSendTheirAlerts
{
    private const string Integrations = """
        apiVersion: nines/v1
        kind: Integration
        metadata: { name: nagios }
        spec: { kind: pagerduty, service: checkout }
        ---
        apiVersion: nines/v1
        kind: Integration
        metadata: { name: opsgenie }
        spec: { kind: opsgenie, service: checkout }
        ---
        apiVersion: nines/v1
        kind: Integration
        metadata: { name: backup }
        spec: { kind: events, service: checkout }
        """;

    private static async Task<(StoryWorld World, Pager Alice)> OpenAsync()
    {
        var world = await StoryWorld.OpenAsync();
        var alice = await Pager.StartAsync(world.Clock);
        await world.ApplyAsync(alice.Manifest("alice"), StoryWorld.Service("checkout", "person: alice"), Integrations);
        return (world, alice);
    }

    private static string PagerDuty(string action, string key, string severity = "critical") =>
        $$$"""{"routing_key":"R1","event_action":"{{{action}}}","dedup_key":"{{{key}}}","payload":{"summary":"Disk full on db1","source":"db1","severity":"{{{severity}}}"}}""";

    private static string Webhook(string externalUrl, string status, string endsAt = "0001-01-01T00:00:00Z", int truncated = 0) =>
        $$$"""{"version":"4","groupKey":"{}:{alertname=\"Down\"}","truncatedAlerts":{{{truncated}}},"status":"{{{status}}}","receiver":"nines","externalURL":"{{{externalUrl}}}","groupLabels":{},"commonLabels":{},"commonAnnotations":{},"alerts":[{"status":"{{{status}}}","labels":{"alertname":"Down","service":"checkout","severity":"page"},"annotations":{"summary":"checkout is down"},"startsAt":"2026-11-21T00:59:00Z","endsAt":"{{{endsAt}}}","generatorURL":"http://prometheus","fingerprint":"x"}]}""";

    private static async Task<JsonElement[]> AlertsAsync(StoryWorld world) => [.. (await world.GetAsync("/api/v1/alerts")).EnumerateArray()];

    [Fact]
    public async Task OneLineOfCurl_CallsAlice_AndAnotherOneSaysThatItIsOver()
    {
        var (world, alice) = await OpenAsync();
        await using var _ = world;
        await using var __ = alice;
        Assert.Equal(202, (await world.SendAsync("/in/events/backup", "disk full", "application/x-www-form-urlencoded")).Status);
        Assert.StartsWith("PAGE checkout: disk full", Assert.Single(alice.Calls).Text, StringComparison.Ordinal);
        Assert.Equal(202, (await world.SendAsync("/in/events/backup?state=resolved", "disk full", "text/plain")).Status);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(["page.opened", "page.resolved"], alice.Calls.Select(c => c.Event));
    }

    [Fact]
    public async Task PagerDutysEvents_TriggerTwice_AcknowledgeAndResolve_AreOnePage()
    {
        var (world, alice) = await OpenAsync();
        await using var _ = world;
        await using var __ = alice;
        var (status, body) = await world.SendAsync("/v2/enqueue", PagerDuty("trigger", "disk-db1"));
        Assert.Equal((202, """{"status":"success","message":"Event processed","dedup_key":"disk-db1"}"""), (status, body));
        await world.SendAsync("/v2/enqueue", PagerDuty("trigger", "disk-db1", "warning"));
        Assert.Single(alice.Calls);
        Assert.Equal(202, (await world.SendAsync("/v2/enqueue", PagerDuty("acknowledge", "disk-db1"))).Status);
        Assert.Equal(202, (await world.SendAsync("/v2/enqueue", PagerDuty("resolve", "never-heard-of"))).Status);
        Assert.Equal("firing", Assert.Single(await AlertsAsync(world)).GetProperty("state").GetString());
        Assert.Equal(202, (await world.SendAsync("/v2/enqueue", PagerDuty("resolve", "disk-db1"))).Status);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("page.resolved", alice.Calls[^1].Event);
        Assert.Single(alice.Calls.Select(c => c.Page).Distinct());
    }

    // A ticket by day that becomes a page at night: the same key must not hide it (dedup ate real alerts elsewhere).
    [Fact]
    public async Task TheSameKeyGetsLouder_AliceIsCalled()
    {
        var (world, alice) = await OpenAsync();
        await using var _ = world;
        await using var __ = alice;
        await world.SendAsync("/v2/enqueue", PagerDuty("trigger", "disk-db1", "warning"));
        var calls = alice.Calls.Count(c => c.Text.StartsWith("PAGE", StringComparison.Ordinal));
        await world.SendAsync("/v2/enqueue", PagerDuty("trigger", "disk-db1"));
        await world.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(calls + 1, alice.Calls.Count(c => c.Text.StartsWith("PAGE", StringComparison.Ordinal) && c.Event == "page.opened"));
        await world.SendAsync("/v2/enqueue", PagerDuty("resolve", "disk-db1"));
        Assert.DoesNotContain(await AlertsAsync(world), a => a.GetProperty("state").GetString() == "firing");
    }

    [Fact]
    public async Task TwoAlertmanagersOfOnePair_AreOneAlert_AndAnEnvelopeClosesOnlyWhatItNames()
    {
        var (world, alice) = await OpenAsync();
        await using var _ = world;
        await using var __ = alice;
        Assert.Equal(200, (await world.SendAsync("/in/alertmanager", Webhook("http://am-0:9093", "firing"))).Status);
        Assert.Equal(200, (await world.SendAsync("/in/alertmanager", Webhook("http://am-1:9093", "firing"))).Status);
        Assert.Single(await AlertsAsync(world));
        Assert.Single(alice.Calls);
        // An envelope that names nothing, and hides some: absence proves nothing.
        Assert.Equal(200, (await world.SendAsync("/in/alertmanager", """{"version":"4","status":"resolved","truncatedAlerts":5,"alerts":[]}""")).Status);
        Assert.Equal("firing", Assert.Single(await AlertsAsync(world)).GetProperty("state").GetString());
        Assert.Equal(200, (await world.SendAsync("/in/alertmanager", Webhook("http://am-1:9093", "resolved", "2026-11-21T00:59:59Z"))).Status);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(["page.opened", "page.resolved"], alice.Calls.Select(c => c.Event));
    }

    [Fact]
    public async Task OpsgeniesRequests_SayWhatBecameOfThem_AlsoAfterARestart()
    {
        var (world, alice) = await OpenAsync();
        await using var _ = world;
        await using var __ = alice;
        var created = await CreateAsync();
        await CreateAsync();
        Assert.Single(alice.Calls);
        await world.CrashAndRestartAsync();
        var status = await world.GetAsync($"/opsgenie/v2/alerts/requests/{created}");
        Assert.True(status.GetProperty("data").GetProperty("isSuccess").GetBoolean());
        var id = status.GetProperty("data").GetProperty("alertId").GetString();
        Assert.Equal("open", (await world.GetAsync($"/opsgenie/v2/alerts/{id}")).GetProperty("data").GetProperty("status").GetString());
        Assert.Equal(202, (await world.SendAsync("/opsgenie/v2/alerts/disk-db1/acknowledge?identifierType=alias", """{"user":"alice"}""")).Status);
        Assert.True((await world.GetAsync("/opsgenie/v2/alerts/disk-db1?identifierType=alias")).GetProperty("data").GetProperty("acknowledged").GetBoolean());
        Assert.Equal(202, (await world.SendAsync("/opsgenie/v2/alerts/disk-db1/close?identifierType=alias", "{}")).Status);
        Assert.Equal("closed", (await world.GetAsync($"/opsgenie/v2/alerts/{id}")).GetProperty("data").GetProperty("status").GetString());
        Assert.Equal(422, (await world.SendAsync("/opsgenie/v2/alerts", """{"message":""}""")).Status);

        async Task<string> CreateAsync()
        {
            var (code, body) = await world.SendAsync("/opsgenie/v2/alerts", """{"message":"Disk full","alias":"disk-db1","priority":"P1"}""", authorization: "GenieKey any");
            Assert.Equal(202, code);
            return JsonDocument.Parse(body).RootElement.GetProperty("requestId").GetString()!;
        }
    }

    [Fact]
    public async Task TheStoreIsDown_EveryDoorAsksToTryAgain_AndNothingIsLostWhenItDoes()
    {
        var (world, alice) = await OpenAsync();
        await using var _ = world;
        await using var __ = alice;
        world.Journal.Dead = true;
        Assert.Equal(503, (await world.SendAsync("/in/alertmanager", Webhook("http://am-0:9093", "firing"))).Status);
        Assert.Equal(503, (await world.SendAsync("/v2/enqueue", PagerDuty("trigger", "k"))).Status);
        Assert.Equal(503, (await world.SendAsync("/opsgenie/v2/alerts", """{"message":"m"}""")).Status);
        Assert.Equal(503, (await world.SendAsync("/victorops/key/route", """{"message_type":"CRITICAL","entity_id":"e"}""")).Status);
        Assert.Equal(503, (await world.SendAsync("/integrations/v1/webhook/key/", """{"title":"t"}""")).Status);
        Assert.Equal(503, (await world.SendAsync("/in/events/backup", "disk full", "text/plain")).Status);
        await world.CrashAndRestartAsync();
        Assert.Equal(202, (await world.SendAsync("/v2/enqueue", PagerDuty("trigger", "k"))).Status);
        Assert.Single(alice.Calls);
    }

    [Fact]
    public async Task ASenderWithAKey_IsRefusedWithoutIt_AndItsPageSaysSo()
    {
        var (world, alice) = await OpenAsync();
        await using var _ = world;
        await using var __ = alice;
        var key = Path.GetTempFileName();
        await File.WriteAllTextAsync(key, "s3cret\n");
        await world.ApplyAsync($"apiVersion: nines/v1\nkind: Integration\nmetadata: {{ name: locked }}\nspec: {{ kind: events, key: \"file:{key}\" }}\n");
        Assert.Equal(403, (await world.SendAsync("/in/events/locked", "disk full", "text/plain")).Status);
        Assert.Equal(403, (await world.SendAsync("/in/events/locked", "disk full", "text/plain", "Bearer wrong")).Status);
        Assert.Equal(202, (await world.SendAsync("/in/events/locked", "disk full", "text/plain", "Bearer s3cret")).Status);
        File.Delete(key);
        Assert.Equal(503, (await world.SendAsync("/in/events/locked", "disk full", "text/plain", "Bearer s3cret")).Status);
        var listed = (await world.GetAsync("/api/v1/integrations")).EnumerateArray().First(i => i.GetProperty("name").GetString() == "locked");
        Assert.Equal(1, listed.GetProperty("received").GetInt32());
        Assert.EndsWith("/in/events/locked", listed.GetProperty("address").GetString(), StringComparison.Ordinal);
    }
}
