using System.Net;
using System.Text.RegularExpressions;

namespace Nines.Tests.Stories;

/// <summary>alice answers where the page reached her: with a button, a reply, a key, a tap or a link. Each time the page is hers, bob sleeps on, and what she was shown changes.</summary>
public partial class ThereAreManyWaysToSayIHaveIt
{
    [GeneratedRegex("/a/[A-Za-z0-9._-]+")]
    private static partial Regex Link { get; }

    private static async Task BobSleepsOnAsync(Shop shop, string state)
    {
        Assert.Equal(state, await shop.StateAsync());
        await shop.World.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(shop.Bob.Calls);
    }

    [Fact]
    public async Task InSlack_SheSeesTheButton_PressesIt_AndTheMessageSaysThatSheHasIt()
    {
        await using var slack = await SlackTeam.StartAsync();
        await using var shop = await Shop.OpenAsync("{ kind: slack, to: U0000001 }", slack.Settings);
        await shop.BurnUntilAsync(() => slack.Posts.Count > 0);
        Assert.Equal(200, (await SlackTeam.SendAsync(shop.World, SlackTeam.Press(shop.World, slack.Posts[0], "U0000001"))).Status);
        await BobSleepsOnAsync(shop, "acknowledged alice by slack");
        Assert.Single(slack.Posts);
        Assert.StartsWith("Taken on: ", SlackTeam.Header(slack.Changes.Single()), StringComparison.Ordinal);
        Assert.DoesNotContain(SlackTeam.Buttons(slack.Changes.Single()), b => b.GetProperty("action_id").GetString() == "nines_acknowledge");
    }

    [Fact]
    public async Task ByTextMessage_SheRepliesWithTheCode()
    {
        await using var phone = await Telephone.StartAsync();
        await using var shop = await Shop.OpenAsync("{ kind: sms, to: \"+49 151 1234567\" }", phone.Settings);
        await shop.BurnUntilAsync(() => phone.Texts.Count > 0);
        var text = phone.Texts[0].Text;
        await Telephone.WriteAsync(shop.World, $"ack {text[(text.IndexOf("\"ack ", StringComparison.Ordinal) + 5)..][..4]}");
        await BobSleepsOnAsync(shop, "acknowledged alice by sms");
        Assert.Single(phone.Texts);
    }

    [Fact]
    public async Task OnTheTelephone_ShePressesFour()
    {
        await using var phone = await Telephone.StartAsync();
        await using var shop = await Shop.OpenAsync("{ kind: voice, to: \"+49 151 1234567\" }", phone.Settings);
        await shop.BurnUntilAsync(() => phone.Calls.Count > 0);
        await Telephone.PressAsync(shop.World, await Telephone.PickUpAsync(shop.World, phone.Calls[0], "human"), "4");
        await BobSleepsOnAsync(shop, "acknowledged alice by voice");
        Assert.Single(phone.Calls);
    }

    [Fact]
    public async Task OnHerPhonesScreen_SheTapsAcknowledge_AndTheNotificationChangesWithoutASound()
    {
        await using var shop = await Shop.OpenAsync("");
        await using var phone = await PushPhone.StartAsync(shop.World.Clock);
        await phone.SignUpAsync(shop.World, "alice");
        await shop.BurnUntilAsync(() => phone.Pages.Count > 0);
        Assert.Equal(204, (await PushPhone.AcknowledgeAsync(shop.World, phone.Pages[0])).Status);
        await BobSleepsOnAsync(shop, "acknowledged alice by push");
        var news = phone.Pages[1];
        Assert.Equal((false, true, phone.Pages[0].Text("tag"), null), (news.Rings, news.Body.GetProperty("quiet").GetBoolean(), news.Text("tag"), news.Acknowledge));
        Assert.Equal(2, phone.Pages.Count);
    }

    [Theory]
    [InlineData("teams")]
    [InlineData("mattermost")]
    [InlineData("discord")]
    [InlineData("ntfy")]
    public async Task WhereThereIsOnlyALink_ThatAProgramMayFetchBefore_OneScreenWithOneButton(string kind)
    {
        await using var provider = await Provider.StartAsync();
        provider.Answer = _ => (200, """{"id":"1"}""", null);
        var contact = kind == "ntfy" ? $"{{ kind: ntfy, to: \"{provider.Url}/topic\" }}" : $"{{ kind: {kind}, secret: \"{provider.Secret(kind, provider.Url + "/hooks/1")}\" }}";
        await using var shop = await Shop.OpenAsync(contact);
        await shop.BurnUntilAsync(() => provider.Calls.Count > 0);
        var link = Link.Match(provider.Calls[0].Body).Value;
        Assert.Contains("Acknowledge: I have it", (await shop.World.FetchAsync(HttpMethod.Get, link)).Body, StringComparison.Ordinal);
        Assert.Equal("open", await shop.StateAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await shop.World.FetchAsync(HttpMethod.Post, link)).Status);
        await BobSleepsOnAsync(shop, "acknowledged alice by link");
    }
}
