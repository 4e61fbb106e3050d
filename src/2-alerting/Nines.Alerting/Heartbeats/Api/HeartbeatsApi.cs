using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;

namespace Nines.Alerting.Heartbeats.Api;

/// <summary>Where heartbeats are heard and listed.</summary>
internal static class HeartbeatsApi
{
    /// <summary>Who may ping.</summary>
    public static Permission Permission { get; } = Permission.OwnProof("heartbeats", "the heartbeat's key, or a caller who may send heartbeats");

    public static IReadOnlyList<Column<HeartbeatView>> Columns { get; } =
    [
        new("name", "Name", h => h.Name),
        new("state", "State", h => h.State),
        new("last", "Heard last", h => h.Last),
        new("due", "Due by", h => h.Due),
        new("every", "Every", h => FieldDuration.Format(h.Every)),
        new("grace", "Grace", h => FieldDuration.Format(h.Grace)),
        new("severity", "Severity", h => h.Severity.Word()),
        new("service", "Service", h => h.Service),
        new("address", "Address", h => h.Address),
    ];

    public static IResult List(HttpContext http, HeartbeatDesk desk, IHouse house) => TableExport.List(http.Request, All(http.Request, desk, house), Columns, "heartbeats");

    /// <summary>All, those that stay out first.</summary>
    public static IReadOnlyList<HeartbeatView> All(HttpRequest request, HeartbeatDesk desk, IHouse house)
    {
        var state = house.State;
        var book = state.Get<HeartbeatBook>();
        return [.. desk.All(state).Select(b => View(b)).OrderBy(v => v.State switch { "missed" => 0, "waiting" => 1, _ => 2 }).ThenBy(v => v.Name, StringComparer.Ordinal)];

        HeartbeatView View(Heartbeat beat)
        {
            var (last, missed) = (desk.LastOf(beat.Name, book), book.Missed.ContainsKey(beat.Name));
            return new(
                beat.Name, HeartbeatRules.Title(beat), missed ? "missed" : last is null ? "waiting" : "alive", last, missed ? null : desk.DeadlineOf(beat, book), beat.Every, beat.Grace, beat.Severity,
                beat.Service, beat.Key?.ToString() ?? "", $"{request.Scheme}://{request.Host}/in/heartbeats/{Uri.EscapeDataString(beat.Name)}");
        }
    }

    public static async Task<IResult> PingAsync(HttpContext http, string name, HeartbeatDesk desk, IHouse house, CancellationToken stop)
    {
        var heard = await HearAsync(http, name, KeyOf(http.Request), desk, house, stop);
        return heard.Ok ? Results.Text("heard\n") : Answers.Refuse(heard.Problems);
    }

    public static async Task<IResult> OpsgeniePingAsync(HttpContext http, string name, HeartbeatDesk desk, IHouse house, TimeProvider clock, CancellationToken stop)
    {
        var heard = await HearAsync(http, name, KeyOf(http.Request), desk, house, stop);
        return heard.Ok
            ? Json(StatusCodes.Status202Accepted, new { result = "PONG - Heartbeat received", took = 0.001, requestId = $"{clock.UnixMs():x}" })
            : Json(StatusOf(heard.Problems[0]), new { message = heard.Problems[0].What, took = 0.001, requestId = $"{clock.UnixMs():x}" });
    }

    /// <summary>Grafana OnCall's address: its key names the heartbeat.</summary>
    public static async Task<IResult> OnCallPingAsync(HttpContext http, string type, string key, HeartbeatDesk desk, IHouse house, CancellationToken stop)
    {
        _ = type;
        var beat = desk.All(house.State).FirstOrDefault(b => b.Key is { } reference && SecretResolver.Resolve(reference) is { Ok: true } secret && Same(secret.Value, key));
        if (beat is null) return Results.Text("No heartbeat has this key.\n", statusCode: StatusCodes.Status404NotFound);
        await desk.HearAsync(beat, Actor.Door("heartbeats"), stop);
        return Results.Text("Ok.");
    }

    public static IResult OpsgenieShow(HttpContext http, string name, HeartbeatDesk desk, IHouse house)
    {
        var found = Find(http, name, KeyOf(http.Request), desk, house);
        if (!found.Ok) return Json(StatusOf(found.Problems[0]), new { message = found.Problems[0].What });
        var view = All(http.Request, desk, house).First(v => v.Name == found.Value.Name);
        return Json(StatusCodes.Status200OK, new { data = new { name = view.Name, description = view.Title, interval = Math.Max(1, (long)view.Every.TotalMinutes), intervalUnit = "minutes", enabled = true, expired = view.State == "missed", lastPingTime = view.Last?.ToString() } });
    }

    private static async Task<Outcome<bool>> HearAsync(HttpContext http, string name, string key, HeartbeatDesk desk, IHouse house, CancellationToken stop)
    {
        var found = Find(http, name, key, desk, house);
        if (!found.Ok) return Outcome<bool>.Failed(found.Problems);
        await desk.HearAsync(found.Value, Actor.Door("heartbeats"), stop);
        return true;
    }

    private static Outcome<Heartbeat> Find(HttpContext http, string name, string key, HeartbeatDesk desk, IHouse house)
    {
        var trusted = http.Known() is { } caller && caller.Scopes.Allow(Permission.Send("heartbeats"));
        var beat = desk.All(house.State).FirstOrDefault(b => b.Name == name);
        if (beat?.Key is { } reference)
        {
            var secret = SecretResolver.Resolve(reference);
            if (!secret.Ok) return secret.Problems[0] with { Kind = ProblemKind.Unavailable };
            return Same(secret.Value, key) ? beat : new Problem(ProblemKind.Denied, "This heartbeat asks for its key.", "Send it as Authorization: Bearer KEY, GenieKey KEY, or ?key=KEY.");
        }

        if (!trusted) return new Problem(ProblemKind.Denied, "A ping needs the heartbeat's key here.", "Write key: env:NAME into its manifest, or send a token.");
        return beat is not null ? beat : Problem.NotFound($"There is no heartbeat \"{(name.Length > 80 ? name[..80] : name)}\".", "Write a Heartbeat of that name: nines explain Heartbeat.");
    }

    private static string KeyOf(HttpRequest request)
    {
        var sent = request.Headers.Authorization.ToString();
        foreach (var scheme in (string[])["GenieKey ", "Bearer "])
            if (sent.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return sent[scheme.Length..].Trim();
        return request.Headers["X-Nines-Key"].ToString() is { Length: > 0 } own ? own : request.Query["key"].ToString();
    }

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));

    private static int StatusOf(Problem problem) => problem.Kind switch
    {
        ProblemKind.Denied => StatusCodes.Status401Unauthorized,
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static IResult Json(int status, object value) => Results.Json(value, JsonSerializerOptions.Default, statusCode: status);
}
