using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Channels.Push;
using NodaTime;

namespace Nines.Tests.Browser;

/// <summary>
/// A push in real Chromium, from the browser's push client on: the service worker shows it, says that it has it, and a tap
/// on its button acknowledges. (What lies before, the maker's push service, is not reachable from a test; its encryption is
/// proven against the RFC's vector and Mozilla's library.)
/// </summary>
[Collection("browser")]
public sealed class PushTests(BrowserFixture browser)
{
    private static readonly Instant Now = SystemClock.Instance.GetCurrentInstant();

    private IHouse House => browser.Filled.Services.GetRequiredService<IHouse>();

    [Fact]
    public async Task Push_ReachesTheServiceWorker_IsShownReceiptedAndAcknowledged()
    {
        var page = await browser.OpenAsync("/people/ada/contacts");
        await page.Context.GrantPermissionsAsync(["notifications"]);
        var registration = await RegisterAsync(page);
        var (effect, notice) = await IntendAsync();
        await registration.Protocol.SendAsync("ServiceWorker.deliverPushMessage", new()
        {
            ["origin"] = browser.Filled.Address.ToString().TrimEnd('/'),
            ["registrationId"] = registration.Id,
            ["data"] = Encoding.UTF8.GetString(notice),
        });

        await UntilAsync(() => House.State.Get<ChannelBook>().Sent[effect].Stage == ProofStage.Delivered, "the service worker said nothing");
        var shown = await page.EvaluateAsync<string>("navigator.serviceWorker.ready.then(r => r.getNotifications()).then(all => JSON.stringify(all.map(n => [n.title, n.body, n.tag, n.requireInteraction, n.actions.map(a => a.title)])))");
        Assert.Equal("""[["Page: checkout burns","PAGE checkout burns","01jdpush",true,["Acknowledge","Open"]]]""", shown);

        await TapAsync();
        await UntilAsync(() => House.State.Get<ChannelBook>().Sent[effect] is { Stage: ProofStage.Seen, Answer: ContactAnswer.Acknowledge }, "the tap was not heard");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Page_IsInstallable_AndOffersThisDevice()
    {
        var page = await browser.OpenAsync("/people/ada/contacts", width: 360);
        Assert.True(await page.Locator("button[data-push]").IsVisibleAsync());
        var manifest = await page.EvaluateAsync<JsonElement>("fetch(document.querySelector('link[rel=manifest]').href).then(r => r.json())");
        Assert.Equal(("standalone", "/"), (manifest.GetProperty("display").GetString(), manifest.GetProperty("start_url").GetString()));
        foreach (var icon in manifest.GetProperty("icons").EnumerateArray())
            Assert.Equal(200, await page.EvaluateAsync<int>("src => fetch(src).then(r => r.status)", icon.GetProperty("src").GetString()));
        var protocol = await page.Context.NewCDPSessionAsync(page);
        var read = await protocol.SendAsync("Page.getAppManifest");
        Assert.Equal(0, read!.Value.GetProperty("errors").GetArrayLength());
        await page.Context.CloseAsync();
    }

    private static async Task<(ICDPSession Protocol, string Id)> RegisterAsync(IPage page)
    {
        var protocol = await page.Context.NewCDPSessionAsync(page);
        var id = new TaskCompletionSource<string>();
        protocol.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, said) =>
        {
            foreach (var one in said!.Value.GetProperty("registrations").EnumerateArray()) id.TrySetResult(one.GetProperty("registrationId").GetString()!);
        };
        await protocol.SendAsync("ServiceWorker.enable");
        await page.EvaluateAsync("navigator.serviceWorker.register(document.querySelector('[data-worker]').dataset.worker, { scope: '/' }).then(() => navigator.serviceWorker.ready).then(() => null)");
        return (protocol, await id.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    /// <summary>A page's message to ada's browser, as the sender makes it.</summary>
    private async Task<(string Effect, byte[] Notice)> IntendAsync()
    {
        var ada = browser.Filled.Services.GetRequiredService<IContactBook>().Of(House.State, "ada")[0].Person;
        var message = new ChannelMessage(
            MessageEvent.Opened, "01jdpush", "/pages/01jdpush", AlertSeverity.Page, "checkout", "PAGE checkout burns", Now, "ada owns checkout.", true,
            [new("a", "firing", "checkout burns", "Burn is 20.", Now, null, AlertLabels.None, null, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty)], "/pages/01jdpush");
        var effect = (await House.DecideAsync(Actor.Local, deciding =>
        {
            var id = deciding.NewId();
            deciding.Write(Outbox.StreamOf(id), new OutboxIntended(id, "push", $"{ada}/push-abcdef", "page/01jdpush", JsonSerializer.SerializeToElement(message, HouseJson.Options)));
            return Outcome<string>.Of(id);
        })).Outcome.Value;
        var links = browser.Filled.Services.GetRequiredService<SignedLinks>();
        var until = Now + Duration.FromDays(1);
        return (effect, PushNotice.Of(message, effect, await links.SignAsync(PushNotice.ReceiptPurpose, effect, until, Now, default), await links.SignAsync(PushNotice.AcknowledgePurpose, effect, until, Now, default)));
    }

    /// <summary>Presses the notification's button: the event that the operating system would send.</summary>
    private async Task TapAsync()
    {
        var protocol = await browser.ProtocolAsync();
        var targets = await protocol.SendAsync("Target.getTargets");
        var worker = targets!.Value.GetProperty("targetInfos").EnumerateArray().First(t => t.GetProperty("type").GetString() == "service_worker");
        var attached = await protocol.SendAsync("Target.attachToTarget", new() { ["targetId"] = worker.GetProperty("targetId").GetString()!, ["flatten"] = false });
        const string tap = "self.registration.getNotifications().then(([n]) => self.dispatchEvent(new NotificationEvent('notificationclick', { notification: n, action: 'acknowledge' })))";
        await protocol.SendAsync("Target.sendMessageToTarget", new()
        {
            ["sessionId"] = attached!.Value.GetProperty("sessionId").GetString()!,
            ["message"] = JsonSerializer.Serialize(new { id = 1, method = "Runtime.evaluate", @params = new { expression = tap, awaitPromise = true } }),
        });
    }

    private static async Task UntilAsync(Func<bool> wanted, string otherwise)
    {
        for (var i = 0; i < 600 && !wanted(); i++) await Task.Delay(100);
        Assert.True(wanted(), otherwise);
    }
}
