using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Runner;

/// <summary>What came of a try.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Observed">What came out.</param>
internal sealed record RunnerResult(RunnerVerdict Verdict, string Observed);

/// <summary>
/// Takes calls out of the house. That one begins is durable before it does; where that stands in the journal and no end
/// does, the house stopped in the middle, and only what may be repeated is done again.
/// </summary>
internal sealed class RunnerSender(IHouse house, HttpRun http, ProcessRun process, QueryRun query, TimeProvider clock) : IOutboxSender
{
    public const string KindOfEffects = "runner";

    public const string Unknown = "The house stopped while it ran: what was done is not known. Look, then do it again or go on.";

    public const string TooLate = "It did not begin within 10 minutes of its approval, and is not done any more: things may look different by now. Approve it again.";

    private static readonly Duration Latest = Duration.FromMinutes(10);

    private const int LongestObserved = 64 * 1024;

    public string Kind => KindOfEffects;

    // Each try ends by its own time limit; this one only guards against what does not.
    public Duration Timeout => RunnerAction.LongestTimeout + Duration.FromMinutes(1);

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop)
    {
        if (house.State.Get<RunnerBook>().Calls.GetValueOrDefault(delivery.Id) is not { } call) return new(SendVerdict.Refused, "Nothing is known of this call any more.");
        if (call.EndedAt is not null) return new(SendVerdict.Accepted, "It is over already.");
        if (call.BeganAt is not null && (call.Once || !process.MayRepeat(call.Action))) return await EndAsync(call, new(RunnerVerdict.Unknown, Unknown), 0);
        // The house was down, or others were before it.
        if (call.BeganAt is null && clock.Now() - call.AskedAt > Latest) return await EndAsync(call, new(RunnerVerdict.Failed, TooLate), 0);
        if (call.Once || !call.Action.Reads) await BeginAsync(call, delivery.Attempt, stop);
        var began = clock.GetTimestamp();
        var result = await RunAsync(call, stop);
        return await EndAsync(call, result, (long)clock.GetElapsedTime(began).TotalMilliseconds);
    }

    private Task<RunnerResult> RunAsync(RunnerCall call, CancellationToken stop) => call.Action switch
    {
        { Http: { } asked } => http.RunAsync(call.Id, asked, call.Action.Timeout, stop),
        { Command: { } asked } => process.RunAsync(asked, call.Action.Timeout, stop),
        { Query: { } asked } => query.RunAsync(asked, call.Action.Timeout, stop),
        _ => Task.FromResult(new RunnerResult(RunnerVerdict.Failed, "Nothing here does this.")),
    };

    private Task<Decided<bool>> BeginAsync(RunnerCall call, int attempt, CancellationToken stop) => house.DecideAsync(Actor.Duty("runner"), deciding =>
    {
        deciding.Write(RunnerBook.StreamOf(call.Id), new RunnerBegan(call.Id, attempt));
        return Outcome<bool>.Of(true);
    }, stop: stop);

    private async Task<SendOutcome> EndAsync(RunnerCall call, RunnerResult result, long took)
    {
        var observed = RunnerText.Cut(result.Observed, LongestObserved);
        await house.DecideAsync(Actor.Duty("runner"), deciding =>
        {
            if (deciding.State.Get<RunnerBook>().Calls.GetValueOrDefault(call.Id) is { EndedAt: null }) deciding.Write(RunnerBook.StreamOf(call.Id), new RunnerEnded(call.Id, call.About, result.Verdict, observed, took));
            return Outcome<bool>.Of(true);
        }, stop: CancellationToken.None);
        return new(result.Verdict is RunnerVerdict.AsExpected or RunnerVerdict.Unexpected ? SendVerdict.Accepted : SendVerdict.Refused, RunnerText.Cut(result.Observed, 200));
    }
}
