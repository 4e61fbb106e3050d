using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Paging.Schedules.Api;

/// <summary>Calendars over HTTP: whoever has the secret address reads.</summary>
internal static class FeedApi
{
    // What is longer is no secret of ours.
    private const int LongestSecret = 100;

    public static void Register(Registration room)
    {
        room.Get("/ical/{secret}.ics", Permission.OwnProof("schedules", "the secret in the address"), Read);
        room.Post("/api/v1/schedules/{name}/feed", Permission.Write("schedules"), (HttpContext http, string name, bool? rotate, FeedDesk desk, TimeProvider clock, CancellationToken stop) => Set(http, name, "", rotate, desk, clock, stop));
        room.Post("/api/v1/oncall/people/{person}/feed", Permission.Write("schedules"), (HttpContext http, string person, bool? rotate, FeedDesk desk, TimeProvider clock, CancellationToken stop) => Set(http, "", person, rotate, desk, clock, stop));
    }

    private static IResult Read(HttpContext http, string secret, FeedDesk desk)
    {
        if (secret.Length > LongestSecret || desk.Read(secret) is not { } text)
            return Answers.Refuse(Problem.NotFound("There is no calendar at this address.", "Its secret may have been replaced; ask for the new address."));
        var body = Encoding.UTF8.GetBytes(text);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, max-age=300";
        if (http.Request.Headers.IfNoneMatch.Contains(tag)) return Results.StatusCode(StatusCodes.Status304NotModified);
        return Results.File(body, "text/calendar; charset=utf-8", "oncall.ics");
    }

    private static async Task<IResult> Set(HttpContext http, string schedule, string person, bool? rotate, FeedDesk desk, TimeProvider clock, CancellationToken stop) =>
        (await desk.SetAsync(http.Caller(), schedule, person, rotate == true, clock.Now(), stop)).ToAnswer();
}
