using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Channels.Twilio;
using Nines.Paging.Notifications;
using Nines.Paging.Tickets;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Channels;

/// <summary>Each sender against a provider that is well, busy, ill, rude or gone.</summary>
public sealed class SenderTests(ChannelRig.Shared shared) : IClassFixture<ChannelRig.Shared>
{
    /// <summary>Every kind over HTTP with what its provider says when it takes a message.</summary>
    public static TheoryData<string, int, string> Kinds => new()
    {
        { "webhook", 204, "" },
        { "sms", 201, """{"sid":"SM1","status":"queued"}""" },
        { "voice", 201, """{"sid":"CA1","status":"queued"}""" },
        { "slack", 200, """{"ok":true,"channel":"D1","ts":"1763694000.000100"}""" },
        { "teams", 202, "" },
        { "mattermost", 200, "ok" },
        { "discord", 200, """{"id":"1"}""" },
        { "pagerduty", 202, """{"status":"success","message":"Event processed","dedup_key":"k"}""" },
        { "opsgenie", 202, """{"result":"Request will be processed","took":0.1,"requestId":"r"}""" },
        { "ntfy", 200, """{"id":"n","event":"message"}""" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Send_ProviderTakesIt_IsAccepted(string kind, int status, string body)
    {
        var rig = shared.Fresh();
        rig.Provider.Answer = _ => ProviderDouble.Http(status, body);
        var outcome = await rig.SendAsync(await rig.IntendAsync(kind));
        Assert.Equal((SendVerdict.Accepted, 1), (outcome.Verdict, rig.Provider.Calls.Count));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Send_ProviderIsBusy_ComesBackWhenItSays(string kind, int status, string body)
    {
        _ = (status, body);
        var rig = shared.Fresh();
        rig.Provider.Answer = _ => ProviderDouble.Http(429, """{"code":20429,"message":"slow down"}""", "Retry-After: 7\r\n");
        var outcome = await rig.SendAsync(await rig.IntendAsync(kind));
        Assert.Equal((SendVerdict.Retry, Duration.FromSeconds(7)), (outcome.Verdict, outcome.Wait));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Send_ProviderFails_IsTriedAgain(string kind, int status, string body)
    {
        _ = (status, body);
        var rig = shared.Fresh();
        foreach (var answer in (string?[])[ProviderDouble.Http(500, "<html>"), ProviderDouble.Http(503, ""), "rubbish\r\n\r\n", "HTTP/1.1 2", null])
        {
            rig.Provider.Answer = _ => answer;
            Assert.Equal(SendVerdict.Retry, (await rig.SendAsync(await rig.IntendAsync(kind))).Verdict);
            rig.Clock.Advance(TimeSpan.FromHours(4));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Send_ProviderRefuses_IsFinal(string kind, int status, string body)
    {
        _ = (status, body);
        var rig = shared.Fresh();
        foreach (var code in (int[])[400, 403, 302])
        {
            rig.Provider.Answer = _ => ProviderDouble.Http(code, """{"code":21211,"message":"no such number","errors":["bad"],"error":"channel_not_found"}""", "Location: http://127.0.0.1:1/\r\n");
            Assert.Equal(SendVerdict.Refused, (await rig.SendAsync(await rig.IntendAsync(kind))).Verdict);
            rig.Clock.Advance(TimeSpan.FromHours(4));
        }

        Assert.Equal(3, rig.Provider.Calls.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Send_ProviderHangs_EndsWithThePatienceOfTheOutbox(string kind, int status, string body)
    {
        _ = (status, body);
        var rig = shared.Fresh();
        rig.Provider.Hangs = true;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var delivery = await rig.IntendAsync(kind);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.SendAsync(delivery, patience.Token));
    }

    [Theory]
    [InlineData("sms", "The receiver answered 200, but not as Twilio does: something else may stand at that address.")]
    [InlineData("slack", "The receiver answered 200, but not as Slack does: something else may stand at that address.")]
    [InlineData("pagerduty", "The receiver answered 200, but not as PagerDuty does: something else may stand at that address.")]
    [InlineData("opsgenie", "The receiver answered 200, but not as Opsgenie does: something else may stand at that address.")]
    [InlineData("ntfy", "The receiver answered 200, but not as ntfy does: something else may stand at that address.")]
    public async Task Send_AnswerOfSomethingElse_IsNotBelieved(string kind, string reason)
    {
        var rig = shared.Fresh();
        rig.Provider.Answer = _ => ProviderDouble.Http(200, "<html>Welcome to our hotel</html>");
        Assert.Equal(new SendOutcome(SendVerdict.Retry, reason), await rig.SendAsync(await rig.IntendAsync(kind)));
    }

    [Theory]
    [InlineData("channel_not_found", SendVerdict.Refused)]
    [InlineData("invalid_auth", SendVerdict.Refused)]
    [InlineData("ratelimited", SendVerdict.Retry)]
    [InlineData("internal_error", SendVerdict.Retry)]
    public async Task Send_SlackSaysNoWith200_IsReadFromItsBody(string error, SendVerdict verdict)
    {
        var rig = shared.Fresh();
        rig.Provider.Answer = _ => ProviderDouble.Http(200, $$"""{"ok":false,"error":"{{error}}"}""");
        Assert.Equal(new SendOutcome(verdict, $"Slack said: {error}."), await rig.SendAsync(await rig.IntendAsync("slack")));
    }

    [Theory]
    [InlineData("sms", "+491511234567")]
    [InlineData("sms", "491511234567")]
    [InlineData("voice", "%2B491511234567")]
    [InlineData("opsgenie", "verysecretgeniekey")]
    [InlineData("pagerduty", "verysecretroutingkey")]
    [InlineData("ntfy", "tk_verysecret")]
    public async Task Send_ProviderRepeatsAddressOrKey_TheJournalDoesNotHoldIt(string kind, string hidden)
    {
        var rig = shared.Fresh();
        rig.Provider.Answer = _ => ProviderDouble.Http(400, $$"""{"code":21211,"message":"wrong: {{hidden}}!","error":"wrong: {{hidden}}!"}""");
        var reason = (await rig.SendAsync(await rig.IntendAsync(kind))).Reason;
        Assert.Contains("wrong: ", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden.TrimStart('%', '+'), reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_DiscordSaysHowLongInItsBody_IsWaitedFor()
    {
        var rig = shared.Fresh();
        rig.Provider.Answer = _ => ProviderDouble.Http(429, """{"message":"You are being rate limited.","retry_after":64.57,"global":false}""");
        var outcome = await rig.SendAsync(await rig.IntendAsync("discord"));
        Assert.Equal(Duration.FromSeconds(65), outcome.Wait);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://0.0.0.0/x")]
    public async Task Send_ForbiddenAddress_IsRefusedBeforeAnythingIsSaid(string address)
    {
        var rig = shared.Fresh();
        foreach (var (kind, contact) in ((string, string)[])[("webhook", $"to: \"{address}\""), ("teams", $"secret: \"{rig.Secret("evil", address)}\""), ("pagerduty", $"to: \"{address}\", secret: \"{rig.Secret("pd", "k")}\""), ("ntfy", $"to: \"{address.TrimEnd('/')}{(address.EndsWith('/') ? "/topic" : "")}\"")])
        {
            await rig.ApplyAsync($"- {{ kind: {kind}, {contact} }}", "eve");
            var outcome = await rig.SendAsync(await rig.IntendAsync(kind, person: "eve"));
            Assert.Equal(SendVerdict.Refused, outcome.Verdict);
            Assert.Contains(", which nothing of ours may reach: it is ", outcome.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Send_TheLinkThatAcknowledges_IsMadeAtTheTry_AndIsTheSameAtEach()
    {
        var rig = shared.Fresh();
        rig.Provider.Answer = _ => ProviderDouble.Http(503, "");
        var message = Messages.Ordinary() with { Acknowledge = AcknowledgeLinks.Place, At = Instant.FromDateTimeOffset(rig.Clock.GetUtcNow()) };
        var delivery = await rig.IntendAsync("webhook", message);
        await rig.SendAsync(delivery);
        rig.Clock.Advance(TimeSpan.FromMinutes(10));
        await rig.SendAsync(delivery with { Attempt = 2 });
        var links = rig.Provider.Calls.Select(c => JsonDocument.Parse(c.Body).RootElement.GetProperty("acknowledge").GetString()!).ToArray();
        Assert.Equal(links[0], links[1]);
        Assert.StartsWith("https://nines.example.com/a/", links[0], StringComparison.Ordinal);
        var now = Instant.FromDateTimeOffset(rig.Clock.GetUtcNow());
        Assert.Equal((message.Page, rig.Contact("webhook").Person), rig.Services.GetRequiredService<AcknowledgeLinks>().Check(links[0]["https://nines.example.com/a/".Length..], now).Value);
        Assert.DoesNotContain("/a/", delivery.Payload.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_TrackerAtAForbiddenAddress_IsRefusedBeforeItsTokenIsSaid()
    {
        var rig = shared.Fresh();
        using var tracker = new StringContent($"apiVersion: nines/v1\nkind: TicketTracker\nmetadata: {{ name: evil }}\nspec: {{ kind: jira, url: https://169.254.169.254, project: OPS, user: a@example.com, token: \"{rig.Secret("jira", "k")}\" }}\n", System.Text.Encoding.UTF8, "application/yaml");
        Assert.Equal(200, (await rig.PostAsync("/api/v1/manifests", tracker)).Status);
        var message = new TrackerMessage("open", "01jd2", 12, "The pool is nearly full", "orders", "P2", "0.9 of 1 is used.", "https://nines.example.com/tickets/01jd2");
        var outcome = await rig.SendAsync(new("01jd3", "ticket-jira", "evil", "ticket/01jd2", JsonSerializer.SerializeToElement(message, HouseJson.Options), 1));
        Assert.Equal((SendVerdict.Refused, "169.254.169.254 leads to 169.254.169.254, which nothing of ours may reach: it is link-local, where clouds keep their metadata services."), (outcome.Verdict, outcome.Reason));
    }

    [Fact]
    public async Task Send_PayloadThatNobodyCanRead_IsRefused()
    {
        var rig = shared.Fresh();
        var delivery = await rig.IntendAsync("slack");
        foreach (var payload in (string[])["{}", "[]", "\"x\"", "{\"event\":1}", "null"])
            Assert.Equal(new SendOutcome(SendVerdict.Refused, "The message cannot be read."), await rig.SendAsync(delivery with { Payload = JsonDocument.Parse(payload).RootElement }));
        Assert.Equal(SendVerdict.Refused, (await rig.SendAsync(delivery with { Target = "nobody/slack" })).Verdict);
    }

    [Fact]
    public async Task Send_Slack_ThenNewsOfThePage_ChangesTheMessageAndAnswersInItsThread()
    {
        var rig = shared.Fresh();
        rig.Provider.Answer = _ => ProviderDouble.Http(200, """{"ok":true,"channel":"D1","ts":"1763694000.000100"}""");
        var first = await rig.IntendAsync("slack");
        await rig.SettleAsync(first);
        Assert.Equal("D1/1763694000.000100", rig.Book.Sent[first.Id].Reference);
        await rig.SendAsync(await rig.IntendAsync("slack", Messages.Ordinary(MessageEvent.Repeated) with { Thread = first.Id }));
        var calls = rig.Provider.Calls.ToArray();
        Assert.Equal(["/api/chat.postMessage", "/api/chat.update", "/api/chat.postMessage"], calls.Select(c => c.Path));
        Assert.All(calls, c => Assert.Equal("Bearer xoxb-1", c.Headers["Authorization"]));
        using var update = JsonDocument.Parse(calls[1].Text);
        Assert.Equal("1763694000.000100", update.RootElement.GetProperty("ts").GetString());
        using var answer = JsonDocument.Parse(calls[2].Text);
        Assert.Equal(("D1", "1763694000.000100", true), (answer.RootElement.GetProperty("channel").GetString(), answer.RootElement.GetProperty("thread_ts").GetString(), answer.RootElement.GetProperty("reply_broadcast").GetBoolean()));
    }

    [Theory]
    [InlineData(MessageEvent.Acknowledged)]
    [InlineData(MessageEvent.Changed)]
    [InlineData(MessageEvent.Merged)]
    public async Task Send_SlackQuietly_ChangesTheMessage_AndPostsNothing(string happened)
    {
        var rig = shared.Fresh();
        rig.Provider.Answer = _ => ProviderDouble.Http(200, """{"ok":true,"channel":"D1","ts":"1763694000.000100"}""");
        var first = await rig.IntendAsync("slack");
        await rig.SettleAsync(first);
        Assert.Equal(SendVerdict.Accepted, (await rig.SendAsync(await rig.IntendAsync("slack", Messages.Ordinary(happened) with { Thread = first.Id }))).Verdict);
        Assert.Equal(["/api/chat.postMessage", "/api/chat.update"], rig.Provider.Calls.Select(c => c.Path));
    }

    [Fact]
    public async Task Send_Discord_TheFirstMessageIsKept_AndChangedQuietly()
    {
        var rig = shared.Fresh();
        rig.Provider.Answer = _ => ProviderDouble.Http(200, """{"id":"1234567890123456789","content":"x"}""");
        var first = await rig.IntendAsync("discord");
        await rig.SettleAsync(first);
        await rig.SendAsync(await rig.IntendAsync("discord", Messages.Ordinary(MessageEvent.Acknowledged) with { Thread = first.Id }));
        Assert.Equal(["/api/webhooks/1/verysecretthing?wait=true", "/api/webhooks/1/verysecretthing/messages/1234567890123456789"], rig.Provider.Calls.Select(c => c.Path));
        using var body = JsonDocument.Parse(rig.Provider.Calls.Last().Text);
        Assert.StartsWith("Taken on: ", body.RootElement.GetProperty("embeds")[0].GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slack")]
    [InlineData("discord")]
    public async Task Send_QuietlyWhereNothingStands_SaysNothing(string kind)
    {
        var rig = shared.Fresh();
        foreach (var thread in (string?[])[null, "01jd000000000000000000gone"])
        {
            var outcome = await rig.SendAsync(await rig.IntendAsync(kind, Messages.Ordinary(MessageEvent.Acknowledged) with { Thread = thread }));
            Assert.Equal(new SendOutcome(SendVerdict.Accepted, "Nothing about this page stands there, so there was nothing to change."), outcome);
        }

        Assert.Empty(rig.Provider.Calls);
    }

    [Fact]
    public async Task Send_Sms_IsAFormWithBasicAuthenticationAndWhereToCallBack()
    {
        await using var rig = await ChannelRig.StartAsync();
        rig.Provider.Answer = _ => ProviderDouble.Http(201, """{"sid":"SM1","status":"queued"}""");
        var delivery = await rig.IntendAsync("sms");
        Assert.Equal(new SendOutcome(SendVerdict.Accepted, "The receiver answered 201 Words. It is queued."), await rig.SendAsync(delivery));
        var call = Assert.Single(rig.Provider.Calls);
        Assert.Equal("/2010-04-01/Accounts/AC1/Messages.json", call.Path);
        Assert.Equal("Basic " + Convert.ToBase64String("AC1:12345"u8), call.Headers["Authorization"]);
        Assert.Equal(("+491511234567", "+15550001111", $"https://nines.example.com/in/twilio/status/{delivery.Id}"), (call.Form("To"), call.Form("From"), call.Form("StatusCallback")));
        Assert.Matches("^PAGE checkout: availability burns 20× too fast\\. 7,236 of 360,000 failed in the last 1 h\\. Reply \"ack [2-9a-z]{4}\" to take it on\\.$", call.Form("Body"));
    }

    [Theory]
    [InlineData("https://nines.example.com", "https://api.twilio.com", true)]
    [InlineData("http://127.0.0.1:7070", "https://api.twilio.com", false)]
    [InlineData("http://localhost:7070", "https://api.twilio.com", false)]
    [InlineData("http://127.0.0.1:7070", "http://127.0.0.1:9000", true)]
    public void Reaches_AProviderElsewhere_CannotCallSomebodysLoopback(string publicUrl, string provider, bool reaches) =>
        Assert.Equal(reaches, TwilioAccount.Reaches(publicUrl, provider));

    [Fact]
    public async Task Send_Voice_ListensForAMachineAndAsksHereWhatToSay()
    {
        var rig = shared.Fresh();
        rig.Provider.Answer = _ => ProviderDouble.Http(201, """{"sid":"CA1","status":"queued"}""");
        var delivery = await rig.IntendAsync("voice");
        await rig.SendAsync(delivery);
        var call = Assert.Single(rig.Provider.Calls);
        Assert.Equal("/2010-04-01/Accounts/AC1/Calls.json", call.Path);
        Assert.Equal(($"https://nines.example.com/in/twilio/voice/{delivery.Id}", "Enable", "completed"), (call.Form("Url"), call.Form("MachineDetection"), call.Form("StatusCallbackEvent")));
    }

    [Fact]
    public async Task Send_TooManyTexts_AreHeldBackAndGoAlongAsOne()
    {
        await using var rig = await ChannelRig.StartAsync();
        rig.Provider.Answer = _ => ProviderDouble.Http(201, """{"sid":"SM1","status":"queued"}""");
        var deliveries = new List<Delivery>();
        for (var i = 0; i < 4; i++) deliveries.Add(await rig.IntendAsync("sms", Messages.Ordinary() with { Text = $"PAGE s{i}: burns", Page = $"p{i}" }, $"p{i}"));
        // The first goes and takes those along that wait already; one that comes later is held back.
        Assert.Equal(SendVerdict.Accepted, (await rig.SettleAsync(deliveries[0])).Verdict);
        foreach (var other in deliveries.Skip(1)) Assert.Equal(new SendOutcome(SendVerdict.Accepted, $"It went along with {deliveries[0].Id}: too many in a short time."), await rig.SettleAsync(other));
        var later = await rig.IntendAsync("sms", Messages.Ordinary() with { Text = "PAGE s9: burns" }, "p9");
        Assert.Equal(new SendOutcome(SendVerdict.Retry, "Held back: this contact had 1 in the last 1m.", Duration.FromMinutes(1)), await rig.SettleAsync(later));
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(SendVerdict.Accepted, (await rig.SettleAsync(later)).Verdict);
        Assert.Equal(2, rig.Provider.Calls.Count);
        var body = rig.Provider.Calls.First().Form("Body");
        Assert.StartsWith("4 pages: PAGE s0: burns; ", body, StringComparison.Ordinal);
        foreach (var i in (int[])[1, 2, 3]) Assert.Contains($"PAGE s{i}: burns", body, StringComparison.Ordinal);
    }
}
