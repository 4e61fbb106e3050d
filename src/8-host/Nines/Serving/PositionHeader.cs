using System.Globalization;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Host;

/// <summary>
/// Read-your-writes over several nodes: the answer of an unsafe method carries the journal position that it saw
/// (<c>Nines-Position</c>); a request that brings one waits until this node has caught up with it.
/// </summary>
internal sealed class PositionHeader(RequestDelegate next, IHouse house, TimeProvider clock)
{
    private const string Name = "Nines-Position";

    // A node that is behind by more than this is broken, not slow: entries of other nodes arrive within milliseconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Headers[Name].ToString() is { Length: > 0 } asked && await RefusalAsync(asked, http.RequestAborted) is { } problem)
        {
            if (problem.Kind == ProblemKind.Unavailable) http.Response.Headers.RetryAfter = "1";
            await Answers.Refuse(problem).ExecuteAsync(http);
            return;
        }

        var method = http.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method)) http.Response.OnStarting(Tell, (http, house));
        await next(http);
    }

    // What was decided for this request is published before its answer starts, so the present position covers it.
    private static Task Tell(object state)
    {
        var (http, house) = ((HttpContext, IHouse))state;
        http.Response.Headers[Name] = house.State.Position.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    private async Task<Problem?> RefusalAsync(string asked, CancellationToken stop)
    {
        if (!long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return Problem.Invalid($"\"{(asked.Length > 40 ? asked[..40] : asked)}\" is no journal position.", $"Send the {Name} of an earlier answer, or leave the header out.", Name);
        return await house.ReachAsync(position, Patience, clock, stop)
            ? null
            : new(ProblemKind.Unavailable, $"This node stands at position {house.State.Position} and has not caught up with {position} within {Patience.TotalSeconds:0} s.", $"Send it again, or ask the node that answered with {position}.");
    }
}
