using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Nines.Tests.Browser;

/// <summary>One look at a page, on a desk and on a phone, in both themes: what holds on every page.</summary>
internal static class Look
{
    // Passes and what axe cannot tell are asked for by nobody.
    private const string Everything = "({ resultTypes: ['violations'] })";

    // Themes differ in colours only (each is written once, as light-dark(…); a test holds that), so that in the
    // second theme the rules of colours are asked again and the rest need not be.
    private const string Colours = "({ resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block'] })";

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Everything that is wrong with the page, in sentences.</summary>
    public static async Task<IReadOnlyList<string>> AtAsync(ChromiumFixture browser, Uri house, string address, string name, IReadOnlyList<Cookie>? cookies = null)
    {
        var wrong = new List<string>();
        foreach (var width in (int[])[1440, 360])
        {
            var window = await browser.WindowAsync(width, house, cookies);
            await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            await window.Page.GotoAsync(new Uri(house, address).ToString(), new() { WaitUntil = WaitUntilState.Load });
            await AskAllAsync(window.Page, $"{name} {width} light", wrong);
            if (width < 500) wrong.AddRange((await window.Page.EvaluateAsync<string[]>(Small)).Take(10).Select(s => $"{name}: lower than 44 px: {s}"));
            await ShootAsync(window.Page, name, width, "light");

            await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await AskAsync(window.Page, $"{name} {width} dark", Colours, wrong);
            await ShootAsync(window.Page, name, width, "dark");
            wrong.AddRange(window.Said.Where(s => !s.Contains("404", StringComparison.Ordinal)).Select(s => $"{name} {width}: the console says {s}"));
        }

        return wrong;
    }

    /// <summary>Every rule, of a page that was not asked before.</summary>
    internal static async Task AskAllAsync(IPage page, string where, List<string> wrong)
    {
        await page.EvaluateAsync(Axe);
        await AskAsync(page, where, Everything, wrong);
    }

    private static async Task AskAsync(IPage page, string where, string what, List<string> wrong)
    {
        var violations = await page.EvaluateAsync<string[]>($"async () => (await axe.run(document, {what})).violations.map({Sentence})");
        wrong.AddRange(violations.Select(v => $"{where}: {v}"));
        var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
        if (over > 0) wrong.Add($"{where}: {over} px wider than the window, by {await page.EvaluateAsync<string>(Widest)}");
    }

    private const string Sentence = "v => `${v.id}: ${v.help} at ${v.nodes.slice(0, 4).map(n => n.html).join(' | ')} ${v.nodes[0]?.any[0]?.message ?? ''}`";

    // A link inside a sentence is as tall as its line; a link whose ::after covers its card is as tall as the card.
    internal const string Small = """
        [...document.querySelectorAll('a, button, summary, select, textarea, input:not([type=hidden])')]
          .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.skip, .vh') && !(e.closest('p, caption') && !e.closest('.row, .files')))
          .map(e => [e, (e.type === 'checkbox' && e.labels[0] || (getComputedStyle(e, '::after').position === 'absolute' ? e.closest('li') : e)).getBoundingClientRect().height])
          .filter(([, height]) => height > 0 && height < 43.5)
          .map(([e, height]) => `${e.tagName} "${e.textContent.trim().slice(0, 30)}" ${Math.round(height)} px`)
        """;

    private const string Widest =
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('.scroll, pre, textarea')).slice(0, 4).map(e => e.tagName + '.' + e.getAttribute('class')).join(', ')";

    // For eyes: NINES_SHOTS names a folder that gets every page as a picture.
    internal static async Task ShootAsync(IPage page, string name, int width, string theme)
    {
        if (Environment.GetEnvironmentVariable("NINES_SHOTS") is not { Length: > 0 } folder) return;
        var file = string.Concat(name.Trim('/').Select(c => char.IsLetterOrDigit(c) ? c : '-'));
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{file}-{width}-{theme}.png"), FullPage = true });
    }
}
