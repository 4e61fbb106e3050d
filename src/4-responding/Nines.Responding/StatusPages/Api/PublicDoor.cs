using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Responding.StatusPages.Ui;
using Nines.Shell;
using Nines.Shell.Pages;

namespace Nines.Responding.StatusPages.Api;

/// <summary>
/// The door of those outside: whoever asks for a public page gets bytes that are ready; a private one is for callers who may
/// read. Their forms: subscribe, confirm, unsubscribe.
/// </summary>
internal sealed class PublicDoor(StatusPress press, SubscriberDesk desk, PublicDrawing drawing, AskThrottle throttle)
{
    /// <summary>A page's own door: public by its manifest, or its caller may read.</summary>
    public static Permission Permission { get; } = Permission.OwnProof("statuspages", "a page that its manifest makes public, or a caller who may read status pages");

    private static readonly Permission Read = Permission.Read("statuspages");

    // Short, so that news is seen; a cache in between may go on showing the last page while this server is down.
    private const string Cached = "public, max-age=15, stale-while-revalidate=60, stale-if-error=86400";

    public async Task ServeAsync(HttpContext http, string page, string path)
    {
        if (await FindAsync(http, page) is not { } site) return;
        if (await site.FileAsync(LinksOf(http, page), path) is not { } file)
        {
            // In the page's own frame: the product's would show its navigation to the public.
            if (!WantsPage(http)) await Answers.Refuse(Problem.NotFound("The page has nothing here.", "Begin at the page itself.")).ExecuteAsync(http);
            else await AnswerAsync(http, site, new() { ["Heading"] = "There is nothing here.", ["Said"] = "Begin at the page itself." }, StatusCodes.Status404NotFound);
            return;
        }

        var (response, headers) = (http.Response, http.Response.Headers);
        headers.ETag = file.Tag;
        headers.Vary = "Accept-Encoding";
        headers.CacheControl = site.View.Page.Private ? "private, no-cache" : Cached;
        // Readers of feeds and of the JSON stand on other sites.
        if (!site.View.Page.Private && !file.Type.StartsWith("text/html", StringComparison.Ordinal)) (headers.AccessControlAllowOrigin, headers["Cross-Origin-Resource-Policy"]) = ("*", "cross-origin");
        // Also where nothing is another: Chromium refuses a style sheet whose 304 does not say that it is one.
        response.ContentType = file.Type;
        if (http.Request.Headers.IfNoneMatch.Count > 0 && http.Request.Headers.IfNoneMatch.ToString().Contains(file.Tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        var (body, encoding) = file.Brotli is not null && accepted.Contains("br", StringComparison.Ordinal) ? (file.Brotli, "br")
            : file.Gzip is not null && accepted.Contains("gzip", StringComparison.Ordinal) ? (file.Gzip, "gzip") : (file.Plain, null);
        if (encoding is not null) headers.ContentEncoding = encoding;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await response.Body.WriteAsync(body, http.RequestAborted);
    }

    public async Task SubscribeAsync(HttpContext http, string page, CancellationToken stop)
    {
        if (await FindAsync(http, page) is not { } site) return;
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(stop) : FormCollection.Empty;
        var webhook = form["webhook"].ToString().Length > 0;
        var typed = (webhook ? form["webhook"] : form["email"]).ToString();
        var asked = throttle.Allows(http.Connection.RemoteIpAddress?.ToString() ?? "")
            ? await desk.AskAsync(page, webhook ? SubscriberKind.Webhook : SubscriberKind.Email, typed, stop)
            : new Problem(ProblemKind.Unavailable, "Too many subscriptions were asked for from here.", "Try again in an hour.");
        await AnswerAsync(http, site, new()
        {
            ["Heading"] = asked.Ok ? webhook ? "Look at what your program got." : "Look into your mailbox." : "That did not work.",
            ["Said"] = asked.Ok ? "If you are not subscribed already, a message is on its way with a link that confirms it. It counts for two days." : "",
            ["Typed"] = typed,
            ["Webhook"] = webhook,
            ["Problems"] = asked.Ok ? (IReadOnlyList<Problem>)[] : asked.Problems,
        }, asked.Ok ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    public Task ShowConfirmAsync(HttpContext http, string page) => ShowAsync(http, page, "confirm", "Be told when something changes?", "Yes, tell me");

    public Task ShowLeaveAsync(HttpContext http, string page) => ShowAsync(http, page, "unsubscribe", "Be told no more?", "Tell me no more");

    public Task ConfirmAsync(HttpContext http, string page, CancellationToken stop) =>
        PressedAsync(http, page, desk.ConfirmAsync, "You are told from now on.", "Each message has a link that ends it.", stop);

    // A mail program presses the button by itself (RFC 8058): then who and sig stand in the address.
    public Task LeaveAsync(HttpContext http, string page, CancellationToken stop) =>
        PressedAsync(http, page, desk.LeaveAsync, "You are told no more.", "Your address is forgotten.", stop);

    private async Task ShowAsync(HttpContext http, string page, string action, string heading, string button)
    {
        if (await FindAsync(http, page) is not { } site) return;
        await AnswerAsync(http, site, new()
        {
            ["Heading"] = heading,
            ["Button"] = button,
            ["Action"] = LinksOf(http, page).To(action),
            ["Who"] = http.Request.Query["who"].ToString(),
            ["Signature"] = http.Request.Query["sig"].ToString(),
        }, StatusCodes.Status200OK);
    }

    private async Task PressedAsync(HttpContext http, string page, Func<string, string, string, CancellationToken, Task<Outcome<bool>>> act, string heading, string said, CancellationToken stop)
    {
        if (await FindAsync(http, page) is not { } site) return;
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(stop) : FormCollection.Empty;
        var done = await act(page, Of("who"), Of("sig"), stop);
        await AnswerAsync(http, site, new()
        {
            ["Heading"] = done.Ok ? heading : "That did not work.",
            ["Said"] = done.Ok ? said : "",
            ["Problems"] = done.Ok ? (IReadOnlyList<Problem>)[] : done.Problems,
        }, done.Ok ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden);

        string Of(string name) => form[name].ToString() is { Length: > 0 } posted ? posted : http.Request.Query[name].ToString();
    }

    private async Task AnswerAsync(HttpContext http, PressedSite site, Dictionary<string, object?> with, int status)
    {
        var html = await drawing.TextAsync<PublicAnswer>(site.View, LinksOf(http, site.View.Page.Name), with);
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        // The address holds a signature: it is told to nobody.
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        await HtmlBody.WriteAsync(http, html, status);
    }

    /// <summary>The page, where this caller may see it. A stranger is not told which private pages there are.</summary>
    private async ValueTask<PressedSite?> FindAsync(HttpContext http, string page)
    {
        var may = http.Known()?.Scopes.Allow(Read) == true;
        if (await press.SiteAsync(page, http.RequestAborted) is { } site && (!site.View.Page.Private || may)) return site;
        if (may || http.Known() is not null) await ProblemAnswers.Refuse(http, Problem.NotFound($"There is no status page \"{page}\".", "Look whether the address is right.")).ExecuteAsync(http);
        else if (HttpMethods.IsGet(http.Request.Method) && WantsPage(http))
        {
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Redirect("/sign-in?next=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString));
        }
        else await Answers.Refuse(StatusCodes.Status401Unauthorized, new Problem(ProblemKind.Denied, "There is no public status page of that name.", "Look whether the address is right, or send a token.")).ExecuteAsync(http);

        return null;
    }

    private static bool WantsPage(HttpContext http) => http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private static PublicLinks LinksOf(HttpContext http, string page) => http.Items.ContainsKey(PageDomains.Mark) ? PublicLinks.Domain : Links.GetOrAdd(page, PublicLinks.Of);

    private static readonly ConcurrentDictionary<string, PublicLinks> Links = new(StringComparer.Ordinal);

    /// <summary>Every address.</summary>
    public static void Register(Registration room)
    {
        foreach (var method in (string[])["GET", "HEAD"])
        {
            room.Route(method, "/status/{page}", Permission, (HttpContext http, string page, PublicDoor door) => door.ServeAsync(http, page, ""));
            room.Route(method, "/status/{page}/{**path}", Permission, (HttpContext http, string page, string path, PublicDoor door) => door.ServeAsync(http, page, path.TrimEnd('/')));
        }

        room.Get("/status/{page}/confirm", Permission, (HttpContext http, string page, PublicDoor door) => door.ShowConfirmAsync(http, page));
        room.Get("/status/{page}/unsubscribe", Permission, (HttpContext http, string page, PublicDoor door) => door.ShowLeaveAsync(http, page));
        room.Get("/status/{page}/subscribe", Permission, (HttpContext http, string page, PublicDoor door) => door.ServeAsync(http, page, ""));
        room.Post("/status/{page}/subscribe", Permission, (HttpContext http, string page, PublicDoor door, CancellationToken stop) => door.SubscribeAsync(http, page, stop));
        room.Post("/status/{page}/confirm", Permission, (HttpContext http, string page, PublicDoor door, CancellationToken stop) => door.ConfirmAsync(http, page, stop));
        room.Post("/status/{page}/unsubscribe", Permission, (HttpContext http, string page, PublicDoor door, CancellationToken stop) => door.LeaveAsync(http, page, stop));
    }
}
