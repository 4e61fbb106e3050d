using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Access;
using Nines.Host;
using Nines.Kernel;
using Nines.Storage;

namespace Nines.Tests.House.Walls;

/// <summary>Every route of the running server refuses whom its permission does not let in: nobody, and a token that may less.</summary>
internal static partial class EveryDoorIsKept
{
    /// <summary>What a stranger may get at a route: the doors that need nothing, and forms that ask for their own proof.</summary>
    public static IEnumerable<Violation> Strangers(IEnumerable<Knock> knocks) =>
        from knock in knocks
        let needed = knock.Permission
        let wrong = needed == Permission.Nothing ? null
            : needed?.IsOwnProof == true ? (knock.Method != "GET" && knock.Status < 400 ? "takes a request without its proof" : null)
            : knock.Status != 401 ? "lets a stranger in" : null
        where wrong is not null
        select new Violation($"{knock.Method} {knock.Pattern}", $"It {wrong} (status {knock.Status}).", "The doorkeeper holds its permission against the caller; a door with a proof of its own refuses by itself.");

    /// <summary>What a token that may only read gets.</summary>
    public static IEnumerable<Violation> Readers(IEnumerable<Knock> knocks) =>
        from knock in knocks
        let needed = knock.Permission ?? new Permission("unnamed")
        where needed != Permission.Nothing && !needed.IsOwnProof
        let reads = needed.Name.EndsWith(":read", StringComparison.Ordinal)
        where reads ? knock.Status is 401 : knock.Status is not 403
        select new Violation($"{knock.Method} {knock.Pattern}", $"A token that may read gets {knock.Status}.", reads ? "It needs to read only; let it in." : "It needs more than to read; refuse it with 403.");

    /// <summary>One request to one route.</summary>
    public sealed record Knock(string Method, string Pattern, Permission? Permission, int Status);

    /// <summary>Knocks at each route in turn.</summary>
    public static async Task<IReadOnlyList<Knock>> KnockAsync(NinesHost host, HttpClient http)
    {
        var knocks = new List<Knock>();
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = endpoint.RoutePattern.RawText!;
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(host.Address, Parameter().Replace(pattern, "x")));
                // What is asked for is the door's word, not its answer: streams never end.
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                knocks.Add(new(method, pattern, endpoint.Metadata.GetMetadata<Permission>(), (int)answer.StatusCode));
            }
        }

        return knocks;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}

public sealed class EveryDoorIsKeptTests : IAsyncLifetime
{
    private NinesHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = NinesHost.Build(new() { Listen = new("http://127.0.0.1:0"), Open = false, Log = false }, TimeProvider.System, Store.InMemory());
        await _host.StartAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Routes_BeforeThereIsAnAccount_LetNobodyIn()
    {
        using var stranger = Client(null);
        Hold.Holds(EveryDoorIsKept.Strangers(await EveryDoorIsKept.KnockAsync(_host, stranger)));
    }

    [Fact]
    public async Task Routes_OnceThereIsAnAccount_LetNobodyInWithoutProof()
    {
        await SetUpAsync();
        using var stranger = Client(null);
        var knocks = await EveryDoorIsKept.KnockAsync(_host, stranger);
        Assert.True(knocks.Count > 80, $"only {knocks.Count} routes");
        Hold.Holds(EveryDoorIsKept.Strangers(knocks));
        using var liar = Client("nines_" + new string('a', 43));
        Hold.Holds(EveryDoorIsKept.Strangers(await EveryDoorIsKept.KnockAsync(_host, liar)));
    }

    [Fact]
    public async Task Routes_ATokenThatMayRead_ChangesNothing()
    {
        var cookie = await SetUpAsync();
        using var person = new HttpClient();
        using var made = new HttpRequestMessage(HttpMethod.Post, new Uri(_host.Address, "/api/v1/access/tokens")) { Content = JsonContent.Create(new { name = "reader", scopes = "read" }) };
        made.Headers.Add("Cookie", cookie);
        using var answer = await person.SendAsync(made);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        using var reader = Client(token);
        Hold.Holds(EveryDoorIsKept.Readers(await EveryDoorIsKept.KnockAsync(_host, reader)));
    }

    [Theory]
    [InlineData("POST", "planted:write", 200, "lets a stranger in")]
    [InlineData("GET", "", 200, "lets a stranger in")]
    [InlineData("POST", "planted:own-proof", 204, "takes a request without its proof")]
    public void Strangers_PlantedOpenDoor_IsFound(string method, string permission, int status, string wrong) => Hold.Finds(
        $"{method} /planted: It {wrong} (status {status}). The doorkeeper holds its permission against the caller; a door with a proof of its own refuses by itself.",
        EveryDoorIsKept.Strangers([
            new(method, "/planted", permission.Length == 0 ? null : new(permission), status), new("GET", "/-/ready", Permission.Nothing, 200),
            new("POST", "/kept", Permission.Write("planted"), 401), new("GET", "/sign-in", Permission.OwnProof("planted", "a password"), 200)]));

    [Fact]
    public void Readers_PlantedOpenDoor_IsFound() => Hold.Finds(
        "POST /planted: A token that may read gets 200. It needs more than to read; refuse it with 403.",
        EveryDoorIsKept.Readers([new("POST", "/planted", Permission.Write("planted"), 200), new("POST", "/kept", Permission.Write("planted"), 403), new("GET", "/read", Permission.Read("planted"), 404)]));

    private static HttpClient Client(string? token)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        if (token is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return http;
    }

    private async Task<string> SetUpAsync()
    {
        using var http = Client(null);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["token"] = _host.Services.GetRequiredService<SetupToken>().Now!,
            ["name"] = "ada",
            ["password"] = "correct horse battery",
        });
        using var answer = await http.PostAsync(new Uri(_host.Address, "/setup"), form);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];
    }
}
