using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Nines.Kernel;
using Nines.Shell.Pages;

namespace Nines.Shell.Security;

/// <summary>
/// The one place where a route's permission meets its caller. Nobody: programs get 401, people are led to sign-in (or
/// to set-up, as long as there is no account). Somebody who may not: 403. A route without a permission asks for all.
/// </summary>
public sealed class Doorkeeper(RequestDelegate next, ServingMode mode, ICallers callers)
{
    private static readonly Permission Unnamed = new("unnamed");

    public Task InvokeAsync(HttpContext http)
    {
        var caller = mode.Open ? Caller.AtAnOpenHouse : callers.Find(http);
        http.Features.Set(caller);
        var endpoint = http.GetEndpoint();
        var needed = endpoint?.Metadata.GetMetadata<Permission>() ?? Unnamed;
        if (needed == Permission.Nothing || needed.IsOwnProof || caller?.Scopes.Allow(needed) == true) return next(http);
        if (caller is null) return Unknown(http);
        // That there is nothing (404), or no such method (405: the router's own endpoint, no route), is told to everybody who is known.
        return endpoint is RouteEndpoint ? Denied(http, needed) : next(http);
    }

    private static Task Denied(HttpContext http, Permission needed) => ProblemAnswers.Refuse(
        http, new Problem(ProblemKind.Denied, $"This needs {needed.Name}, which is not among what you may do.", "Use a token whose scopes allow it, or sign in.")).ExecuteAsync(http);

    private Task Unknown(HttpContext http)
    {
        var place = callers.SetUp ? "/sign-in?next=" + Uri.EscapeDataString(Asked(http.Request)) : "/setup";
        if (http.Request.Headers.ContainsKey("HX-Request"))
        {
            http.Response.Headers["HX-Redirect"] = place;
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        if (ProblemAnswers.WantsPage(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = place;
            http.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }

        http.Response.Headers.CacheControl = "no-store";
        var brought = http.Request.Headers.Authorization.Count > 0;
        http.Response.Headers.WWWAuthenticate = brought ? "Bearer realm=\"Nines\", error=\"invalid_token\"" : "Bearer realm=\"Nines\"";
        var problem = !callers.SetUp
            ? new Problem(ProblemKind.Denied, "This server has no account yet and answers nobody.", "Open the link that it printed at its start; \"nines setup token --data DIR\" prints it again.")
            : brought
                ? new Problem(ProblemKind.Denied, "This token is unknown, expired or revoked.", "Make one with \"nines token create\" and send it as \"Authorization: Bearer …\".")
                : new Problem(ProblemKind.Denied, "This server answers only those whom it knows.", "Send a token as \"Authorization: Bearer …\", or with --token or NINES_TOKEN; \"nines token create\" makes one.");
        return Answers.Refuse(StatusCodes.Status401Unauthorized, problem).ExecuteAsync(http);
    }

    // Forms go to addresses that are no pages: back to the page that held them.
    private static string Asked(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method)) return request.Path + request.QueryString;
        var from = request.Headers.Referer.ToString();
        return Uri.TryCreate(from, UriKind.Absolute, out var page) ? page.PathAndQuery : "/";
    }
}
