using Microsoft.AspNetCore.Http;
using Nines.Alerting.Integrations.Formats;
using Nines.Kernel;

namespace Nines.Alerting.Integrations.Api;

/// <summary><c>POST /victorops/{key}[/{route}]</c>, and VictorOps' own path below <c>/integrations/generic/20131114/alert</c>.</summary>
internal static class VictorOpsDoor
{
    private const int Limit = 1024 * 1024;

    public static Task<IResult> WithoutRouteAsync(HttpContext http, string key, IntegrationDesk desk, IdSource ids, TimeProvider clock) => TakeAsync(http, key, "", desk, ids, clock);

    public static async Task<IResult> TakeAsync(HttpContext http, string key, string route, IntegrationDesk desk, IdSource ids, TimeProvider clock)
    {
        var (body, status, why) = await SentRequest.ReadAsync(http, Limit);
        if (body is null)
        {
            desk.Refused("", IntegrationKind.VictorOps, [Problem.Invalid(why)]);
            return Refuse(status, why);
        }

        var from = desk.Find(IntegrationKind.VictorOps, key, SentRequest.IsTrusted(http));
        if (!from.Ok) return Refuse(SentRequest.StatusOf(from.Problems), SentRequest.Words(from.Problems));
        var read = VictorOpsMessage.Read(body, route);
        if (!read.Ok)
        {
            desk.Refused(from.Value.Name, from.Value.Kind, read.Problems);
            return Refuse(StatusCodes.Status400BadRequest, SentRequest.Words(read.Problems));
        }

        var said = read.Value.Key.Length > 0 ? read.Value : read.Value with { Key = ids.Next(clock.Now()) };
        try
        {
            var answer = await desk.TakeAsync(from.Value, [said], http.RequestAborted);
            return answer.Ok ? SentRequest.Json(new { result = "success", entity_id = said.Key }, StatusCodes.Status200OK) : Refuse(SentRequest.StatusOf(answer.Problems), SentRequest.Words(answer.Problems));
        }
        catch (StorageException e)
        {
            return Refuse(StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    private static IResult Refuse(int status, string messages) => SentRequest.Json(new { result = "failure", messages }, status);
}
