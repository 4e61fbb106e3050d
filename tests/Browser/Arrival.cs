using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Nines.Tests.Browser;

/// <summary>Waits until a page stands somewhere, by asking again and again: the library's own waits look first and listen then, and what happens in between never reaches them (playwright-dotnet issue 3364).</summary>
internal static class Arrival
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Waits until the whole page of an address has loaded; <c>*</c> and <c>**</c> in it stand for anything.</summary>
    public static async Task ArrivesAsync(this IPage page, string address)
    {
        var wanted = new Regex($"^{Regex.Escape(address).Replace(@"\*", ".*", StringComparison.Ordinal)}$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        var end = DateTime.UtcNow + Longest;
        while (!wanted.IsMatch(page.Url) || !await LoadedAsync(page))
        {
            if (DateTime.UtcNow > end) throw new TimeoutException($"After {Longest.TotalSeconds:0} s the page stands at {page.Url}, not at {address}, or has not loaded.");
            await Task.Delay(20);
        }
    }

    /// <summary>Waits until the page has loaded with all that it needs.</summary>
    public static Task LoadsAsync(this IPage page) => page.ArrivesAsync("**");

    private static async Task<bool> LoadedAsync(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<string>("document.readyState") == "complete";
        }
        catch (PlaywrightException)
        {
            return false; // Between two documents.
        }
    }
}
