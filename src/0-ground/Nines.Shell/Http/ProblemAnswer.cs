using Microsoft.AspNetCore.Http;
using Nines.Kernel;

namespace Nines.Shell;

/// <summary>Problems as an HTTP answer: RFC 9457, with every problem of the house beside the standard members.</summary>
/// <param name="Type">A stable URI reference of the sort of problem.</param>
/// <param name="Title">The first sentence.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">The remedy of the first problem.</param>
/// <param name="Problems">All of them.</param>
public sealed record ProblemAnswer(string Type, string Title, int Status, string Detail, IReadOnlyList<Problem> Problems);

/// <summary>Turns outcomes into answers, the same way at every route.</summary>
public static class Answers
{
    // Nobody mends more at a time, and an answer must not be a thousand times its question.
    private const int Most = 1000;

    /// <summary>The value as JSON, or the problems as RFC 9457.</summary>
    public static IResult ToAnswer<T>(this Outcome<T> outcome) => outcome.Ok
        ? Results.Json(outcome.Value, HouseJson.Options)
        : Refuse(outcome.Problems);

    /// <summary>Problems as RFC 9457; the gravest kind gives the status.</summary>
    public static IResult Refuse(params IReadOnlyList<Problem> problems) => Refuse(null, problems);

    /// <summary>Problems as RFC 9457 with a status of their own, such as 401 or 429.</summary>
    public static IResult Refuse(int status, Problem problem) => Refuse((int?)status, [problem]);

    private static IResult Refuse(int? own, IReadOnlyList<Problem> problems)
    {
        if (problems.Count > Most) problems = [.. problems.Take(Most), problems[0] with { What = $"There are {problems.Count - Most} more problems.", Remedy = "Mend these first.", Path = null, Place = null }];
        var gravest = StatusFor(problems);
        var status = own ?? gravest;
        var first = problems.First(p => StatusFor(p.Kind) == gravest);
        var type = $"/problems/{first.Kind.ToString().ToLowerInvariant()}";
        return Results.Json(
            new ProblemAnswer(type, first.What, status, first.Remedy, problems), HouseJson.Options, "application/problem+json", status);
    }

    /// <summary>The status of the gravest problem.</summary>
    internal static int StatusFor(IReadOnlyList<Problem> problems) => problems.Max(p => StatusFor(p.Kind));

    private static int StatusFor(ProblemKind kind) => kind switch
    {
        ProblemKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        ProblemKind.Conflict => StatusCodes.Status409Conflict,
        ProblemKind.Denied => StatusCodes.Status403Forbidden,
        ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status200OK,
    };
}
