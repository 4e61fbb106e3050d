using Microsoft.Playwright;

namespace Nines.Tests.Browser;

/// <summary>Chromium of the operating system, with one window for a desk and one for a phone that all looks share.</summary>
public class ChromiumFixture : IAsyncLifetime
{
    // The operating system's browser; the library's own download is never used.
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private readonly Dictionary<int, Window> _windows = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public virtual async Task InitializeAsync()
    {
        if (!File.Exists(Chromium)) throw new InvalidOperationException($"There is no {Chromium}. Install the package chromium.");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });
    }

    public virtual async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page in a window of its own, with cookies that the browser has already; whatever the console says is gathered in <paramref name="said"/>.</summary>
    internal async Task<IPage> OpenAtAsync(Uri address, int width, string theme, bool script, List<string>? said, params IReadOnlyList<Cookie>? cookies)
    {
        var context = await ContextAsync(width, theme, script);
        // A browser that was here before: the server knows its zone.
        await context.AddCookiesAsync([new() { Name = "nines-zone", Value = "Europe%2FBerlin", Url = address.ToString() }, .. cookies ?? []]);
        var page = await PageAsync(context, said);
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return page;
    }

    /// <summary>The window of that width that all looks share; what its console says is forgotten.</summary>
    internal async Task<Window> WindowAsync(int width, Uri house, IReadOnlyList<Cookie>? cookies = null)
    {
        if (!_windows.TryGetValue(width, out var window))
        {
            var context = await ContextAsync(width, "light", script: true);
            var said = new List<string>();
            _windows[width] = window = new(await PageAsync(context, said), said);
        }

        await window.Page.Context.ClearCookiesAsync();
        await window.Page.Context.AddCookiesAsync([new() { Name = "nines-zone", Value = "Europe%2FBerlin", Url = house.ToString() }, .. cookies ?? []]);
        window.Said.Clear();
        return window;
    }

    /// <summary>The protocol below the pages, for what no page can do itself.</summary>
    internal Task<ICDPSession> ProtocolAsync() => _browser!.NewBrowserCDPSessionAsync();

    private async Task<IBrowserContext> ContextAsync(int width, string theme, bool script)
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
        context.SetDefaultTimeout(60_000);
        return context;
    }

    private static async Task<IPage> PageAsync(IBrowserContext context, List<string>? said)
    {
        var page = await context.NewPageAsync();
        page.Console += (_, message) => { if (message.Type is "error" or "warning") said?.Add(message.Text); };
        page.PageError += (_, error) => said?.Add(error);
        return page;
    }

    /// <summary>A window that stays open.</summary>
    internal sealed record Window(IPage Page, List<string> Said);
}

/// <summary>A browser and two servers: a filled one and an empty one.</summary>
public sealed class BrowserFixture : ChromiumFixture
{
    internal ShopHost Filled { get; private set; } = null!;

    internal ShopHost Bare { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Filled = await ShopHost.StartAsync(filled: true);
        Bare = await ShopHost.StartAsync(filled: false);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Filled.DisposeAsync();
        await Bare.DisposeAsync();
    }

    /// <summary>A page in a window of its own; whatever the console says is gathered in <paramref name="said"/>.</summary>
    internal Task<IPage> OpenAsync(string address, int width = 1440, string theme = "light", bool script = true, List<string>? said = null, bool filled = true) =>
        OpenAtAsync(new Uri((filled ? Filled : Bare).Address, address), width, theme, script, said);
}

/// <summary>A browser and the server of a bad evening.</summary>
public sealed class LoudFixture : ChromiumFixture
{
    internal LoudHost Loud { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Loud = await LoudHost.StartAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (Loud is not null) await Loud.DisposeAsync();
    }
}

[CollectionDefinition("browser")]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>;

/// <summary>Runs beside the other collection, with a browser of its own.</summary>
[CollectionDefinition("loud")]
public sealed class LoudTests : ICollectionFixture<LoudFixture>;
