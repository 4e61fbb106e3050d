using Nines.Kernel;
using Nines.Responding.Runner;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>Remedies as calls of the runner: one call, or one for each step of a plan, each behind the end of the one before.</summary>
internal static class RemedyCalls
{
    private const int Longest = 4_000;

    private const string Page = "/remediation";

    /// <summary>Begins a remedy; its id.</summary>
    public static Outcome<string> Begin(Deciding deciding, RunnerCalls calls, string id, RunnerAction action, RemedyPlan? plan, string by)
    {
        var first = plan?.Steps[0];
        var call = Call(deciding, calls, id, first, action, by);
        if (!call.Ok) return call;
        deciding.Write(RemedyBook.StreamOf(id), new RemedyBegun(id, call.Value, by));
        if (first is not null) deciding.Write(RemedyBook.StreamOf(id), new RemedyStepBegun(id, first.Key, call.Value));
        return id;
    }

    /// <summary>What follows from the end of a call: the next step begins in the commit of that end, or the remedy goes on to its judgement.</summary>
    public static void End(Deciding deciding, RunnerCalls calls, Remedy remedy, RunnerEnded ended, Duration within)
    {
        var observed = RunnerText.Cut(ended.Observed, Longest);
        var stream = RemedyBook.StreamOf(remedy.Id);
        if (remedy.Plan is not { } plan)
        {
            deciding.Write(stream, After(remedy.Id, ended.Verdict, observed, deciding.Now + within));
            return;
        }

        var at = remedy.Steps.Count - 1;
        deciding.Write(stream, new RemedyStepEnded(remedy.Id, plan.Steps[at].Key, ended.Id, ended.Verdict, observed));
        if (ended.Verdict != RunnerVerdict.AsExpected || at + 1 == plan.Steps.Count)
        {
            deciding.Write(stream, After(remedy.Id, plan, at, ended.Verdict, observed, deciding.Now + within));
            return;
        }

        var next = plan.Steps[at + 1];
        var call = Call(deciding, calls, remedy.Id, next, next.Action, remedy.By);
        deciding.Write(stream, call.Ok ? new RemedyStepBegun(remedy.Id, next.Key, call.Value) : new RemedyJudged(remedy.Id, false, $"{Said(plan, at + 1)}, could not begin: {call.Problems[0].What}"));
    }

    /// <summary>What follows from the end of an action. Pure.</summary>
    internal static object After(string id, RunnerVerdict verdict, string observed, Instant judgedBy) => verdict switch
    {
        RunnerVerdict.CalledOff => new RemedyLapsed(id, observed),
        // What nobody knows may have helped: the symptom tells.
        RunnerVerdict.AsExpected or RunnerVerdict.Unknown => new RemedyDone(id, observed, judgedBy),
        _ => new RemedyJudged(id, false, $"It could not be done: {observed}"),
    };

    /// <summary>What follows from the end of a step behind which nothing is done any more. Pure.</summary>
    internal static object After(string id, RemedyPlan plan, int at, RunnerVerdict verdict, string observed, Instant judgedBy)
    {
        var rest = at + 1 < plan.Steps.Count;
        return verdict switch
        {
            RunnerVerdict.CalledOff => new RemedyLapsed(id, $"{observed}\nIt was at {Lower(Said(plan, at))}.{(rest ? " What follows is not done." : "")}"),
            RunnerVerdict.AsExpected => new RemedyDone(id, "Every step came out as expected.", judgedBy),
            RunnerVerdict.Unknown => new RemedyDone(id, $"The house stopped in the middle of {Lower(Said(plan, at))}: what it did is not known{(rest ? ", and what follows is not done" : "")}.", judgedBy),
            RunnerVerdict.Unexpected => new RemedyJudged(id, false, $"{Said(plan, at)}, came out otherwise than expected: {observed}"),
            _ => new RemedyJudged(id, false, $"{Said(plan, at)}, could not be done: {observed}"),
        };
    }

    /// <summary>A step as people say it: <c>Step 2 of 3, Restart it</c>.</summary>
    internal static string Said(RemedyPlan plan, int at) => $"Step {at + 1} of {plan.Steps.Count}, {plan.Steps[at].Text}";

    private static string Lower(string said) => "s" + said[1..];

    // A step is never done a second time: what is behind it was decided from its first end.
    private static Outcome<string> Call(Deciding deciding, RunnerCalls calls, string id, RemedyStep? step, RunnerAction action, string by) =>
        calls.Call(deciding, step?.Action ?? action, RemedyEnds.About(id, step?.Key ?? ""), by, Page, once: step is not null);
}
