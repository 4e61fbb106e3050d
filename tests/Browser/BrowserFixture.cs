using Microsoft.Playwright;

namespace Nines.Tests.Browser;

/// <summary>One browser and two servers (a filled one and an empty one) for all tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    // The operating system's browser; the library's own download is never used.
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal ShopHost Filled { get; private set; } = null!;

    internal ShopHost Bare { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!File.Exists(Chromium)) throw new InvalidOperationException($"There is no {Chromium}. Install the package chromium.");
        Filled = await ShopHost.StartAsync(filled: true);
        Bare = await ShopHost.StartAsync(filled: false);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });
    }

    /// <summary>A page in a window of its own; whatever the console says is gathered in <paramref name="said"/>.</summary>
    internal Task<IPage> OpenAsync(string address, int width = 1440, string theme = "light", bool script = true, List<string>? said = null, bool filled = true) =>
        OpenAtAsync(new Uri((filled ? Filled : Bare).Address, address), width, theme, script, said);

    /// <summary>The same at any server, with cookies that the browser has already.</summary>
    internal async Task<IPage> OpenAtAsync(Uri address, int width, string theme, bool script, List<string>? said, params IReadOnlyList<Cookie>? cookies)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = width < 500 ? 780 : 900 },
            ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
            TimezoneId = "Europe/Berlin",
            Locale = "en-GB",
            HasTouch = width < 500,
            ReducedMotion = ReducedMotion.Reduce,
        });
        // A browser that was here before: the server knows its zone.
        await context.AddCookiesAsync([new() { Name = "nines-zone", Value = "Europe%2FBerlin", Url = address.ToString() }, .. cookies ?? []]);
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        page.Console += (_, message) => { if (message.Type is "error" or "warning") said?.Add(message.Text); };
        page.PageError += (_, error) => said?.Add(error);
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return page;
    }

    /// <summary>The protocol below the pages, for what no page can do itself.</summary>
    internal Task<ICDPSession> ProtocolAsync() => _browser!.NewBrowserCDPSessionAsync();

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        await Filled.DisposeAsync();
        await Bare.DisposeAsync();
    }
}

[CollectionDefinition("browser")]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>;
