using Microsoft.AspNetCore.Http;
using Nines.Alerting.Integrations.Formats;
using Nines.Kernel;

namespace Nines.Alerting.Integrations.Api;

/// <summary>
/// <c>POST /integrations/v1/{type}/{key}/</c>: the addresses of Grafana OnCall's integrations, so that its senders change
/// the host only. OnCall answers "Ok." in plain text.
/// </summary>
internal static class OnCallDoor
{
    private const int Limit = 8 * 1024 * 1024;

    public static async Task<IResult> TakeAsync(HttpContext http, string type, string key, IntegrationDesk desk)
    {
        if (type is not ("alertmanager" or "grafana" or "grafana_alerting" or "legacy_alertmanager" or "legacy_grafana" or "webhook" or "formatted_webhook"))
        {
            var unknown = Problem.NotFound($"There is no integration of the type {SentText.Line(type, 40)} here.", "Taken are alertmanager, grafana, webhook and formatted_webhook.");
            desk.Refused("", IntegrationKind.Grafana, [unknown]);
            return Refuse([unknown]);
        }

        var (body, status, why) = await SentRequest.ReadAsync(http, Limit);
        if (body is null)
        {
            desk.Refused("", IntegrationKind.Grafana, [Problem.Invalid(why)]);
            return Results.Text(why + "\n", statusCode: status);
        }

        var from = desk.Find(IntegrationKind.Grafana, key, SentRequest.IsTrusted(http));
        if (!from.Ok) return Refuse(from.Problems);
        var events = Read(type, body, from.Value, http.Request.ContentType ?? "");
        if (!events.Ok)
        {
            desk.Refused(from.Value.Name, from.Value.Kind, events.Problems);
            return Refuse(events.Problems);
        }

        var answer = await desk.TakeAsync(Keyed(from.Value, type), events.Value, http.RequestAborted);
        return answer.Ok ? Results.Text("Ok.") : Refuse(answer.Problems);
    }

    private static Outcome<IReadOnlyList<DoorEvent>> Read(string type, byte[] body, Integration from, string contentType)
    {
        if (type == "formatted_webhook") return OnCallMessage.ReadFormatted(body).Map<IReadOnlyList<DoorEvent>>(e => [e]);
        if (type != "webhook") return OnCallMessage.ReadGrafana(body);
        return EventBodies.Read(from, body, contentType, []);
    }

    // Each key is a sender of its own there; labels alone would mix two of them.
    private static Integration Keyed(Integration sender, string type) => type is "webhook" or "formatted_webhook" ? sender : sender with { Declared = true };

    private static IResult Refuse(IReadOnlyList<Problem> problems) => Results.Text(SentRequest.Words(problems) + "\n", statusCode: SentRequest.StatusOf(problems));
}
