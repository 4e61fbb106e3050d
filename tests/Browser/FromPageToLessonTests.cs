using Microsoft.Playwright;
using Nines.Tests.Stories;

namespace Nines.Tests.Browser;

/// <summary>
/// The whole way of one night by the pages alone: the mail's link on a phone, then the room of the incident on a desk, the
/// public's page, and the postmortem. No request is made that a button did not make; only the clock and the samples are ours.
/// </summary>
[Collection("browser")]
public sealed class FromPageToLessonTests(BrowserFixture browser)
{
    private static ILocator Button(IPage page, string words) => page.Locator("button", new() { HasText = words });

    /// <summary>Presses a button and waits for the page that follows: what is read next is never the page before.</summary>
    private static Task PressAsync(IPage page, string words) => PressAsync(page, Button(page, words).First);

    private static async Task PressAsync(IPage page, ILocator button)
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Loaded(object? sender, IPage which) => loaded.TrySetResult();
        page.DOMContentLoaded += Loaded;
        await button.ClickAsync();
        await loaded.Task.WaitAsync(TimeSpan.FromSeconds(60));
        page.DOMContentLoaded -= Loaded;
    }

    private static Task SaysAsync(IPage page, string where, string words) => page.Locator(where).Filter(new() { HasText = words }).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });

    private Task<IPage> OpenAsync(StoryWorld world, string address, int width = 1440) => browser.OpenAtAsync(new Uri(world.Address, address), width, "light", script: false, null);

    [Fact]
    public async Task OneNight_ByThePagesAlone_FromTheMailsLinkToWhatThePublicLearns()
    {
        await using var robot = await Robot.OpenAsync();
        await using var mails = Mailbox.Open();
        await using var world = await StoryWorld.OpenAsync(mails.Settings);
        await world.ApplyAsync(Mailbox.Manifest("bob"), Mailbox.Manifest("carol"), StoryWorld.Service("payments", "person: bob"), FromPageToLesson.Manifests(robot.Address));
        world.Traffic("payments", 10);
        await world.PassAsync(TimeSpan.FromMinutes(40));
        await world.PostRawAsync("/api/v1/changes", new { kind = "deploy", service = "payments", title = "v2.41.0" });
        world.Traffic("payments", 7, 3);
        await world.PassAsync(TimeSpan.FromMinutes(8));

        await TakeItOnAsync(world, mails);
        var room = await DeclareAsync(world);
        var incident = new Uri(room.Url).AbsolutePath;
        await CommandAsync(room);
        await TellThePublicAsync(room);
        await FollowTheRunbookAsync(room, world, robot, incident);
        await EndItAsync(room, world, incident);
        await LearnAsync(room, world, incident.Replace("/incidents/", "/postmortems/", StringComparison.Ordinal));
    }

    /// <summary>Bob's phone: the link in the mail, one button.</summary>
    private async Task TakeItOnAsync(StoryWorld world, Mailbox mails)
    {
        var mail = Assert.Single(mails.Mails, m => m.To == "bob@example.com").Body.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        var link = mail[mail.IndexOf("/a/", StringComparison.Ordinal)..].Split([' ', '\r', '\n', '"', '<', '>'], 2)[0];
        var phone = await OpenAsync(world, link, 360);
        await PressAsync(phone, "Acknowledge: I have it");
        await SaysAsync(phone, "body", "You have it");
        await phone.Context.CloseAsync();
    }

    /// <summary>The page leads to the form, the form to the room; the impact began where the samples say.</summary>
    private async Task<IPage> DeclareAsync(StoryWorld world)
    {
        var page = await OpenAsync(world, "/pages");
        await page.Locator("main a[href^='/pages/']").First.ClickAsync();
        await page.Locator("a.btn", new() { HasText = "Declare an incident" }).ClickAsync();
        await page.SelectOptionAsync("#f-function", "core");
        await page.SelectOptionAsync("#f-users", "few");
        await PressAsync(page, "Declare it");
        await page.ArrivesAsync("**/incidents/01*");
        await SaysAsync(page, "#suspects >> xpath=../..", "Deploy of payments: v2.41.0");
        // The fault is 02:40 in Berlin (the story's clock): the room says so without anybody having typed it.
        await SaysAsync(page, "main", "02:40");
        return page;
    }

    private static async Task CommandAsync(IPage room)
    {
        foreach (var (role, person) in (IEnumerable<(string, string)>)[("commander", "bob"), ("communications", "carol")])
        {
            await room.SelectOptionAsync("#f-role", role);
            await room.SelectOptionAsync("#f-person", person);
            await PressAsync(room, "Take it, or give it");
        }

        await SaysAsync(room, "h1", "bob commands");
        await room.FillAsync("#say", "Cards of one bank only?");
        await PressAsync(room, "Add");
        await SaysAsync(room, "#incident-timeline", "Cards of one bank only?");
    }

    private static async Task TellThePublicAsync(IPage room)
    {
        await room.Locator("summary", new() { HasText = "Tell them" }).ClickAsync();
        await PressAsync(room, "Publish it");
        await SaysAsync(room, "#told-shop >> xpath=../..", "Investigating");
    }

    /// <summary>The runbook in the room: what was seen is not what is expected, so it leads to the roll-back, which Nines does once Bob lets it.</summary>
    private static async Task FollowTheRunbookAsync(IPage room, StoryWorld world, Robot robot, string incident)
    {
        await PressAsync(room, "Begin");
        await room.FillAsync("#rb-observed", "v2.41.0, ten minutes ago");
        await PressAsync(room, "Not so");
        Assert.Empty(robot.Seen);
        await PressAsync(room, "Let Nines do it");
        await world.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["POST /rollback"], robot.Seen.Select(s => s.Trim()));
        world.Traffic("payments", 10);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        await room.GotoAsync(new Uri(world.Address, incident).ToString());
        await room.Locator("a", new() { HasText = "Did it help?" }).ClickAsync();
        await PressAsync(room, "It helped");
        await room.GotoAsync(new Uri(world.Address, incident).ToString());
    }

    /// <summary>Mitigated is not resolved: before the data is clean the room refuses, and says why.</summary>
    private static async Task EndItAsync(IPage room, StoryWorld world, string incident)
    {
        await room.FillAsync("#f-how", "The roll-back helped.");
        await PressAsync(room, "Users feel it no more");
        await room.FillAsync("#f-cause", "A query without an index.");
        await PressAsync(room, "It is over");
        await SaysAsync(room, "main", "30");
        Assert.DoesNotContain("It is over.", await room.TextContentAsync("h1"), StringComparison.Ordinal);
        await world.PassAsync(TimeSpan.FromMinutes(31));
        await room.GotoAsync(new Uri(world.Address, incident).ToString());
        await room.FillAsync("#f-cause", "A query without an index.");
        await PressAsync(room, "It is over");
        Assert.StartsWith("It is over", await room.TextContentAsync("h1"), StringComparison.Ordinal);
    }

    /// <summary>The draft is there with its figures; two people read it, and the public reads its part in the page's history.</summary>
    private static async Task LearnAsync(IPage page, StoryWorld world, string postmortem)
    {
        await page.GotoAsync(new Uri(world.Address, "/statuspages/shop").ToString());
        await page.SelectOptionAsync("#f-status", "resolved");
        await PressAsync(page, "Publish the update");

        await page.GotoAsync(new Uri(world.Address, postmortem).ToString());
        // Nobody typed it: every bad event that was sent, and no other.
        await SaysAsync(page, "#clocks >> xpath=../..", $"Failed{world.Pushed.Sum(p => p.Bad):#,##0}");
        await SaysAsync(page, "#timeline >> xpath=../..", "Deploy of payments: v2.41.0");
        await page.Locator("a.btn", new() { HasText = "Write" }).ClickAsync();
        foreach (var (section, text) in (IEnumerable<(string, string)>)[("summary", "Card payments failed for some."), ("root-cause", "A query had no index."), ("public", "A query was slow. It is not any more.")])
        {
            await page.FillAsync($"textarea[name='{section}']", text);
            await PressAsync(page, page.Locator($"form:has(textarea[name='{section}']) button").First);
        }

        await page.GotoAsync(new Uri(world.Address, postmortem).ToString());
        await page.FillAsync("#f-reviewers", "carol");
        await PressAsync(page, "Ask for a review");
        await page.SelectOptionAsync("#f-person", "carol");
        await PressAsync(page, "Approve");
        await PressAsync(page, "Make it final");
        await PressAsync(page, "Publish it on shop");
        await SaysAsync(page, "#public >> xpath=../..", "told");
        await page.GotoAsync(new Uri(world.Address, "/status/shop/history").ToString());
        await page.Locator("main a", new() { HasText = "Card payments" }).First.ClickAsync();
        await SaysAsync(page, "body", "A query was slow. It is not any more.");
        await SaysAsync(page, "body", "What we learnt");
        await page.Context.CloseAsync();
    }
}
