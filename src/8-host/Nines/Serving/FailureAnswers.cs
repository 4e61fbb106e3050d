using System.Text.Json;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Host;

/// <summary>Turns what a handler throws into an answer in the house's form; details of bugs stay in the log.</summary>
internal sealed partial class FailureAnswers(RequestDelegate next, ILogger<FailureAnswers> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            if (EncodedInVain(context) is { } encoding) throw new BadHttpRequestException($"A body encoded as \"{encoding}\" is not taken here; send it as it is.", StatusCodes.Status415UnsupportedMediaType);
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await Answer(context, e).ExecuteAsync(context);
        }
    }

    private IResult Answer(HttpContext context, Exception e)
    {
        switch (e)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large:
                return Plain("/problems/too-large", Problem.Invalid("The body is larger than the 16 MiB that are taken at once.", "Send it in smaller parts."), large.StatusCode);
            case BadHttpRequestException { InnerException: JsonException json }:
                return Answers.Refuse(Problem.Invalid(Sentence(json), "Mend the body and send it again; /openapi.json says what it takes.", json.Path));
            case BadHttpRequestException { StatusCode: not StatusCodes.Status400BadRequest } other:
                return Plain("/problems/request", Problem.Invalid(other.Message, "Mend the request and send it again."), other.StatusCode);
            case BadHttpRequestException bad:
                return Answers.Refuse(Problem.Invalid(bad.Message.Contains("body was provided", StringComparison.Ordinal) ? "The request has no body." : bad.Message, "Mend the request and send it again; /openapi.json says what it takes."));
            // Forms that are none, break off, or have more fields than anybody fills in.
            case InvalidOperationException when context.Request.ContentType is not null && !context.Request.HasFormContentType && e.Message.StartsWith("Incorrect Content-Type", StringComparison.Ordinal):
                return Plain("/problems/request", Problem.Invalid("This address takes a form.", "Send it from its page, or use /api/v1."), StatusCodes.Status415UnsupportedMediaType);
            case InvalidDataException or IOException and not StorageException when context.Request.HasFormContentType:
                return Answers.Refuse(Problem.Invalid("The form cannot be read.", "Send it from its page, or use /api/v1."));
            case StorageException storage:
                LogFailure(log, context.Request.Path, e);
                return Answers.Refuse(new Problem(ProblemKind.Unavailable, storage.Message, "Nothing was changed; send it again once that is mended."));
            default:
                LogFailure(log, context.Request.Path, e);
                return Results.Json(new ProblemAnswer("/problems/internal", "Nines failed at this request; its log says why.", 500, "Nothing was changed. Please report it.", []), HouseJson.Options, "application/problem+json", 500);
        }
    }

    private static string? EncodedInVain(HttpContext context)
    {
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return null;
        if (context.GetEndpoint() is not { } door || door.Metadata.GetMetadata<TakesEncodedBodies>() is not null) return null;
        return encoding.Length > 40 ? encoding[..40] : encoding;
    }

    // The reader's own words name types of this program; the path says more.
    private static string Sentence(JsonException json) => json.Message.Contains("could not be converted", StringComparison.Ordinal)
        ? $"The value at {json.Path} is not of the kind that belongs there (line {json.LineNumber + 1})."
        : $"The body is not the JSON that this route takes, from line {json.LineNumber + 1}, byte {json.BytePositionInLine} on.";

    private static IResult Plain(string type, Problem problem, int status) =>
        Results.Json(new ProblemAnswer(type, problem.What, status, problem.Remedy, [problem]), HouseJson.Options, "application/problem+json", status);

    [LoggerMessage(8001, LogLevel.Error, "The request {Path} failed")]
    private static partial void LogFailure(ILogger log, string path, Exception e);
}
