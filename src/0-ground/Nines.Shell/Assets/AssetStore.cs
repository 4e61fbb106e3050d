using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Nines.Shell.Assets;

/// <summary>
/// Everything the browser gets besides pages, read once from the assembly's resources.
/// Where the build had no Node there are no script and no fonts; pages then name neither.
/// </summary>
public static partial class AssetStore
{
    // The order is the cascade's: later files refine earlier ones, narrow screens and print come last.
    private static readonly string[] Sheets =
        ["tokens", "fonts", "base", "frame", "parts", "tables", "charts", "controls", "screens", "grown", "narrow"];

    /// <summary>The service worker, which takes pushed messages.</summary>
    public const string Worker = "worker.js";

    private static readonly Dictionary<string, Asset> ByName = Load();
    private static readonly Dictionary<string, Asset> ByHashedName = ByName.Values.ToDictionary(a => a.HashedName);

    /// <summary>Address of an asset, or null where this build lacks it.</summary>
    public static string? Address(string name) => ByName.GetValueOrDefault(name)?.Address;

    /// <summary>The asset under its hashed name, as the address carries it.</summary>
    public static Asset? Find(string hashedName) => ByHashedName.GetValueOrDefault(hashedName);

    private static Dictionary<string, Asset> Load()
    {
        var all = new Dictionary<string, Asset>();
        foreach (var (name, type) in new[] { ("nines.js", "text/javascript; charset=utf-8"), (Worker, "text/javascript; charset=utf-8"), ("next.woff2", "font/woff2"), ("mono.woff2", "font/woff2"), ("icon.svg", "image/svg+xml"), ("icon-192.png", "image/png"), ("icon-512.png", "image/png") })
            if (Read(name) is { } bytes) all[name] = new Asset(name, type, bytes);

        var css = new StringBuilder();
        foreach (var sheet in Sheets)
            if (Read(sheet + ".css") is { } bytes) css.Append(Encoding.UTF8.GetString(bytes)).Append('\n');
        all["nines.css"] = new Asset("nines.css", "text/css; charset=utf-8", Encoding.UTF8.GetBytes(WithFonts(css.ToString(), all)));
        if (Read("nines.webmanifest") is { } manifest)
            all["nines.webmanifest"] = new Asset("nines.webmanifest", "application/manifest+json", Encoding.UTF8.GetBytes(
                AssetName().Replace(Encoding.UTF8.GetString(manifest), name => all.TryGetValue(name.Groups["name"].Value, out var asset) ? asset.Address : "/")));
        return all;
    }

    /// <summary>Puts the fonts' hashed addresses in, or takes the rule out where there is no font.</summary>
    private static string WithFonts(string css, Dictionary<string, Asset> assets) =>
        FontFace().Replace(css, face =>
            assets.TryGetValue(face.Groups["name"].Value, out var font)
                ? face.Value.Replace("asset:" + font.Name, font.Address, StringComparison.Ordinal)
                : string.Empty);

    private static byte[]? Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("look/" + name);
        if (stream is null) return null;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    [GeneratedRegex("asset:(?<name>[a-z0-9.-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AssetName();

    [GeneratedRegex("""@font-face \{[^}]*url\("asset:(?<name>[a-z0-9.]+)"\)[^}]*\}\n?""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FontFace();
}
