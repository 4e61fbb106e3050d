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
                return Results.Json(new ProblemAnswer("/problems/too-large", "The body is larger than this door takes.", large.StatusCode, "Send it in smaller parts.", []), HouseJson.Options, "application/problem+json", large.StatusCode);
            case BadHttpRequestException { InnerException: JsonException json }:
                return Answers.Refuse(Problem.Invalid("The body is not the JSON that this route takes: " + json.Message, "Mend the body and send it again.", json.Path));
            case BadHttpRequestException bad:
                return Answers.Refuse(Problem.Invalid(bad.Message, "Mend the request and send it again."));
            case StorageException storage:
                LogFailure(log, context.Request.Path, e);
                return Answers.Refuse(new Problem(ProblemKind.Unavailable, storage.Message, "Nothing was changed; send it again once that is mended."));
            default:
                LogFailure(log, context.Request.Path, e);
                return Results.Json(new ProblemAnswer("/problems/internal", "Nines failed at this request; its log says why.", 500, "Nothing was changed. Please report it.", []), HouseJson.Options, "application/problem+json", 500);
        }
    }

    [LoggerMessage(8001, LogLevel.Error, "The request {Path} failed")]
    private static partial void LogFailure(ILogger log, string path, Exception e);
}
