using Microsoft.AspNetCore.Http;
using Nines.Alerting.Integrations.Formats;
using Nines.Kernel;

namespace Nines.Alerting.Integrations.Api;

/// <summary>
/// <c>/opsgenie/v2/alerts…</c>: Opsgenie's Alert API. There a request is accepted and done later; here it is done when 202
/// is answered, and its request id says for ever what became of it.
/// </summary>
internal static class OpsgenieDoor
{
    private const int Limit = 512 * 1024;

    public static async Task<IResult> CreateAsync(HttpContext http, IntegrationDesk desk, TimeProvider clock)
    {
        var (from, body, refusal) = await OpenAsync(http, desk, clock);
        if (refusal is not null) return refusal;
        var read = OpsgenieRequest.ReadCreate(body);
        return read.Ok ? await DoAsync(http, desk, clock, from!, read.Value, "Create") : Refuse(clock, desk, from!.Name, read.Problems);
    }

    /// <summary>Close, acknowledge, snooze, note and the rest, each a POST or PUT below an alert.</summary>
    public static async Task<IResult> ActAsync(HttpContext http, string identifier, string action, IntegrationDesk desk, IHouse house, TimeProvider clock)
    {
        var (from, body, refusal) = await OpenAsync(http, desk, clock);
        if (refusal is not null) return refusal;
        if (OpsgenieActions.Of(action) is not { } known) return Refuse(clock, desk, from!.Name, [Problem.NotFound($"There is no action {SentText.Line(action, 40)}.", "")]);
        var read = OpsgenieRequest.ReadAction(body, known.Action);
        if (!read.Ok) return Refuse(clock, desk, from!.Name, read.Problems);
        var key = OpsgenieAlerts.KeyOf(house.State, from!.Name, identifier, http.Request.Query["identifierType"].ToString());
        return await DoAsync(http, desk, clock, from, read.Value with { Key = key ?? identifier }, known.Name);
    }

    public static async Task<IResult> DeleteAsync(HttpContext http, string identifier, IntegrationDesk desk, IHouse house, TimeProvider clock)
    {
        var (from, _, refusal) = await OpenAsync(http, desk, clock);
        if (refusal is not null) return refusal;
        var key = OpsgenieAlerts.KeyOf(house.State, from!.Name, identifier, http.Request.Query["identifierType"].ToString());
        return await DoAsync(http, desk, clock, from, new DoorEvent { Action = DoorAction.End, Key = key ?? identifier, Details = "Its sender deleted it." }, "Delete");
    }

    public static async Task<IResult> ShowAsync(HttpContext http, string identifier, IntegrationDesk desk, IHouse house, TimeProvider clock)
    {
        var (from, _, refusal) = await OpenAsync(http, desk, clock);
        if (refusal is not null) return refusal;
        return OpsgenieAlerts.Find(house.State, from!.Name, identifier, http.Request.Query["identifierType"].ToString()) is { } alert
            ? Answer(clock, StatusCodes.Status200OK, ("data", OpsgenieAlerts.Show(alert, desk.Counts)))
            : Refuse(clock, desk, from.Name, [Problem.NotFound("Alert does not exist.", "")]);
    }

    public static async Task<IResult> ListAsync(HttpContext http, IntegrationDesk desk, IHouse house, TimeProvider clock)
    {
        var (from, _, refusal) = await OpenAsync(http, desk, clock);
        if (refusal is not null) return refusal;
        var asked = OpsgenieQuery.Read(http.Request.Query["query"].ToString(), http.Request.Query["offset"].ToString(), http.Request.Query["limit"].ToString());
        if (!asked.Ok) return Refuse(clock, desk, from!.Name, asked.Problems);
        return Answer(clock, StatusCodes.Status200OK, ("data", OpsgenieAlerts.List(house.State, from!.Name, asked.Value).Select(a => OpsgenieAlerts.Show(a, desk.Counts)).ToArray()));
    }

    public static async Task<IResult> RequestAsync(HttpContext http, string id, IntegrationDesk desk, IHouse house, TimeProvider clock)
    {
        var (from, _, refusal) = await OpenAsync(http, desk, clock);
        if (refusal is not null) return refusal;
        return OpsgenieRequestId.Read(id) is { } request && OpsgenieAlerts.Status(house.State, from!.Name, request) is { } status
            ? Answer(clock, StatusCodes.Status200OK, ("data", status), ("requestId", id))
            : Refuse(clock, desk, from!.Name, [Problem.NotFound("Request not found. It might not be processed, yet.", "")]);
    }

    private static async Task<IResult> DoAsync(HttpContext http, IntegrationDesk desk, TimeProvider clock, Integration from, DoorEvent said, string action)
    {
        try
        {
            var plan = desk.Plan(from, [said]);
            var answer = await desk.TakeAsync(from, [said], http.RequestAborted);
            if (!answer.Ok) return Refuse(clock, desk, from.Name, answer.Problems);
            // Of several the last is the one that stays: a louder alert takes the place of a quieter one.
            var alert = answer.Value.Taken.Count > 0 ? answer.Value.Taken[^1].Id : plan.Acknowledge.Count > 0 ? plan.Acknowledge[0].Alert : plan.Unacknowledge.Count > 0 ? plan.Unacknowledge[0] : "";
            var id = OpsgenieRequestId.Write(new(alert, action, said.Action != DoorAction.Tell && alert.Length == 0 ? OpsgenieResult.NoAlert : OpsgenieResult.Done, clock.Now()));
            return Answer(clock, StatusCodes.Status202Accepted, ("result", "Request will be processed"), ("requestId", id));
        }
        catch (StorageException e)
        {
            return Answer(clock, StatusCodes.Status503ServiceUnavailable, ("message", e.Message));
        }
    }

    private static async Task<(Integration? From, byte[] Body, IResult? Refusal)> OpenAsync(HttpContext http, IntegrationDesk desk, TimeProvider clock)
    {
        var (body, status, why) = await SentRequest.ReadAsync(http, Limit);
        if (body is null)
        {
            desk.Refused("", IntegrationKind.Opsgenie, [Problem.Invalid(why)]);
            return (null, [], Answer(clock, status == StatusCodes.Status503ServiceUnavailable ? StatusCodes.Status429TooManyRequests : status, ("message", why)));
        }

        var from = desk.Find(IntegrationKind.Opsgenie, KeyOf(http.Request), SentRequest.IsTrusted(http));
        if (from.Ok) return (from.Value, body, null);
        var denied = from.Problems[0].Kind == ProblemKind.Denied;
        return (null, [], Answer(clock, denied ? StatusCodes.Status401Unauthorized : SentRequest.StatusOf(from.Problems), ("message", denied ? "Could not authenticate: " + from.Problems[0].What : from.Problems[0].What)));
    }

    /// <summary>The key of <c>Authorization: GenieKey …</c>.</summary>
    internal static string KeyOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var sent && sent.StartsWith("GenieKey ", StringComparison.OrdinalIgnoreCase) ? sent[9..].Trim() : SentRequest.KeyOf(request);

    private static IResult Refuse(TimeProvider clock, IntegrationDesk desk, string sender, IReadOnlyList<Problem> problems)
    {
        desk.Refused(sender, IntegrationKind.Opsgenie, problems);
        var status = SentRequest.StatusOf(problems, StatusCodes.Status422UnprocessableEntity);
        if (status != StatusCodes.Status422UnprocessableEntity) return Answer(clock, status, ("message", problems[0].What));
        // Bytes that are no JSON are 400 there, fields that do not hold 422, each with its words.
        var fields = problems.Where(p => p.Path is not null).GroupBy(p => p.Path!).ToDictionary(g => g.Key, g => string.Join(" ", g.Select(p => p.What)));
        return fields.Count == 0
            ? Answer(clock, StatusCodes.Status400BadRequest, ("message", problems[0].What))
            : Answer(clock, status, ("message", "Request body is not processable. Please check the errors."), ("errors", fields));
    }

    internal static IResult Answer(TimeProvider clock, int status, params ReadOnlySpan<(string Name, object Value)> fields)
    {
        var answer = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in fields) answer[name] = value;
        answer["took"] = 0.001;
        answer.TryAdd("requestId", OpsgenieRequestId.Write(new("", "Ask", OpsgenieResult.Done, clock.Now())));
        return SentRequest.Json(answer, status);
    }
}
