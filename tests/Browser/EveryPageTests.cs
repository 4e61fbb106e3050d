using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Nines.Tests.Browser;

/// <summary>What holds on every page, in both themes, on a desk and on a phone, with data and without.</summary>
[Collection("browser")]
public sealed class EveryPageTests(BrowserFixture browser)
{
    public static TheoryData<string, bool> Pages { get; } = new()
    {
        { "/overview", true }, { "/overview", false }, { "/overview?q=nosuch:1", true }, { "/services/payments", true },
        { "/objectives/payments-availability", true }, { "/objectives/search-quality", true }, { "/objectives/ledger-reconciliation", true },
        { "/objectives/payments-availability?range=24h", true }, { "/objectives/checkout-latency", true }, { "/alerts", true }, { "/alerts", false }, { "/pages", true }, { "/pages", false },
        { "/oncall", true }, { "/oncall", false }, { "/oncall/payments", true }, { "/oncall/payments?view=month", true }, { "/oncall/payments-second", true }, { "/oncall/people/ada", true },
        { "/oncall-health", true }, { "/oncall-health", false }, { "/handoffs", true }, { "/handoffs", false }, { "/handoffs/coming/payments", true },
        { "/signals", true }, { "/signals", false }, { "/signals/http_requests_total", true }, { "/manifests", true }, { "/manifests", false },
        { "/manifests/new", true }, { "/manifests/Service/payments", true }, { "/find?q=pay", true }, { "/nothing/here", true },
        { "/integrations", true }, { "/integrations", false }, { "/integrations/backup", true }, { "/heartbeats", true }, { "/heartbeats", false }, { "/changes", true }, { "/changes", false },
        { "/people", true }, { "/people", false }, { "/people/ada/contacts", true },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_InBothThemesAndWidths_HasNoAccessibilityViolationNoErrorAndNoSideways(string address, bool filled)
    {
        var wrong = new List<string>();
        foreach (var width in (int[])[1440, 360])
            foreach (var theme in (string[])["light", "dark"])
            {
                var said = new List<string>();
                var page = await browser.OpenAsync(address, width, theme, said: said, filled: filled);
                await page.WaitForLoadStateAsync(LoadState.Load);
                var axe = await page.RunAxe();
                wrong.AddRange(axe.Violations.Select(v => $"{width} {theme}: {v.Id}: {v.Help} at {string.Join(" | ", v.Nodes.Take(4).Select(n => n.Html))} {v.Nodes.FirstOrDefault()?.Any.FirstOrDefault()?.Message}"));
                var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
                if (over > 0) wrong.Add($"{width} {theme}: {over} px wider than the window, by {await page.EvaluateAsync<string>(Widest)}");
                wrong.AddRange(said.Where(s => !s.Contains("404", StringComparison.Ordinal)).Select(s => $"{width} {theme}: the console says {s}"));
                await ShootAsync(page, address, filled, width, theme);
                await page.Context.CloseAsync();
            }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OnAPhone_HasTargetsForAThumb(string address, bool filled)
    {
        var page = await browser.OpenAsync(address, 360, filled: filled);
        var small = await page.EvaluateAsync<string[]>(Small);
        Assert.True(small.Length == 0, $"Lower than 44 px: {string.Join(", ", small.Take(10))}");
        await page.Context.CloseAsync();
    }

    // A link inside a sentence is as tall as its line; a link whose ::after covers its card is as tall as the card.
    internal const string Small = """
        [...document.querySelectorAll('a, button, summary, select, textarea, input:not([type=hidden])')]
          .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.skip, .vh') && !(e.closest('p, caption') && !e.closest('.row, .files')))
          .map(e => [e, (getComputedStyle(e, '::after').position === 'absolute' ? e.closest('li') : e).getBoundingClientRect().height])
          .filter(([, height]) => height > 0 && height < 43.5)
          .map(([e, height]) => `${e.tagName} "${e.textContent.trim().slice(0, 30)}" ${Math.round(height)} px`)
        """;

    private const string Widest =
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('.scroll, pre, textarea')).slice(0, 4).map(e => e.tagName + '.' + e.getAttribute('class')).join(', ')";

    // For eyes: NINES_SHOTS names a folder that gets every page as a picture.
    internal static async Task ShootAsync(IPage page, string address, bool filled, int width, string theme)
    {
        if (Environment.GetEnvironmentVariable("NINES_SHOTS") is not { Length: > 0 } folder) return;
        var name = string.Concat(address.Trim('/').Select(c => char.IsLetterOrDigit(c) ? c : '-'));
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}{(filled ? "" : "-bare")}-{width}-{theme}.png"), FullPage = true });
    }
}
