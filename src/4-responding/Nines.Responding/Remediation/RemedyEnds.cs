using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>How a remedy ends once time has passed or its alert is over. Pure.</summary>
public static class RemedyEnds
{
    private const string Prefix = "remedy/";

    /// <summary>What a call of a remedy belongs to.</summary>
    /// <param name="id">The remedy.</param>
    /// <param name="step">Its step; empty where it has none.</param>
    public static string About(string id, string step = "") => step.Length > 0 ? $"{Prefix}{id}/{step}" : Prefix + id;

    /// <summary>The remedy of a call; null where it is another's.</summary>
    public static string? RemedyOf(string about) => about.StartsWith(Prefix, StringComparison.Ordinal) ? about.Split('/')[1] : null;

    /// <summary>The event that ends a remedy now; null where it goes on.</summary>
    public static object? Of(HouseState state, Remedy remedy, Instant now)
    {
        // An alert that is not known any more ended long ago.
        var alert = state.Get<AlertBook>().All.GetValueOrDefault(remedy.Alert);
        var over = alert is not { Firing: true };
        return remedy.State switch
        {
            RemedyState.Proposed when over => new RemedyLapsed(remedy.Id, "The alert ended before anything was done."),
            RemedyState.Watching when over => Judge(remedy, alert?.EndedAt),
            RemedyState.Watching when remedy.JudgedBy <= now => new RemedyJudged(remedy.Id, false, $"The alert still fires {FieldDuration.Format(remedy.JudgedBy!.Value - remedy.DoneAt!.Value)} after it was done."),
            _ => null,
        };
    }

    /// <summary>Why a remedy that follows a runbook, and waits, is not what its rule would do now; null where it is.</summary>
    public static string? Rewritten(Remedy remedy, RemediationRule rule, ManifestSet all)
    {
        if (remedy is not { State: RemedyState.Proposed, Plan: { } plan }) return null;
        var deed = RuleDeed.Of(rule, all);
        return deed.Ok && deed.Value.Version == remedy.Version ? null : $"What it would do, {plan.Name} of the runbook {plan.Runbook}, is written otherwise by now.";
    }

    private static RemedyJudged Judge(Remedy remedy, Instant? ended) => ended is { } at && at <= remedy.JudgedBy
        ? new(remedy.Id, true, $"The alert is over, {FieldDuration.Format(Whole(Duration.Max(Duration.Zero, at - remedy.DoneAt!.Value)))} after it was done.")
        : new(remedy.Id, false, "The alert is over, but not in time.");

    private static Duration Whole(Duration length) => Duration.FromSeconds(Math.Floor(length.TotalSeconds));
}
