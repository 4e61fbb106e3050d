using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Catalog.Access.Api;

/// <summary>Who one is.</summary>
internal sealed record MeAnswer(string Actor, string Name, IReadOnlyList<string> Scopes);

/// <summary>Accounts, sessions and tokens over HTTP.</summary>
internal static class AccessApi
{
    private static readonly Permission Read = Permission.Read("access");
    private static readonly Permission Write = Permission.Write("access");

    public static void Register(Registration room)
    {
        room.Get("/api/v1/access/me", Read, Me);
        room.Get("/api/v1/access/tokens", Read, ListTokens);
        room.Post("/api/v1/access/tokens", Write, MakeToken);
        room.Route("DELETE", "/api/v1/access/tokens/{which}", Write, RevokeToken);
        room.Get("/api/v1/access/accounts", Read, ListAccounts);
        room.Post("/api/v1/access/accounts/{name}/invitation", Write, Invite);
        room.Route("DELETE", "/api/v1/access/accounts/{name}", Write, Close);
        room.Get("/api/v1/access/findings", Read, Findings);
    }

    /// <summary>Where links lead to: the public address where one is named, else where this request came.</summary>
    public static Uri Base(HttpContext http, IConfiguration settings) =>
        Uri.TryCreate(settings["notifications:publicUrl"], UriKind.Absolute, out var address) ? address : new($"{http.Request.Scheme}://{http.Request.Host}");

    private static IResult Me(HttpContext http) => Results.Json(new MeAnswer(http.Caller().Text, http.Known()?.Name ?? "", http.Known()?.Scopes.All ?? []), HouseJson.Options);

    private static IResult ListTokens(IHouse house, CompiledManifests compiled, Callers callers, TimeProvider clock) =>
        Results.Json(AccessViews.Tokens(house.State.Get<AccessState>(), compiled.Catalog(house.State), callers.LastUse, clock.Now()), HouseJson.Options);

    private static async Task<IResult> MakeToken(HttpContext http, TokenRequest asked, Tokens tokens, KnownRooms rooms, CancellationToken stop) =>
        NotStored(http, await MakeAsync(http, asked, tokens, rooms, stop));

    /// <summary>Reads what was typed and makes the token; every mistake at once.</summary>
    public static async Task<Outcome<NewToken>> MakeAsync(HttpContext http, TokenRequest asked, Tokens tokens, KnownRooms rooms, CancellationToken stop)
    {
        var scopes = Scopes.Parse(asked.Scopes, rooms.Names);
        var problems = scopes.Problems.ToList();
        NodaTime.Duration? life = null;
        if (asked.Expires.Trim().Length > 0)
        {
            if (FieldDuration.TryParse(asked.Expires.Trim(), out var length)) life = length;
            else problems.Add(Problem.Invalid($"\"{asked.Expires}\" is not a duration.", "Write one such as 90d, or leave it out for ever.", "expires"));
        }

        if (problems.Any(p => p.IsError)) return Outcome<NewToken>.Failed(problems);
        return await tokens.MakeAsync(http.Caller(), http.Known()?.Scopes ?? Scopes.None, asked.Name.Trim(), scopes.Value, life, stop);
    }

    private static async Task<IResult> RevokeToken(HttpContext http, string which, Tokens tokens, CancellationToken stop) =>
        (await tokens.RevokeAsync(http.Caller(), which, stop)).ToAnswer();

    private static IResult ListAccounts(IHouse house, CompiledManifests compiled, IOptions<AccessOptions> options, TimeProvider clock) =>
        Results.Json(AccessViews.Accounts(house.State.Get<AccessState>(), compiled.Catalog(house.State), options.Value.Idle, clock.Now()), HouseJson.Options);

    private static async Task<IResult> Invite(HttpContext http, string name, Accounts accounts, IConfiguration settings, CancellationToken stop) =>
        NotStored(http, MaySetAccounts(http) is { } refused ? refused : (await accounts.InviteAsync(http.Caller(), name, stop)).Map(i => new InvitationAnswer(i.Name, new Uri(Base(http, settings), i.Path).ToString(), i.Expires)));

    private static async Task<IResult> Close(HttpContext http, string name, Accounts accounts, CancellationToken stop) =>
        MaySetAccounts(http) is { } refused ? Answers.Refuse(refused) : (await accounts.CloseAsync(http.Caller(), name, stop)).ToAnswer();

    private static IResult Findings(IHouse house, CompiledManifests compiled, ServingMode mode, IConfiguration settings, TimeProvider clock) => Results.Json(
        AccessFindings.Of(
            house.State.Get<AccessState>(), compiled.Catalog(house.State), mode.Open,
            Uri.TryCreate(settings["notifications:publicUrl"], UriKind.Absolute, out var address) ? address : null, clock.Now()),
        HouseJson.Options);

    // An invitation opens an account that may do everything: a token that may less must not make itself one.
    public static Problem? MaySetAccounts(HttpContext http) => http.Known()?.Scopes.Cover(Scopes.Everything) == true
        ? null
        : new(ProblemKind.Denied, "Accounts may do everything; only who may so too invites to one or closes one.", "Use a token with the scope *, or sign in.");

    private static IResult NotStored<T>(HttpContext http, Outcome<T> outcome)
    {
        http.Response.Headers.CacheControl = "no-store";
        return outcome.ToAnswer();
    }
}
