using Microsoft.AspNetCore.Http;
using Nines.Kernel;

namespace Nines.Shell.Security;

/// <summary>Who a request comes from; what a door passes on as the actor of its decision.</summary>
public static class CallerOf
{
    private static readonly object Known = new();

    /// <summary>The actor of this request: whoever it was signed in as, or whoever sits at this machine.</summary>
    public static Actor Caller(this HttpContext http) => http.Items.TryGetValue(Known, out var actor) ? (Actor)actor! : Actor.Local;

    /// <summary>Says who the request comes from, once that is proven.</summary>
    public static void CameFrom(this HttpContext http, Actor actor) => http.Items[Known] = actor;
}
