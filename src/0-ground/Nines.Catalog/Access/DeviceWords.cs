namespace Nines.Catalog.Access;

/// <summary>Browser and system from a User-Agent, in words of a short list: enough to know one's own sessions, nothing more is kept.</summary>
public static class DeviceWords
{
    private static readonly (string Sign, string Word)[] Browsers =
        [("Firefox/", "Firefox"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("FxiOS/", "Firefox"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Sign, string Word)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>Such as <c>Firefox on Linux</c>.</summary>
    public static string Of(string agent)
    {
        var browser = Browsers.FirstOrDefault(b => agent.Contains(b.Sign, StringComparison.Ordinal)).Word ?? "A browser";
        return Systems.FirstOrDefault(s => agent.Contains(s.Sign, StringComparison.Ordinal)).Word is { } system ? $"{browser} on {system}" : browser;
    }
}
