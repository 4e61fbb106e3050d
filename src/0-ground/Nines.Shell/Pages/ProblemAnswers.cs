using Microsoft.AspNetCore.Http;
using Nines.Kernel;

namespace Nines.Shell.Pages;

/// <summary>
/// Gives a person a page where a program gets RFC 9457: the same problems, the same status. Also answers addresses
/// that no room has.
/// </summary>
public sealed class ProblemAnswers(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);
        if (http.Response.HasStarted || http.Response.ContentType is not null) return;
        // For a wrong method or media type the router has endpoints of its own, which answer without words.
        if (http.Response.StatusCode is StatusCodes.Status405MethodNotAllowed or StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType) await WordlessAsync(http);
        if (http.Response.StatusCode != StatusCodes.Status404NotFound || http.GetEndpoint() is not null) return;
        await Refuse(http, Problem.NotFound($"There is nothing at {http.Request.Path}.", "Start at the overview, or find it by name.")).ExecuteAsync(http);
    }

    private static Task WordlessAsync(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var problem = status == StatusCodes.Status405MethodNotAllowed
            ? Problem.Invalid($"{http.Request.Path} takes no {http.Request.Method}.", $"It takes {http.Response.Headers.Allow}.")
            : status == StatusCodes.Status413PayloadTooLarge ? Problem.Invalid("The body is larger than the 16 MiB that are taken at once.", "Send it in smaller parts.")
            : Problem.Invalid($"{http.Request.Path} takes no such content type.", "Send application/json, or what /openapi.json says.");
        var answer = new ProblemAnswer("/problems/request", problem.What, status, problem.Remedy, [problem]);
        return Results.Json(answer, HouseJson.Options, "application/problem+json", answer.Status).ExecuteAsync(http);
    }

    /// <summary>A page for a person, RFC 9457 for a program.</summary>
    public static IResult Refuse(HttpContext http, params IReadOnlyList<Problem> problems) => WantsPage(http.Request)
        ? new PageResult<ProblemPage>(new Dictionary<string, object?> { ["Problems"] = problems }, Answers.StatusFor(problems))
        : Answers.Refuse(problems);

    /// <summary>True for a browser that shows what it gets.</summary>
    internal static bool WantsPage(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) && !request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
}
