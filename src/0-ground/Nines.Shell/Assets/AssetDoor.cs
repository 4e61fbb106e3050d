using Microsoft.AspNetCore.Http;

namespace Nines.Shell.Assets;

/// <summary>Serves assets from memory, compressed once, to be kept by the browser for a year.</summary>
public static class AssetDoor
{
    /// <summary>Answers <c>GET /assets/{name}</c>.</summary>
    public static async Task Serve(HttpContext http, string name)
    {
        if (AssetStore.Find(name) is not { } asset)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var headers = http.Response.Headers;
        var (body, encoding) = asset.For(http.Request.Headers.AcceptEncoding.ToString());
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        // A service worker speaks for its own folder only, unless its server says otherwise.
        if (asset.Name == AssetStore.Worker) headers["Service-Worker-Allowed"] = "/";
        if (encoding is not null) headers.ContentEncoding = encoding;
        http.Response.ContentType = asset.ContentType;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
