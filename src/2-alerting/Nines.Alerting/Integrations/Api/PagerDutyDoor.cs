using Microsoft.AspNetCore.Http;
using Nines.Alerting.Integrations.Formats;
using Nines.Kernel;
using Nines.Measuring.Changes;

namespace Nines.Alerting.Integrations.Api;

/// <summary>
/// <c>POST /v2/enqueue</c>: PagerDuty's Events API v2, with its answers. 202 comes after the commit; what cannot be done
/// now is 503, and 429 where many bodies are read at this moment (its client libraries try both again, some only that one).
/// </summary>
internal static class PagerDutyDoor
{
    // PagerDuty's own limit.
    private const int Limit = 512 * 1024;

    public static async Task<IResult> EnqueueAsync(HttpContext http, IntegrationDesk desk, IdSource ids, TimeProvider clock)
    {
        var (body, status, why) = await SentRequest.ReadAsync(http, Limit);
        if (body is null)
        {
            desk.Refused("", IntegrationKind.PagerDuty, [Problem.Invalid(why)]);
            return Refuse(status == StatusCodes.Status503ServiceUnavailable ? StatusCodes.Status429TooManyRequests : status, [why]);
        }

        var read = PagerDutyEvent.Read(body);
        if (!read.Ok)
        {
            desk.Refused("", IntegrationKind.PagerDuty, read.Problems);
            return Refuse(StatusCodes.Status400BadRequest, [.. read.Problems.Select(p => p.What)]);
        }

        var from = desk.Find(IntegrationKind.PagerDuty, read.Value.RoutingKey, SentRequest.IsTrusted(http));
        if (!from.Ok) return Refuse(SentRequest.StatusOf(from.Problems) is 503 ? 503 : 400, [from.Problems[0].Kind == ProblemKind.Denied ? "'routing_key' is not known here" : from.Problems[0].What]);
        // A trigger without a key is an alert of its own; the sender learns the key from the answer.
        var said = read.Value.Event.Key.Length > 0 ? read.Value.Event : read.Value.Event with { Key = ids.Next(clock.Now()) };
        try
        {
            var answer = await desk.TakeAsync(from.Value, [said], http.RequestAborted);
            return answer.Ok
                ? SentRequest.Json(new { status = "success", message = "Event processed", dedup_key = said.Key }, StatusCodes.Status202Accepted)
                : Refuse(SentRequest.StatusOf(answer.Problems), [.. answer.Problems.Select(p => p.What)]);
        }
        catch (StorageException e)
        {
            return Refuse(StatusCodes.Status503ServiceUnavailable, [e.Message]);
        }
    }

    /// <summary><c>POST /v2/change/enqueue</c>: a change event, for the room of changes.</summary>
    public static async Task<IResult> ChangeAsync(HttpContext http, IntegrationDesk desk, ChangeDesk changes)
    {
        var (body, status, why) = await SentRequest.ReadAsync(http, Limit);
        if (body is null) return Refuse(status == StatusCodes.Status503ServiceUnavailable ? StatusCodes.Status429TooManyRequests : status, [why]);
        var read = PagerDutyChange.Read(body);
        if (!read.Ok) return Refuse(StatusCodes.Status400BadRequest, [.. read.Problems.Select(p => p.What)]);
        var from = desk.Find(IntegrationKind.PagerDuty, read.Value.RoutingKey, SentRequest.IsTrusted(http));
        if (!from.Ok) return Refuse(SentRequest.StatusOf(from.Problems) is 503 ? 503 : 400, [from.Problems[0].Kind == ProblemKind.Denied ? "'routing_key' is not known here" : from.Problems[0].What]);
        var told = read.Value.Change.Service.Length > 0 ? read.Value.Change : read.Value.Change with { Service = from.Value.Service };
        try
        {
            var recorded = await changes.RecordAsync(Actor.Door(from.Value.Name), [told], list: false, http.RequestAborted);
            return recorded.Ok
                ? SentRequest.Json(new { status = "success", message = "Change event processed", id = recorded.Value[0].Id }, StatusCodes.Status202Accepted)
                : Refuse(SentRequest.StatusOf(recorded.Problems), [.. recorded.Problems.Select(p => p.ToString())]);
        }
        catch (StorageException e)
        {
            return Refuse(StatusCodes.Status503ServiceUnavailable, [e.Message]);
        }
    }

    internal static IResult Refuse(int status, IReadOnlyList<string> errors) => SentRequest.Json(
        status < 500 ? new { status = "invalid event", message = "Event object is invalid", errors } : new { status = "unavailable", message = "The event was not taken; send it again", errors }, status);
}
