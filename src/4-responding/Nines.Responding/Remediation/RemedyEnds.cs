using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>How a remedy ends once time has passed or its alert is over. Pure.</summary>
public static class RemedyEnds
{
    private const string Prefix = "remedy/";

    /// <summary>What a call of a remedy belongs to.</summary>
    public static string About(string id) => Prefix + id;

    /// <summary>The remedy of a call; null where it is another's.</summary>
    public static string? RemedyOf(string about) => about.StartsWith(Prefix, StringComparison.Ordinal) ? about[Prefix.Length..] : null;

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

    private static RemedyJudged Judge(Remedy remedy, Instant? ended) => ended is { } at && at <= remedy.JudgedBy
        ? new(remedy.Id, true, $"The alert is over, {FieldDuration.Format(Whole(Duration.Max(Duration.Zero, at - remedy.DoneAt!.Value)))} after it was done.")
        : new(remedy.Id, false, "The alert is over, but not in time.");

    private static Duration Whole(Duration length) => Duration.FromSeconds(Math.Floor(length.TotalSeconds));
}
