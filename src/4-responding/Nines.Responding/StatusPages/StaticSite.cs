using Nines.Shell.Assets;
using Nines.Responding.StatusPages.Ui;

namespace Nines.Responding.StatusPages;

/// <summary>A page as files that any web server shows, with everything that they need, so that it stands when everything else is down.</summary>
public sealed class StaticSite(StatusPress press)
{
    /// <summary>The files of a page; null for none of that name.</summary>
    public async Task<IReadOnlyList<(string Path, byte[] Body)>?> FilesAsync(string page, CancellationToken stop)
    {
        if (await press.SiteAsync(page, stop) is not { } site) return null;
        var files = new List<(string, byte[])>();
        foreach (var path in PublicDrawing.PathsOf(site.View))
        {
            if (await site.FileAsync(PublicLinks.FileAt(path.EndsWith(".json", StringComparison.Ordinal) ? "" : path), path) is not { } file) continue;
            files.Add((file.Type.StartsWith("text/html", StringComparison.Ordinal) ? path.Length == 0 ? "index.html" : path + "/index.html" : path, file.Plain));
        }

        foreach (var name in (string[])["nines.css", "next.woff2", "icon.svg"])
            if (AssetStore.Address(name) is { } address && AssetStore.Find(address[(address.LastIndexOf('/') + 1)..]) is { } asset)
                files.Add(("assets/" + asset.HashedName, name.EndsWith(".css", StringComparison.Ordinal) ? Beside(asset.Plain) : asset.Plain));
        return files;
    }

    // The stylesheet names its fonts from the server's root; here they lie beside it.
    private static byte[] Beside(byte[] css) => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(css).Replace("/assets/", "", StringComparison.Ordinal));
}
