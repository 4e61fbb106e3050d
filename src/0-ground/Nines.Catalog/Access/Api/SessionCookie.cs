using Microsoft.AspNetCore.Http;
using Nines.Kernel;

namespace Nines.Catalog.Access.Api;

/// <summary>
/// The cookie of a session: 256 random bits, not readable for scripts, not sent along by other sites' forms, over https
/// only where the page came over https – then also bound to this very host by its prefix.
/// </summary>
internal static class SessionCookie
{
    private const string Plain = "nines-session";
    private const string Bound = "__Host-nines-session";

    /// <summary>What the browser sent; null for none.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[NameFor(request)] is { Length: > 0 and < 100 } secret ? secret : null;

    /// <summary>Gives the browser a session.</summary>
    public static void Set(HttpContext http, SignedIn signedIn, TimeProvider clock)
    {
        var left = signedIn.Until - clock.Now();
        http.Response.Cookies.Append(NameFor(http.Request), signedIn.Secret, Options(http, left.ToTimeSpan()));
    }

    /// <summary>Takes it away.</summary>
    public static void Drop(HttpContext http) => http.Response.Cookies.Delete(NameFor(http.Request), Options(http, null));

    private static string NameFor(HttpRequest request) => request.IsHttps ? Bound : Plain;

    private static CookieOptions Options(HttpContext http, TimeSpan? life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = "/",
        MaxAge = life,
        IsEssential = true,
    };
}
