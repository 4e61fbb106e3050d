using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Responding.StatusPages.Ui;
using Nines.Shell;
using Nines.Shell.Pages;

namespace Nines.Responding.StatusPages.Api;

/// <summary>
/// The door of those outside: whoever asks for a public page gets bytes that are ready; a private one is for callers who may
/// read. Their forms: subscribe, confirm, choose, unsubscribe.
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
        var component = PublicDrawing.IsFeed(path) ? http.Request.Query["component"].ToString() : "";
        if (component.Length > 0 && SubscriberRules.Components(site.View.Page, [component]) is { Ok: false } unknown)
        {
            await Answers.Refuse(unknown.Problems).ExecuteAsync(http);
            return;
        }

        if (await site.FileAsync(LinksOf(http, page), path, component) is not { } file)
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
        if (http.Request.HasJsonContentType())
        {
            await SubscribeProgramAsync(http, site.View.Page, stop);
            return;
        }

        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(stop) : FormCollection.Empty;
        var webhook = form["webhook"].ToString().Length > 0;
        var (typed, chosen) = ((webhook ? form["webhook"] : form["email"]).ToString(), Chosen(form));
        var asked = await AskAsync(http, site.View.Page, webhook, typed, chosen, stop);
        await AnswerAsync(http, site, new()
        {
            ["Heading"] = asked.Ok ? webhook ? "Look at what your program got." : "Look into your mailbox." : "That did not work.",
            ["Said"] = asked.Ok ? "If you are not subscribed already, a message is on its way with a link that confirms it. It counts for two days." : "",
            ["Typed"] = typed,
            ["Chosen"] = chosen,
            ["Webhook"] = webhook,
            ["Problems"] = asked.Ok ? (IReadOnlyList<Problem>)[] : asked.Problems,
        }, asked.Ok ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The same for a program: JSON in, JSON out.</summary>
    private async Task SubscribeProgramAsync(HttpContext http, StatusPage page, CancellationToken stop)
    {
        AskedSubscription? body = null;
        try
        {
            body = await http.Request.ReadFromJsonAsync<AskedSubscription>(HouseJson.Options, stop);
        }
        catch (JsonException)
        {
            // Said below: what is null cannot be read either.
        }

        if (body is null)
        {
            await Answers.Refuse(Problem.Invalid("The body cannot be read.", "Send {\"email\": \"you@example.com\"} or {\"webhook\": \"https://…\"}, with \"components\": [\"key\"] where only some count.")).ExecuteAsync(http);
            return;
        }

        var asked = await AskAsync(http, page, body.Webhook.Length > 0, body.Webhook.Length > 0 ? body.Webhook : body.Email, body.Components ?? [], stop);
        await (asked.Ok ? Results.Json(new { asked = true }, HouseJson.Options) : Answers.Refuse(asked.Problems)).ExecuteAsync(http);
    }

    private async Task<Outcome<bool>> AskAsync(HttpContext http, StatusPage page, bool webhook, string typed, IReadOnlyList<string> components, CancellationToken stop) =>
        throttle.Allows(http.Connection.RemoteIpAddress?.ToString() ?? "")
            ? await desk.AskAsync(page, webhook ? SubscriberKind.Webhook : SubscriberKind.Email, typed, components, stop)
            : new Problem(ProblemKind.Unavailable, "Too many subscriptions were asked for from here.", "Try again in an hour.");

    public async Task ShowConfirmAsync(HttpContext http, string page)
    {
        if (await FindAsync(http, page) is not { } site) return;
        var chosen = desk.Unproven(page, http.Request.Query["who"].ToString(), http.Request.Query["sig"].ToString())?.Choice;
        await ShowAsync(http, site, "confirm", "Be told when something changes?", chosen is null ? "" : $"You will hear of {Choice.Words(site.View.Page, chosen)}. Each message has a link that changes it.", "Yes, tell me");
    }

    /// <summary>What they hear of, with the choice and the end of it; to whoever has no link of ours only the button, which says so.</summary>
    public async Task ShowLeaveAsync(HttpContext http, string page)
    {
        if (await FindAsync(http, page) is not { } site) return;
        var signature = http.Request.Query["sig"].ToString();
        if (desk.Find(page, http.Request.Query["who"].ToString(), signature) is { } one) await ShowChoiceAsync(http, site, one, signature, saved: false, one.Choice?.Components ?? [], []);
        else await ShowAsync(http, site, "unsubscribe", "Be told no more?", "", "Tell me no more");
    }

    public async Task ChooseAsync(HttpContext http, string page, CancellationToken stop)
    {
        if (await FindAsync(http, page) is not { } site) return;
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(stop) : FormCollection.Empty;
        var (who, signature, chosen) = (Sent(http, form, "who"), Sent(http, form, "sig"), Chosen(form));
        var done = await desk.ChooseAsync(site.View.Page, who, signature, chosen, stop);
        if (desk.Find(page, who, signature) is { } one) await ShowChoiceAsync(http, site, one, signature, done.Ok, chosen, done.Ok ? [] : done.Problems);
        else await AnswerAsync(http, site, new() { ["Heading"] = "That did not work.", ["Problems"] = done.Problems }, StatusCodes.Status403Forbidden);
    }

    public Task ConfirmAsync(HttpContext http, string page, CancellationToken stop) =>
        PressedAsync(http, page, desk.ConfirmAsync, "You are told from now on.", "Each message has a link that ends it.", stop);

    // A mail program presses the button by itself (RFC 8058): then who and sig stand in the address.
    public Task LeaveAsync(HttpContext http, string page, CancellationToken stop) =>
        PressedAsync(http, page, desk.LeaveAsync, "You are told no more.", "Your address is forgotten.", stop);

    private Task ShowAsync(HttpContext http, PressedSite site, string action, string heading, string said, string button) => AnswerAsync(http, site, new()
    {
        ["Heading"] = heading,
        ["Said"] = said,
        ["Button"] = button,
        ["Action"] = LinksOf(http, site.View.Page.Name).To(action),
        ["Who"] = http.Request.Query["who"].ToString(),
        ["Signature"] = http.Request.Query["sig"].ToString(),
    }, StatusCodes.Status200OK);

    private Task ShowChoiceAsync(HttpContext http, PressedSite site, Subscriber one, string signature, bool saved, IReadOnlyList<string> chosen, IReadOnlyList<Problem> problems) => WriteAsync<PublicChoice>(http, site, new()
    {
        ["Hears"] = Choice.Words(site.View.Page, one.Choice),
        ["Webhook"] = one.Kind == SubscriberKind.Webhook,
        ["Saved"] = saved,
        ["Who"] = one.Id,
        ["Signature"] = signature,
        ["Chosen"] = chosen,
        ["Problems"] = problems,
    }, problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private async Task PressedAsync(HttpContext http, string page, Func<string, string, string, CancellationToken, Task<Outcome<bool>>> act, string heading, string said, CancellationToken stop)
    {
        if (await FindAsync(http, page) is not { } site) return;
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(stop) : FormCollection.Empty;
        var done = await act(page, Sent(http, form, "who"), Sent(http, form, "sig"), stop);
        await AnswerAsync(http, site, new()
        {
            ["Heading"] = done.Ok ? heading : "That did not work.",
            ["Said"] = done.Ok ? said : "",
            ["Problems"] = done.Ok ? (IReadOnlyList<Problem>)[] : done.Problems,
        }, done.Ok ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden);
    }

    private static string Sent(HttpContext http, IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } posted ? posted : http.Request.Query[name].ToString();

    private static string[] Chosen(IFormCollection form) => [.. form["component"].OfType<string>().Where(k => k.Length > 0)];

    private Task AnswerAsync(HttpContext http, PressedSite site, Dictionary<string, object?> with, int status) => WriteAsync<PublicAnswer>(http, site, with, status);

    private async Task WriteAsync<TPage>(HttpContext http, PressedSite site, Dictionary<string, object?> with, int status) where TPage : IComponent
    {
        var html = await drawing.TextAsync<TPage>(site.View, LinksOf(http, site.View.Page.Name), with);
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

    /// <summary>What a program asks for.</summary>
    internal sealed record AskedSubscription(string Email = "", string Webhook = "", IReadOnlyList<string>? Components = null);

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
        room.Post("/status/{page}/choose", Permission, (HttpContext http, string page, PublicDoor door, CancellationToken stop) => door.ChooseAsync(http, page, stop));
        room.Post("/status/{page}/confirm", Permission, (HttpContext http, string page, PublicDoor door, CancellationToken stop) => door.ConfirmAsync(http, page, stop));
        room.Post("/status/{page}/unsubscribe", Permission, (HttpContext http, string page, PublicDoor door, CancellationToken stop) => door.LeaveAsync(http, page, stop));
    }
}
