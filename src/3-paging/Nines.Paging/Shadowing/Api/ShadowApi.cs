using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Paging.Shadowing.Formats;
using Nines.Shell;
using NodaTime;

namespace Nines.Paging.Shadowing.Api;

/// <summary>The comparison over HTTP, and the old pager's log.</summary>
internal static class ShadowApi
{
    private const int Limit = 32 * 1024 * 1024;
    private static readonly Duration Longest = Duration.FromDays(400);

    /// <summary><c>?since=7d</c>.</summary>
    public static IResult Show(HttpRequest request, ShadowDesk desk, TimeProvider clock)
    {
        var over = Over(request.Query["since"].ToString());
        return over.Ok ? Results.Json(desk.Report(over.Value, clock.Now()), HouseJson.Options) : Answers.Refuse(over.Problems);
    }

    /// <summary>Answers of the old pager's API, one or a list of them.</summary>
    public static async Task<IResult> ImportAsync(HttpContext http, string mode, ShadowDesk desk)
    {
        if (desk.Find(mode) is not { } known) return Answers.Refuse(Problem.NotFound($"There is no ShadowMode \"{mode}\".", "List them with \"nines get ShadowMode\"."));
        var (outcome, body) = await BoundedBody.ReadAsync(http.Request.Body, Limit, BodyBudget.For(http), http.RequestAborted);
        if (outcome == BodyOutcome.TooLarge) return Answers.Refuse(StatusCodes.Status413PayloadTooLarge, Problem.Invalid($"The log is larger than {Limit / (1024 * 1024)} MiB.", "Bring it in parts."));
        if (outcome != BodyOutcome.Whole) return Answers.Refuse(new Problem(ProblemKind.Unavailable, BodyLease.Full));
        var read = OutsideJson.ReadLog(known.Beside, body);
        if (!read.Ok) return Answers.Refuse(read.Problems);
        if (read.Value.Count == 0) return Answers.Refuse(Problem.Invalid($"There is no page of {known.Title} in it.", $"Save {Wanted(known.Beside)}."));
        var heard = await desk.HearAsync(http.Caller(), known, read.Value, http.RequestAborted);
        return heard.Ok ? Results.Json(new ShadowImported(read.Value.Select(n => n.Id).Distinct(StringComparer.Ordinal).Count(), heard.Value), HouseJson.Options) : Answers.Refuse(heard.Problems);
    }

    /// <summary>How far to look back.</summary>
    public static Outcome<Duration> Over(string text)
    {
        if (text.Length == 0) return Duration.FromDays(7);
        return FieldDuration.TryParse(text, out var over) && over >= Duration.FromMinutes(1) && over <= Longest ? over
            : Problem.Invalid($"\"{text}\" is no time to look back.", "Write one such as 7d, from 1m to 400d.", "since");
    }

    private static string Wanted(string pager) => pager switch
    {
        OldPagers.PagerDuty => "the answers of /incidents and /log_entries",
        OldPagers.Opsgenie => "the answers of /v2/alerts, each alert with its recipients",
        OldPagers.OnCall => "the answers of /api/v1/alert_groups",
        _ => "a GraphQL answer with alerts { nodes { … recentEvents { nodes { message timestamp } } } }",
    };
}

/// <summary>What an import of a log came to.</summary>
/// <param name="Pages">Pages in it.</param>
/// <param name="News">How many of them said something new.</param>
internal sealed record ShadowImported(int Pages, int News);
