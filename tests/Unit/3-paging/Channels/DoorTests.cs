using System.Text;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Channels.Push;
using Nines.Paging.Channels.Slack;
using Nines.Paging.Channels.Twilio;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Channels;

/// <summary>What comes back: genuine receipts and answers count once and in order; everything else changes nothing.</summary>
public sealed class DoorTests : IAsyncLifetime
{
    private ChannelRig _rig = null!;

    public async Task InitializeAsync() => _rig = await ChannelRig.StartAsync();

    public Task DisposeAsync() => _rig.DisposeAsync().AsTask();

    private Task<(int Status, string Text)> Twilio(string path, params (string Name, string Value)[] form) => Twilio(ChannelRig.TwilioToken, path, form);

    private Task<(int Status, string Text)> Twilio(string token, string path, params (string Name, string Value)[] form)
    {
        var fields = form.Select(f => KeyValuePair.Create(f.Name, f.Value)).ToArray();
        return _rig.PostAsync(path, new FormUrlEncodedContent(fields), (TwilioSignature.Header, TwilioSignature.Sign(token, _rig.PublicUrl + path, fields)));
    }

    private Task<(int Status, string Text)> Slack(string effect, string action = "nines_acknowledge", string member = "U2CERLKJA", string secret = ChannelRig.SlackSecret, long late = 0)
    {
        var payload = $$"""{"type":"block_actions","user":{"id":"{{member}}"},"response_url":"{{_rig.Provider.Url}}/answer","actions":[{"action_id":"{{action}}","value":"{{effect}}"}]}""";
        var body = Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(payload));
        var time = (_rig.Clock.GetUtcNow().ToUnixTimeSeconds() - late).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return _rig.PostAsync("/in/slack/actions", new ByteArrayContent(body), (SlackSignature.TimeHeader, time), (SlackSignature.Header, SlackSignature.Sign(secret, time, body)));
    }

    [Fact]
    public async Task Status_Delivered_IsAReceiptOnceAndFailsNoMore()
    {
        var sms = await _rig.IntendAsync("sms");
        for (var i = 0; i < 3; i++) Assert.Equal(204, (await Twilio($"/in/twilio/status/{sms.Id}", ("MessageStatus", "delivered"))).Status);
        await Twilio($"/in/twilio/status/{sms.Id}", ("MessageStatus", "sent"));
        await Twilio($"/in/twilio/status/{sms.Id}", ("MessageStatus", "undelivered"), ("ErrorCode", "30003"));
        Assert.Equal(new MessageReceipt(sms.Id, ProofStage.Delivered, false, "The carrier delivered it."), Assert.Single(await _rig.EventsAsync<MessageReceipt>()));
    }

    [Fact]
    public async Task Status_Undelivered_IsAFailureThatALateReceiptMends()
    {
        var sms = await _rig.IntendAsync("sms");
        for (var i = 0; i < 2; i++) await Twilio($"/in/twilio/status/{sms.Id}", ("MessageStatus", "undelivered"), ("ErrorCode", "30003"));
        await Twilio($"/in/twilio/status/{sms.Id}", ("MessageStatus", "delivered"));
        Assert.Equal(
            [new MessageReceipt(sms.Id, ProofStage.Delivered, true, "The carrier could not deliver it (error 30003)."), new MessageReceipt(sms.Id, ProofStage.Delivered, false, "The carrier delivered it.")],
            await _rig.EventsAsync<MessageReceipt>());
    }

    [Theory]
    [InlineData("/in/twilio/status/")]
    [InlineData("/in/twilio/voice/")]
    public async Task Twilio_ForgedOrForAnother_ChangesNothing(string door)
    {
        var sms = await _rig.IntendAsync("sms");
        var forged = await Twilio("54321", door + sms.Id, ("MessageStatus", "delivered"), ("AnsweredBy", "human"));
        Assert.Equal(403, forged.Status);
        Assert.Contains("This call is not signed by Twilio", forged.Text, StringComparison.Ordinal);
        // A genuine signature of another message's call.
        var fields = new[] { KeyValuePair.Create("MessageStatus", "delivered") };
        Assert.Equal(403, (await _rig.PostAsync(door + sms.Id, new FormUrlEncodedContent(fields), (TwilioSignature.Header, TwilioSignature.Sign(ChannelRig.TwilioToken, _rig.PublicUrl + door + "other", fields)))).Status);
        Assert.Equal(403, (await _rig.PostAsync(door + sms.Id, new FormUrlEncodedContent(fields))).Status);
        await Twilio("/in/twilio/status/01jdnobodyknowsthis", ("MessageStatus", "delivered"));
        Assert.Empty(await _rig.EventsAsync<MessageReceipt>());
    }

    [Fact]
    public async Task Doors_LongBodies_AreRefused()
    {
        foreach (var door in (string[])["/in/twilio/sms", "/in/slack/actions", "/in/push/x/seen"])
            Assert.Equal(413, (await _rig.PostAsync(door, new ByteArrayContent(new byte[70_000]))).Status);
    }

    [Fact]
    public async Task Doors_AnyGet_ChangesNothing()
    {
        var voice = await _rig.IntendAsync("voice");
        foreach (var path in (string[])[$"/in/twilio/voice/{voice.Id}", $"/in/twilio/voice/{voice.Id}/key?Digits=4", "/in/slack/actions", $"/in/push/{voice.Id}/acknowledge"])
        {
            using var answer = await _rig.Http.GetAsync(new Uri(_rig.Address, path));
            Assert.False(answer.IsSuccessStatusCode, path);
        }

        Assert.Empty(await _rig.EventsAsync<ContactAnswered>());
    }

    [Fact]
    public async Task Voice_AHuman_HearsTheBriefAndAKeyAcknowledges()
    {
        var voice = await _rig.IntendAsync("voice");
        var (status, said) = await Twilio($"/in/twilio/voice/{voice.Id}", ("AnsweredBy", "human"));
        Assert.Equal(200, status);
        Assert.Contains("<Say>This is Nines. PAGE checkout: availability burns 20 times too fast.", said, StringComparison.Ordinal);
        Assert.Contains($"action=\"https://nines.example.com/in/twilio/voice/{voice.Id}/key\"", said, StringComparison.Ordinal);
        Assert.Equal(ProofStage.Delivered, Assert.Single(await _rig.EventsAsync<MessageReceipt>()).Stage);
        for (var i = 0; i < 2; i++) Assert.Contains("The page is yours.", (await Twilio($"/in/twilio/voice/{voice.Id}/key", ("Digits", "4"))).Text, StringComparison.Ordinal);
        var alice = _rig.Contact("voice").Person;
        Assert.Equal(new ContactAnswered(voice.Id, "01jd0000000000000000000002", alice, "acknowledge", "voice"), Assert.Single(await _rig.EventsAsync<ContactAnswered>()));
        Assert.Equal("acknowledged by voice", Assert.Single(await _rig.EventsAsync<ContactVerified>()).How);
        Assert.True(_rig.Contact("voice").Verified);
    }

    [Theory]
    [InlineData("machine_start")]
    [InlineData("machine_end_beep")]
    [InlineData("fax")]
    public async Task Voice_AMachine_IsAskedForNothingAndCountsAsNotDelivered(string answeredBy)
    {
        var voice = await _rig.IntendAsync("voice");
        var (_, said) = await Twilio($"/in/twilio/voice/{voice.Id}", ("AnsweredBy", answeredBy));
        Assert.DoesNotContain("Gather", said, StringComparison.Ordinal);
        Assert.Equal(new MessageReceipt(voice.Id, ProofStage.Delivered, true, "A machine picked up."), Assert.Single(await _rig.EventsAsync<MessageReceipt>()));
        Assert.Empty(await _rig.EventsAsync<ContactAnswered>());
        Assert.False(_rig.Contact("voice").Verified);
    }

    [Fact]
    public async Task Voice_OtherKeys_EscalateOrSayItAgain()
    {
        var voice = await _rig.IntendAsync("voice");
        Assert.Contains("<Redirect", (await Twilio($"/in/twilio/voice/{voice.Id}/key", ("Digits", "9"))).Text, StringComparison.Ordinal);
        Assert.Empty(await _rig.EventsAsync<ContactAnswered>());
        await Twilio($"/in/twilio/voice/{voice.Id}/key", ("Digits", "6"));
        Assert.Equal("escalate", Assert.Single(await _rig.EventsAsync<ContactAnswered>()).Answer);
    }

    [Fact]
    public async Task Sms_ReplyWithItsCode_AcknowledgesThatPage()
    {
        var first = await _rig.IntendAsync("sms", page: "p1");
        _ = await _rig.IntendAsync("sms", page: "p2");
        var code = ContactCode.ShortOf(_rig.Services.GetRequiredService<IPersonKeys>().Find(_rig.Contact("sms").Person), first.Id);
        Assert.Equal("<Response />", (await Twilio("/in/twilio/sms", ("From", "+15559999999"), ("Body", $"ack {code}"))).Text);
        Assert.Contains("no page has the code 2222", (await Twilio("/in/twilio/sms", ("From", "+491511234567"), ("Body", "ack 2222"))).Text, StringComparison.Ordinal);
        Assert.Contains("reply \"ack CODE\"", (await Twilio("/in/twilio/sms", ("From", "+491511234567"), ("Body", "who is this?"))).Text, StringComparison.Ordinal);
        Assert.Empty(await _rig.EventsAsync<ContactAnswered>());
        Assert.Contains("the page is yours", (await Twilio("/in/twilio/sms", ("From", "+491511234567"), ("Body", $" Ack. {code!.ToUpperInvariant()} "))).Text, StringComparison.Ordinal);
        Assert.Equal(("p1", "sms"), (Assert.Single(await _rig.EventsAsync<ContactAnswered>()).Page, Assert.Single(await _rig.EventsAsync<ContactAnswered>()).Via));
    }

    [Fact]
    public async Task Sms_ReplyToABundle_AcknowledgesAllOfIt()
    {
        _rig.Provider.Answer = _ => ProviderDouble.Http(201, """{"sid":"SM1","status":"queued"}""");
        var first = await _rig.IntendAsync("sms", page: "p1");
        var second = await _rig.IntendAsync("sms", page: "p2");
        await _rig.SettleAsync(first);
        await _rig.SettleAsync(second);
        var code = ContactCode.ShortOf(_rig.Services.GetRequiredService<IPersonKeys>().Find(_rig.Contact("sms").Person), first.Id);
        await Twilio("/in/twilio/sms", ("From", "+491511234567"), ("Body", $"ack {code}"));
        Assert.Equal(["p1", "p2"], (await _rig.EventsAsync<ContactAnswered>()).Select(a => a.Page).Order());
    }

    [Fact]
    public async Task Slack_Pressed_CountsForThePersonBehindTheMember()
    {
        await _rig.ApplyAsync("- { kind: slack, to: U9BOB9BOB }", "bob");
        var slack = await _rig.IntendAsync("slack");
        Assert.Equal((200, ""), await Slack(slack.Id, member: "U9BOB9BOB"));
        var answer = Assert.Single(await _rig.EventsAsync<ContactAnswered>());
        Assert.Equal(("acknowledge", _rig.Contact("slack", "bob").Person), (answer.Answer, answer.Person));
        // Bob's press proves nothing of alice's contact.
        Assert.Empty(await _rig.EventsAsync<ContactVerified>());
    }

    [Fact]
    public async Task Slack_ForgedOldReplayedOrUnknown_ChangesNothing()
    {
        var slack = await _rig.IntendAsync("slack");
        Assert.Equal(403, (await Slack(slack.Id, secret: "other")).Status);
        Assert.Equal(403, (await Slack(slack.Id, late: 301)).Status);
        Assert.Equal(200, (await Slack("01jdnobodyknowsthis")).Status);
        Assert.Equal(200, (await Slack(slack.Id, action: "nines_open")).Status);
        Assert.Empty(await _rig.EventsAsync<ContactAnswered>());
        for (var i = 0; i < 3; i++) await Slack(slack.Id);
        Assert.Single(await _rig.EventsAsync<ContactAnswered>());
    }

    [Fact]
    public async Task Slack_AMemberWhomNobodyKnows_IsToldHowToBeKnown()
    {
        var slack = await _rig.IntendAsync("slack");
        Assert.Equal(200, (await Slack(slack.Id, member: "U0STRANGER")).Status);
        Assert.Empty(await _rig.EventsAsync<ContactAnswered>());
        var told = Assert.Single(_rig.Provider.Calls);
        Assert.Equal("/answer", told.Path);
        Assert.Contains("add slack: U0STRANGER to your contacts", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_SignedReceipts_ProveDeliveredAndSeen_AndSeeingVerifies()
    {
        var (links, now) = (_rig.Services.GetRequiredService<SignedLinks>(), Instant.FromDateTimeOffset(_rig.Clock.GetUtcNow()));
        var push = await SubscribedAsync();
        var token = await links.SignAsync(PushNotice.ReceiptPurpose, push, now + Duration.FromDays(7), now, default);
        Assert.Equal(403, (await Receipt(push, "delivered", token + "x")).Status);
        Assert.Equal(403, (await Receipt("other", "delivered", token)).Status);
        Assert.Equal(403, (await Receipt(push, "acknowledge", token)).Status);
        Assert.Equal(204, (await Receipt(push, "seen", token)).Status);
        // Out of order: what was seen is delivered.
        Assert.Equal(204, (await Receipt(push, "delivered", token)).Status);
        Assert.Equal(ProofStage.Seen, Assert.Single(await _rig.EventsAsync<MessageReceipt>()).Stage);
        Assert.Equal("seen by push", Assert.Single(await _rig.EventsAsync<ContactVerified>()).How);
        _rig.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(403, (await Receipt(push, "seen", token)).Status);
    }

    [Theory]
    [InlineData("""{"token":"\ud800"}""")]
    [InlineData("""{"\ud800":1,"token":"x"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public async Task Push_RubbishForAToken_IsForged(string body) => Assert.Equal(403, (await _rig.PostAsync("/in/push/x/seen", Json(body))).Status);

    [Fact]
    public async Task Push_ABrowserThatIsGone_IsForgotten()
    {
        var push = await SubscribedAsync();
        _rig.Provider.Answer = _ => ProviderDouble.Http(410, "");
        var pending = _rig.House.State.Get<Outbox>().Pending[push];
        var outcome = await _rig.SendAsync(new(push, pending.Kind, pending.Target, pending.About, pending.Payload, 1));
        Assert.Equal(new SendOutcome(SendVerdict.Refused, "The browser takes no push any more."), outcome);
        var call = Assert.Single(_rig.Provider.Calls);
        Assert.Equal(("aes128gcm", "1800", "high"), (call.Headers["Content-Encoding"], call.Headers["TTL"], call.Headers["Urgency"]));
        Assert.StartsWith("vapid t=", call.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Empty(_rig.Book.Devices);
        Assert.Single(await _rig.EventsAsync<PushEnded>());
    }

    [Fact]
    public async Task Push_Subscription_SaysEverythingThatIsWrongAndIsKeptSealed()
    {
        var (status, text) = await _rig.PostAsync("/api/v1/push/subscriptions", Json("""{"person":"alice","subscription":{"endpoint":"ftp://x","keys":{"p256dh":"AAAA","auth":"AAAA"}}}"""));
        Assert.Equal(422, status);
        foreach (var path in (string[])["subscription.endpoint", "subscription.keys.p256dh", "subscription.keys.auth"]) Assert.Contains(path, text, StringComparison.Ordinal);
        await SubscribedAsync();
        await SubscribedAsync();
        var kept = Assert.Single(await _rig.EventsAsync<PushSubscribed>());
        Assert.DoesNotContain("127.0.0.1", Encoding.UTF8.GetString(EventCatalog.Write(kept).Span), StringComparison.Ordinal);
        Assert.Equal("Firefox on Android", Nines.Paging.Channels.ContactView.Shown(_rig.Contact(Assert.Single(_rig.Book.Devices.Values).ContactName)));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private Task<(int Status, string Text)> Receipt(string effect, string what, string token) => _rig.PostAsync($"/in/push/{effect}/{what}", Json($$"""{"token":"{{token}}"}"""));

    /// <summary>Signs a browser up; the answer is the delivery of its first test.</summary>
    private async Task<string> SubscribedAsync()
    {
        var (status, text) = await _rig.PostAsync("/api/v1/push/subscriptions", Json($$"""
            {"person":"alice","device":"Firefox on Android","subscription":{"endpoint":"{{_rig.Provider.Url}}/push/abc","keys":{
              "p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"
            } } }
            """));
        Assert.True(status == 200, text);
        return _rig.Book.Sent.Values.Single(s => s.Kind == "push").Effect;
    }
}
