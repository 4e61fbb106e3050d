using Nines.Kernel;

namespace Nines.Responding.Runner;

/// <summary>How a call ended.</summary>
public enum RunnerVerdict
{
    /// <summary>What came out is what was expected.</summary>
    AsExpected,

    /// <summary>It was done, and what came out is not what was expected.</summary>
    Unexpected,

    /// <summary>It could not be done, or not to its end.</summary>
    Failed,

    /// <summary>The house stopped in the middle: what was done is not known, and somebody must look.</summary>
    Unknown,

    /// <summary>It was called off before its end.</summary>
    CalledOff,
}

/// <summary>Something shall be done outside the house. Durable before anybody tries.</summary>
/// <param name="Id">The call; also its effect in the outbox, and what receivers see.</param>
/// <param name="About">What it belongs to: <c>run/ID/STEP</c>, <c>remedy/ID</c>, <c>remedy/ID/STEP</c>.</param>
/// <param name="Action">What is done, with its labels filled in, as whoever approved it saw it.</param>
/// <param name="By">Who approved it; empty for nobody.</param>
/// <param name="Once">True where it is never done again after a crash in its middle, whatever its action says: other calls follow it.</param>
[EventType("runner.called.v1")]
public sealed record RunnerCalled(string Id, string About, RunnerAction Action, string By, bool Once = false);

/// <summary>A call that changes something begins: from now on it may have been done.</summary>
/// <param name="Id">The call.</param>
/// <param name="Attempt">From 1.</param>
[EventType("runner.began.v1")]
public sealed record RunnerBegan(string Id, int Attempt);

/// <summary>A call is over.</summary>
/// <param name="Id">The call.</param>
/// <param name="About">What it belongs to.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Observed">What came out, cut and without secrets.</param>
/// <param name="TookMs">How long it took, in milliseconds.</param>
[EventType("runner.ended.v1")]
public sealed record RunnerEnded(string Id, string About, RunnerVerdict Verdict, string Observed, long TookMs);
