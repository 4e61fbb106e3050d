using Nines.Kernel;
using Nines.Paging.Channels;
using Xunit;

namespace Nines.Tests.Unit.Paging.Channels;

/// <summary>The page on which somebody tries and proves their contacts: it works without script.</summary>
public sealed class ContactPageTests : IAsyncLifetime
{
    private ChannelRig _rig = null!;

    public async Task InitializeAsync() => _rig = await ChannelRig.StartAsync();

    public Task DisposeAsync() => _rig.DisposeAsync().AsTask();

    private async Task<(int Status, string Html)> GetAsync(string path)
    {
        using var answer = await _rig.Http.GetAsync(new Uri(_rig.Address, path));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task<(int Status, string Html)> PressAsync(string what, params (string Name, string Value)[] form) =>
        _rig.PostAsync($"/people/alice/contacts/sms/{what}", new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    [Fact]
    public async Task Contacts_SendACodeThenGiveItBack_IsVerified()
    {
        _rig.Provider.Answer = _ => ProviderDouble.Http(201, """{"sid":"SM1","status":"queued"}""");
        var (status, html) = await PressAsync("send-code");
        Assert.Equal(200, status);
        Assert.Contains("A code is on its way.", html, StringComparison.Ordinal);
        Assert.Contains("name=\"code\"", html, StringComparison.Ordinal);
        var pending = _rig.House.State.Get<Outbox>().Pending.Values.Single();
        await _rig.SettleAsync(new(pending.Id, pending.Kind, pending.Target, pending.About, pending.Payload, 1));
        var code = _rig.Provider.Calls.Single().Form("Body")["Nines: your code is ".Length..][..6];
        var wrong = await PressAsync("verify", ("code", code == "111111" ? "222222" : "111111"));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("This is not the code.", wrong.Html, StringComparison.Ordinal);
        Assert.Contains("It is verified: pages may go there.", (await PressAsync("verify", ("code", code))).Html, StringComparison.Ordinal);
        Assert.Contains("is woken by sms", (await GetAsync("/people/alice/contacts")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contacts_ATest_IsShownWithWhatBecameOfIt()
    {
        Assert.Contains("Test: on its way.", (await PressAsync("test")).Html, StringComparison.Ordinal);
        Assert.Equal(422, (await PressAsync("remove")).Status);
        Assert.Equal(422, (await PressAsync("explode")).Status);
        Assert.Equal(404, (await GetAsync("/people/nobody/contacts")).Status);
    }

    [Fact]
    public async Task People_List_SaysWhoCannotBeWoken()
    {
        var html = (await GetAsync("/people")).Html.Replace("&#xA0;", " ", StringComparison.Ordinal);
        Assert.Contains("1 of 1 person cannot be woken", html, StringComparison.Ordinal);
        Assert.Contains("name,title,reach,contacts,verified", (await GetAsync("/people.csv")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OfProviders_SayAllThatIsWrongAtOnce() => Assert.Equal(
        [
            "channels:twilioToken: a token must not stand in the settings. Write where it is kept: env:NAME or file:/absolute/path.",
            "channels:twilioUrl: \"api.twilio.com\" is not an address. Write one that begins with https://.",
            "channels:twilioFrom: \"0151\" is not a telephone number. Write it with its country code, such as +4915112345678.",
            "channels:slackToken: a token must not stand in the settings. Write where it is kept: env:NAME or file:/absolute/path.",
            "channels:slackSigningSecret: a secret must not stand in the settings. Write where it is kept: env:NAME or file:/absolute/path.",
            "channels:pushContact: \"ops\" is not what push services take. Write mailto:name@example.com or an address that begins with https://.",
        ],
        new ChannelsOptionsValidator().Validate(null, new()
        {
            TwilioAccount = "AC1",
            TwilioToken = "hunter2",
            TwilioFrom = "0151",
            TwilioUrl = "api.twilio.com",
            SlackToken = "xoxb-1",
            SlackSigningSecret = "s",
            PushContact = "ops",
        }).Failures);
}
