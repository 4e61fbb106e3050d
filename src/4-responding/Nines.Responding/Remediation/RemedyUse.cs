using System.Collections.Immutable;
using Nines.Kernel;
using Nines.Responding.Runbooks;
using Nines.Responding.Runner;

namespace Nines.Responding.Remediation;

/// <summary>What a remedy tells the runbook that it followed.</summary>
internal static class RemedyUse
{
    /// <summary>Counts a remedy that is over; nothing where it never began, or followed no runbook.</summary>
    public static void Count(Deciding deciding, string id, bool? helped)
    {
        if (deciding.State.Get<RemedyBook>().All.GetValueOrDefault(id) is { Begun: true, Plan: { } plan } remedy)
            deciding.Write(new StreamName("runbook", plan.Runbook), new RunbookUsed(plan.Runbook, plan.Option, RemedyEnds.About(id), helped, Took(remedy)));
    }

    /// <summary>How long its steps took, in milliseconds; what was called off has no length of its own.</summary>
    public static ImmutableSortedDictionary<string, long> Took(Remedy remedy) => remedy.Steps
        .Where(s => s.Took is not null && s.Verdict != RunnerVerdict.CalledOff).ToImmutableSortedDictionary(s => s.Step, s => (long)s.Took!.Value.TotalMilliseconds, StringComparer.Ordinal);
}
