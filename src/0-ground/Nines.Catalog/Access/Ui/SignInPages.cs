using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Nines.Catalog.Access.Api;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Pages;

namespace Nines.Catalog.Access.Ui;

/// <summary>The pages before somebody is known: set-up, sign-in, invitation. Plain forms; no GET changes anything.</summary>
internal static class SignInPages
{
    private static readonly Permission BySetupToken = Permission.OwnProof("access", "the one-time set-up token");
    private static readonly Permission ByPassword = Permission.OwnProof("access", "a name with its password");
    private static readonly Permission ByInvitation = Permission.OwnProof("access", "the secret of an invitation");

    public static void Register(Registration room)
    {
        room.Get("/setup", BySetupToken, ShowSetup);
        room.Route("POST", "/setup", BySetupToken, SetUpAsync, Small);
        room.Get("/sign-in", ByPassword, ShowSignIn);
        room.Route("POST", "/sign-in", ByPassword, SignInAsync, Small);
        room.Get("/invitation", ByInvitation, ShowInvitation);
        room.Route("POST", "/invitation", ByInvitation, AcceptAsync, Small);
    }

    private static void Small(RouteHandlerBuilder route) => route.WithMetadata(SmallForm.Mark);

    private static PageResult<SetupPage> ShowSetup(HttpContext http, string? token, SetupToken setup) =>
        Setup(http, setup.Fits(token) ? token! : "", setup, new("", "", "", ""), []);

    private static async Task<IResult> SetUpAsync(HttpContext http, SetupToken setup, Accounts accounts, TimeProvider clock, CancellationToken stop)
    {
        var form = await SmallForm.ReadAsync(http, stop);
        var token = form["token"].ToString();
        var typed = new NewAccount(form["name"].ToString(), form["displayName"].ToString(), form["email"].ToString(), form["password"].ToString());
        if (!setup.Fits(token)) return Setup(http, "", setup, typed, []);
        var done = await accounts.SetUpAsync(typed, setup.Recovers, Device(http), stop);
        if (!done.Ok) return Setup(http, token, setup, typed with { Password = "" }, done.Problems);
        setup.End();
        return Enter(http, done.Value, "/", clock);
    }

    private static IResult ShowSignIn(HttpContext http, string? next, ICallers callers, ServingMode mode)
    {
        if (mode.Open) return Results.Redirect("/");
        if (!callers.SetUp) return Results.Redirect("/setup");
        return http.Known()?.Session is not null ? Results.Redirect(NextPath.Of(next)) : SignIn(http, next, "", []);
    }

    private static async Task<IResult> SignInAsync(HttpContext http, SignIn desk, ServingMode mode, TimeProvider clock, CancellationToken stop)
    {
        if (mode.Open) return Results.Redirect("/");
        var form = await SmallForm.ReadAsync(http, stop);
        var (name, next) = (form["name"].ToString(), form["next"].ToString());
        var before = SessionCookie.Read(http.Request) is { } old ? Secrets.HashOf(old) : null;
        var done = await desk.TryAsync(name, form["password"].ToString(), Address(http), Device(http), before, clock.Now(), stop);
        return done.Ok ? Enter(http, done.Value, NextPath.Of(next), clock) : SignIn(http, next, name, done.Problems);
    }

    private static PageResult<InvitationPage> ShowInvitation(HttpContext http, string? token, Accounts accounts, TimeProvider clock) =>
        Invitation(http, accounts.Invited(token ?? "", clock.Now()), token ?? "", []);

    private static async Task<IResult> AcceptAsync(HttpContext http, Accounts accounts, TimeProvider clock, CancellationToken stop)
    {
        var form = await SmallForm.ReadAsync(http, stop);
        var token = form["token"].ToString();
        var done = await accounts.AcceptAsync(token, form["password"].ToString(), Device(http), clock.Now(), stop);
        return done.Ok ? Enter(http, done.Value, "/", clock) : Invitation(http, accounts.Invited(token, clock.Now()), token, done.Problems);
    }

    // A new secret at each sign-in: one that somebody planted before is worth nothing.
    private static IResult Enter(HttpContext http, SignedIn done, string next, TimeProvider clock)
    {
        SessionCookie.Set(http, done, clock);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Location = next;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static PageResult<SetupPage> Setup(HttpContext http, string token, SetupToken setup, NewAccount typed, IReadOnlyList<Problem> problems) => Page<SetupPage>(
        http, StatusOf(http, token, setup, problems),
        new() { ["Token"] = token, ["Waits"] = setup.Now is not null, ["Recovers"] = setup.Recovers, ["Typed"] = typed, ["Problems"] = problems });

    private static int StatusOf(HttpContext http, string token, SetupToken setup, IReadOnlyList<Problem> problems)
    {
        if (setup.Now is null) return StatusCodes.Status404NotFound;
        if (token.Length == 0 && HttpMethods.IsPost(http.Request.Method)) return StatusCodes.Status403Forbidden;
        return problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
    }

    private static PageResult<SignInPage> SignIn(HttpContext http, string? next, string name, IReadOnlyList<Problem> problems) => Page<SignInPage>(
        http, problems.Count == 0 ? StatusCodes.Status200OK : problems[0].Path == Access.SignIn.TooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized,
        new() { ["Next"] = NextPath.Of(next), ["Name"] = name, ["Problems"] = problems });

    private static PageResult<InvitationPage> Invitation(HttpContext http, Person? person, string token, IReadOnlyList<Problem> problems) => Page<InvitationPage>(
        http, person is null ? StatusCodes.Status404NotFound : problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        new() { ["Person"] = person, ["Token"] = token, ["Problems"] = problems });

    private static PageResult<TPage> Page<TPage>(HttpContext http, int status, Dictionary<string, object?> parameters) where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        // The address may carry a secret: it goes to no other page.
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return new(parameters, status);
    }

    private static string Device(HttpContext http) => DeviceWords.Of(http.Request.Headers.UserAgent.ToString());

    // A provider gives one customer a whole /64: each address of it is the same sender.
    private static string Address(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } ip) return "";
        if (ip.IsIPv4MappedToIPv6) ip = ip.MapToIPv4();
        return ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? Convert.ToHexString(ip.GetAddressBytes().AsSpan(0, 8)) : ip.ToString();
    }
}
