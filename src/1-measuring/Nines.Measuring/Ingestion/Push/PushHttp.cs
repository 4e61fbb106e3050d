using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Measuring.Ingestion.Push;

/// <summary>The HTTP door: <c>POST /api/v1/events</c> with JSON or NDJSON.</summary>
internal static class PushHttp
{
    private const int Limit = 8 * 1024 * 1024;

    private const int MaxKey = 200;

    /// <summary>The route's handler.</summary>
    public static async Task<IResult> AcceptAsync(HttpContext http, PushDoor door, TimeProvider clock)
    {
        var type = http.Request.ContentType ?? "";
        var lines = type.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/jsonl", StringComparison.OrdinalIgnoreCase);
        if (!lines && !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            return Refuse(StatusCodes.Status415UnsupportedMediaType, $"The content type \"{(type.Length > 60 ? type[..60] : type)}\" is not taken here.", "Send application/json or application/x-ndjson.");
        var (body, refusal) = await DoorBody.ReadAsync(http.Request, Limit, http.RequestAborted);
        if (refusal is not null) return Refuse(refusal.Status, refusal.What, "");
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > MaxKey) return Answers.Refuse(Problem.Invalid($"The Idempotency-Key is longer than {MaxKey} characters.", "Send a shorter one."));
        var read = PushReader.Read(body, lines, clock.UnixMs());
        if (!read.Ok) return Answers.Refuse(read.Problems);
        return (await door.AcceptAsync(read.Value, key.Length == 0 ? null : key, http.RequestAborted)).ToAnswer();
    }

    private static IResult Refuse(int status, string what, string remedy) =>
        Results.Json(new ProblemAnswer("/problems/invalid", what, status, remedy, [Problem.Invalid(what, remedy)]), HouseJson.Options, "application/problem+json", status);
}
