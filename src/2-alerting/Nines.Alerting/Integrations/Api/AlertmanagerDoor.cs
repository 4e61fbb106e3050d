using Microsoft.AspNetCore.Http;
using Nines.Alerting.Integrations.Formats;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Integrations.Api;

/// <summary><c>POST /in/alertmanager[/{name}]</c>: Alertmanager's webhook, version 4. Any 2xx means durable; 5xx is tried again by Alertmanager, 4xx never.</summary>
internal static class AlertmanagerDoor
{
    private const int Limit = 8 * 1024 * 1024;

    public static Task<IResult> AnyAsync(HttpContext http, IntegrationDesk desk) =>
        TakeAsync(http, desk, key => desk.Find(IntegrationKind.Alertmanager, key, SentRequest.IsTrusted(http)));

    public static Task<IResult> NamedAsync(HttpContext http, string name, IntegrationDesk desk) =>
        TakeAsync(http, desk, key => desk.Named(IntegrationKind.Alertmanager, name, key, SentRequest.IsTrusted(http)));

    private static async Task<IResult> TakeAsync(HttpContext http, IntegrationDesk desk, Func<string, Outcome<Integration>> find)
    {
        var (body, status, why) = await SentRequest.ReadAsync(http, Limit);
        if (body is null) return Refuse(desk, "", status, Problem.Invalid(why, "Set max_alerts at the receiver."));
        var from = find(SentRequest.KeyOf(http.Request));
        if (!from.Ok) return Answers.Refuse(from.Problems);
        var events = AlertmanagerWebhook.Read(body);
        if (!events.Ok)
        {
            desk.Refused(from.Value.Name, from.Value.Kind, events.Problems);
            return Answers.Refuse(events.Problems);
        }

        var answer = await desk.TakeAsync(from.Value, events.Value, http.RequestAborted);
        return answer.Ok ? Results.Text("taken\n") : Answers.Refuse(answer.Problems);
    }

    private static IResult Refuse(IntegrationDesk desk, string sender, int status, Problem problem)
    {
        desk.Refused(sender, IntegrationKind.Alertmanager, [problem]);
        return Results.Json(new ProblemAnswer("/problems/request", problem.What, status, problem.Remedy, [problem]), HouseJson.Options, "application/problem+json", status);
    }
}
