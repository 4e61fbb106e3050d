using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Responding.Runner.Api;

/// <summary>A command of the allow-list as doors show it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Parameters">Parameters with their patterns.</param>
/// <param name="Timeout">How long it may run.</param>
/// <param name="Repeatable">True where running it twice does no harm.</param>
internal sealed record AllowedView(string Name, string File, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Parameters, string Timeout, bool Repeatable);

/// <summary>A call as doors show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="About">What it belongs to.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Does">What it does.</param>
/// <param name="State"><c>waiting</c>, <c>running</c> or how it ended.</param>
/// <param name="AskedAt">When it was asked for.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="TookMs">How long it took.</param>
/// <param name="Observed">What came out.</param>
internal sealed record CallView(string Id, string About, string Kind, string Does, string State, Instant AskedAt, Instant? EndedAt, long TookMs, string Observed)
{
    public static CallView Of(RunnerCall call) => new(
        call.Id, call.About, call.Action.Kind, call.Action.Words, call.Verdict is { } verdict ? char.ToLowerInvariant(verdict.ToString()[0]) + verdict.ToString()[1..] : call.BeganAt is null ? "waiting" : "running",
        call.AskedAt, call.EndedAt, call.TookMs, call.Observed);
}

/// <summary>The allow-list and the calls over HTTP.</summary>
internal static class RunnerApi
{
    private static readonly IReadOnlyList<Column<AllowedView>> CommandColumns =
        [new("name", "Name", c => c.Name), new("file", "Program", c => c.File), new("arguments", "Arguments", c => string.Join(' ', c.Arguments)), new("timeout", "Timeout", c => c.Timeout)];

    private static readonly IReadOnlyList<Column<CallView>> CallColumns =
    [
        new("id", "Id", c => c.Id), new("about", "About", c => c.About), new("kind", "Kind", c => c.Kind), new("does", "Does", c => c.Does), new("state", "State", c => c.State),
        new("asked", "Asked", c => c.AskedAt), new("took", "Took (ms)", c => c.TookMs),
    ];

    public static IResult Commands(HttpRequest request, RunnerCalls calls) => TableExport.List(
        request, [.. calls.Allowed.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => new AllowedView(c.Key, c.Value.File, c.Value.Arguments, c.Value.Parameters, c.Value.Timeout, c.Value.Repeatable))], CommandColumns, "runner-commands");

    public static IResult Calls(HttpRequest request, IHouse house) => TableExport.List(
        request, [.. house.State.Get<RunnerBook>().Calls.Values.OrderByDescending(c => c.AskedAt).ThenByDescending(c => c.Id, StringComparer.Ordinal).Select(CallView.Of)], CallColumns, "runner-calls");

    public static IResult Call(string id, IHouse house) => house.State.Get<RunnerBook>().Calls.GetValueOrDefault(id) is { } call
        ? Results.Json(CallView.Of(call), HouseJson.Options)
        : Answers.Refuse(Problem.NotFound($"There is no call {id} any more.", $"The last {RunnerBook.EndedKept} are kept; list them with \"nines runner calls\"."));
}
