using Microsoft.AspNetCore.Http;
using Nines.Kernel;

namespace Nines.Shell.Security;

/// <summary>
/// What stands between a browser and the house. Forms carry no tokens (they would force a cookie and break on a
/// second node): an unsafe method must come from a page of this very server, and the Host must be one of ours, so that
/// no other site can rebind its name to this address.
/// </summary>
public sealed class BrowserGuard(RequestDelegate next, HostNames names)
{
    // Nothing inline, nothing from elsewhere, no frames: pages are HTML, one stylesheet, one script.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // For a year; browsers take it only from a name with a certificate that they trust, never from an address.
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        return Refusal(http.Request) is { } problem ? Answers.Refuse(problem).ExecuteAsync(http) : next(http);
    }

    /// <summary>Why a request is refused; null lets it in. Pure over what the request says.</summary>
    internal Problem? Refusal(HttpRequest request)
    {
        if (!names.Allows(request.Host))
            return new Problem(ProblemKind.Denied, $"This server does not answer to the name \"{request.Host.Host}\".",
                "Open it by its own address, or name yours under shell:hosts in the settings.");
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) return null;

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        // Programs send neither header; browsers that know Sec-Fetch-Site always send it.
        var fromElsewhere = site.Length > 0
            ? site is not ("same-origin" or "none")
            : origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        return fromElsewhere
            ? new Problem(ProblemKind.Denied, "This request comes from another site's page.", "Send it from a page of this server, or from a program.")
            : null;
    }
}
