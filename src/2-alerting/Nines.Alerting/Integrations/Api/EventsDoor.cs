using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Integrations.Api;

/// <summary><c>POST /in/events/{source}</c>: any JSON, form or text. <c>curl -d 'disk full' …/in/events/backup</c> is a whole call.</summary>
internal static class EventsDoor
{
    private const int Limit = 1024 * 1024;

    public static async Task<IResult> TakeAsync(HttpContext http, string source, IntegrationDesk desk)
    {
        var (body, status, why) = await SentRequest.ReadAsync(http, Limit);
        if (body is null)
        {
            var problem = Problem.Invalid(why, "Send fewer events at once.");
            desk.Refused("", IntegrationKind.Events, [problem]);
            return Results.Json(new ProblemAnswer("/problems/request", problem.What, status, problem.Remedy, [problem]), HouseJson.Options, "application/problem+json", status);
        }

        var from = desk.Named(IntegrationKind.Events, source, SentRequest.KeyOf(http.Request), SentRequest.IsTrusted(http));
        if (!from.Ok) return Answers.Refuse(from.Problems);
        var events = EventBodies.Read(from.Value, body, http.Request.ContentType ?? "", Query(http.Request));
        if (!events.Ok)
        {
            desk.Refused(from.Value.Name, from.Value.Kind, events.Problems);
            return Answers.Refuse(events.Problems);
        }

        var answer = await desk.TakeAsync(from.Value, events.Value, http.RequestAborted);
        if (!answer.Ok) return Answers.Refuse(answer.Problems);
        return Results.Json(new EventsAnswer([.. answer.Value.Taken.Select(t => new TakenEvent(t.Id, t.As.ToString().ToLowerInvariant()))], answer.Value.Acknowledged), HouseJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static List<KeyValuePair<string, string>> Query(HttpRequest request) =>
        [.. request.Query.Where(q => q.Key != "key").Select(q => new KeyValuePair<string, string>(q.Key, q.Value.ToString()))];
}

/// <summary>What became of posted events.</summary>
/// <param name="Alerts">One for each that fires or ended.</param>
/// <param name="Acknowledged">How many somebody is at now.</param>
public sealed record EventsAnswer(IReadOnlyList<TakenEvent> Alerts, int Acknowledged);

/// <summary>What became of one event.</summary>
/// <param name="Alert">Its alert; empty for the end of something unknown.</param>
/// <param name="As"><c>new</c>, <c>reopened</c>, <c>renewed</c>, <c>resolved</c> or <c>unknown</c>.</param>
public sealed record TakenEvent(string Alert, string As);
