namespace Nines.Tests.Stories;

/// <summary>Somebody who is not Slack, not the telephone company and not alice's phone calls back, or says again what one of them said before.</summary>
public class StrangersCallBack
{
    [Fact]
    public async Task NotSlack_OrSlackLongAgo_TakesNothingOn()
    {
        await using var slack = await SlackTeam.StartAsync();
        await using var shop = await Shop.OpenAsync("{ kind: slack, to: U0000001 }", slack.Settings);
        await shop.BurnUntilAsync(() => slack.Posts.Count > 0);
        Assert.Equal(403, (await SlackTeam.SendAsync(shop.World, SlackTeam.Press(shop.World, slack.Posts[0], "U0000001", secret: "another secret"))).Status);
        var early = SlackTeam.Press(shop.World, slack.Posts[0], "U0000001");
        await shop.World.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(403, (await SlackTeam.SendAsync(shop.World, early)).Status);
        // Somebody of the workspace whom nobody here knows may press, and nothing comes of it.
        Assert.Equal(200, (await SlackTeam.SendAsync(shop.World, SlackTeam.Press(shop.World, slack.Posts[0], "U0000666"))).Status);
        Assert.Equal("open", await shop.StateAsync());
        Assert.Single(shop.Bob.Calls);
    }

    [Fact]
    public async Task SlacksOwnCallIsSaidAgain_AfterAliceGaveThePageBack_AndTakesNothingOn()
    {
        await using var slack = await SlackTeam.StartAsync();
        await using var shop = await Shop.OpenAsync("{ kind: slack, to: U0000001 }", slack.Settings);
        await shop.BurnUntilAsync(() => slack.Posts.Count > 0);
        var press = SlackTeam.Press(shop.World, slack.Posts[0], "U0000001");
        await SlackTeam.SendAsync(shop.World, press);
        await SlackTeam.SendAsync(shop.World, press);
        Assert.Equal("acknowledged alice by slack", await shop.StateAsync());
        var id = (await shop.PageAsync()).GetProperty("id").GetString();
        await shop.World.PostAsync($"/api/v1/pages/{id}/unacknowledge", new { by = "alice" });
        Assert.Equal(200, (await SlackTeam.SendAsync(shop.World, press)).Status);
        Assert.Equal("open", await shop.StateAsync());
    }

    [Fact]
    public async Task NotTheTelephoneCompany_PressesFour_RepliesAndReportsDelivery_InVain()
    {
        await using var phone = await Telephone.StartAsync();
        await using var shop = await Shop.OpenAsync("{ kind: voice, to: \"+49 151 1234567\" }", phone.Settings);
        await shop.BurnUntilAsync(() => phone.Calls.Count > 0);
        var ask = new Uri(phone.Calls[0].AskAt).AbsolutePath;
        foreach (var (path, form) in ((string, string)[])[(ask, "AnsweredBy=human"), (ask + "/key", "Digits=4"), ("/in/twilio/sms", "From=%2B491511234567&Body=ack+2222"), (new Uri(phone.Calls[0].TellAt).AbsolutePath, "CallStatus=completed")])
        {
            Assert.Equal(403, (await shop.World.CallBackAsync(path, form)).Status);
            Assert.Equal(403, (await shop.World.CallBackAsync(path, form, ("X-Twilio-Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="))).Status);
        }

        Assert.Equal("open", await shop.StateAsync());
    }

    [Fact]
    public async Task NotAlicesPhone_WithoutATokenOrWithAnotherOne_TakesNothingOn()
    {
        await using var shop = await Shop.OpenAsync("");
        await using var phone = await PushPhone.StartAsync(shop.World.Clock);
        await phone.SignUpAsync(shop.World, "alice");
        await shop.BurnUntilAsync(() => phone.Pages.Count > 0);
        var (greeting, ring) = (phone.Notices[0], phone.Pages[0]);
        foreach (var token in (string?[])[null, "", "202611.ffffffff.AAAAAAAAAAAAAAAAAAAAAA", ring.Text("receipt"), greeting.Text("receipt")])
            Assert.Equal(403, (await PushPhone.TellAsync(shop.World, ring, "acknowledge", token)).Status);
        Assert.Equal("open", await shop.StateAsync());
    }
}
