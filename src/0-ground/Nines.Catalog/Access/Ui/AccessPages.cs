using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nines.Catalog.Access.Api;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Pages;

namespace Nines.Catalog.Access.Ui;

/// <summary>What the page of access is drawn from.</summary>
internal sealed class AccessDesk(IHouse house, CompiledManifests compiled, Callers callers, ServingMode mode, IOptions<AccessOptions> options, IConfiguration settings, TimeProvider clock)
{
    public Uri Base(HttpContext http) => AccessApi.Base(http, settings);

    /// <summary>The page as it is for whoever asks.</summary>
    public PageResult<AccessPage> Page(HttpContext http, IReadOnlyList<Problem>? problems = null, params IReadOnlyList<(string Name, object? Value)> more)
    {
        var (now, state, catalog) = (clock.Now(), house.State.Get<AccessState>(), compiled.Catalog(house.State));
        var person = http.Known()?.Session is null ? null : http.Caller().PersonId;
        var parameters = new Dictionary<string, object?>
        {
            ["Me"] = person is null ? null : http.Known()!.Name,
            ["MyName"] = person is null ? null : catalog.PersonById(person)?.Name,
            ["Open"] = mode.Open,
            ["Sessions"] = person is null ? [] : AccessViews.Sessions(state, person, http.Known()!.Session, options.Value.Idle, now),
            ["Accounts"] = AccessViews.Accounts(state, catalog, options.Value.Idle, now),
            ["Tokens"] = AccessViews.Tokens(state, catalog, callers.LastUse, now),
            ["Findings"] = AccessFindings.Of(state, catalog, mode.Open, Uri.TryCreate(settings["notifications:publicUrl"], UriKind.Absolute, out var address) ? address : null, now),
            ["Problems"] = problems ?? [],
        };
        foreach (var (name, value) in more) parameters[name] = value;
        http.Response.Headers.CacheControl = "no-store";
        return new(parameters, problems is { Count: > 0 } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}

/// <summary>The page of access and its forms.</summary>
internal static class AccessPages
{
    private static readonly Permission Read = Permission.Read("access");
    private static readonly Permission Write = Permission.Write("access");

    public static void Register(Registration room)
    {
        room.Services.AddSingleton<AccessDesk>();
        room.Get("/access", Read, (HttpContext http, AccessDesk desk, string? done) => desk.Page(http, null, ("Done", Words(done))));
        room.Post("/access/tokens", Write, MakeTokenAsync);
        room.Post("/access/tokens/{id}/revoke", Write, RevokeAsync);
        room.Post("/access/people/{name}/invite", Write, InviteAsync);
        room.Post("/access/password", Read, ChangePasswordAsync);
        room.Post("/access/sessions/{id}/close", Read, CloseSessionAsync);
        room.Post("/access/sessions/close", Read, CloseOthersAsync);
        room.Post("/sign-out", Read, SignOutAsync);
    }

    // Words by key: a link must not be able to put words of its own on this page.
    private static string? Words(string? done) => done switch
    {
        "revoked" => "The token is revoked: it opens nothing from now on.",
        "password" => "Your password is changed. All other sessions have ended.",
        "session" => "Signed out there.",
        "sessions" => "Signed out everywhere else.",
        _ => null,
    };

    private static async Task<IResult> MakeTokenAsync(HttpContext http, AccessDesk desk, Tokens tokens, KnownRooms rooms, CancellationToken stop)
    {
        var form = await SmallForm.ReadAsync(http, stop);
        var asked = new TokenRequest(form["name"].ToString(), form["scopes"].ToString(), form["expires"].ToString());
        var made = await AccessApi.MakeAsync(http, asked, tokens, rooms, stop);
        return made.Ok ? desk.Page(http, null, ("Made", made.Value)) : desk.Page(http, made.Problems, ("Draft", asked));
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, string id, Tokens tokens, CancellationToken stop)
    {
        var revoked = await tokens.RevokeAsync(http.Caller(), id, stop);
        return revoked.Ok ? Back("revoked") : ProblemAnswers.Refuse(http, revoked.Problems);
    }

    private static async Task<IResult> InviteAsync(HttpContext http, string name, AccessDesk desk, Accounts accounts, CancellationToken stop)
    {
        if (AccessApi.MaySetAccounts(http) is { } refused) return ProblemAnswers.Refuse(http, refused);
        var invited = await accounts.InviteAsync(http.Caller(), name, stop);
        return invited.Ok
            ? desk.Page(http, null, ("Link", new InvitationAnswer(invited.Value.Name, new Uri(desk.Base(http), invited.Value.Path).ToString(), invited.Value.Expires)))
            : ProblemAnswers.Refuse(http, invited.Problems);
    }

    private static async Task<IResult> ChangePasswordAsync(HttpContext http, AccessDesk desk, Accounts accounts, TimeProvider clock, CancellationToken stop)
    {
        if (http.Known()?.Session is null || http.Caller().PersonId is not { } person) return ProblemAnswers.Refuse(http, NoSession);
        var form = await SmallForm.ReadAsync(http, stop);
        var changed = await accounts.ChangePasswordAsync(person, form["old"].ToString(), form["password"].ToString(), DeviceWords.Of(http.Request.Headers.UserAgent.ToString()), stop);
        if (!changed.Ok) return desk.Page(http, changed.Problems);
        SessionCookie.Set(http, changed.Value, clock);
        return Back("password");
    }

    private static async Task<IResult> CloseSessionAsync(HttpContext http, string id, Sessions sessions, CancellationToken stop)
    {
        if (http.Caller().PersonId is not { } person) return ProblemAnswers.Refuse(http, NoSession);
        await sessions.CloseAsync(http.Caller(), person, id, stop);
        return Back("session");
    }

    private static async Task<IResult> CloseOthersAsync(HttpContext http, Sessions sessions, CancellationToken stop)
    {
        if (http.Caller().PersonId is not { } person) return ProblemAnswers.Refuse(http, NoSession);
        await sessions.CloseAllAsync(http.Caller(), person, http.Known()?.Session, stop);
        return Back("sessions");
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, Sessions sessions, CancellationToken stop)
    {
        if (http.Known()?.Session is { } session && http.Caller().PersonId is { } person) await sessions.CloseAsync(http.Caller(), person, session, stop);
        SessionCookie.Drop(http);
        // The browser forgets what it kept of pages, too.
        http.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        http.Response.Headers.Location = "/sign-in";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static Problem NoSession => new(ProblemKind.Denied, "This is for people who are signed in.", "Sign in with a browser; a token has no password and no sessions.");

    private static IResult Back(string done) => Results.Redirect("/access?done=" + done);
}
