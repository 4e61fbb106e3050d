using Nines.Measuring.Indicators;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>Judges silence: the source is silent, nothing happens, or Nines cannot read (semantics.md 3).</summary>
public static class AbsenceRule
{
    private const int LeastDelayMinutes = 2;

    // With Poisson traffic a gap in which 10 events were due comes by chance once in 22 000 gaps (e^-10); a shorter
    // one would page services that are merely quiet.
    private const double EventsDue = 10;

    /// <summary>Minutes of silence before it is told: what a total outage would need to fire the first pair, at least 2.</summary>
    public static int DelayMinutes(BurnPlan plan) => Math.Max(LeastDelayMinutes, plan.OutageMinutesToPage ?? LeastDelayMinutes);

    /// <summary>The silence to tell at now; null when all is well, or where nothing was ever heard.</summary>
    public static AbsenceState? Judge(WatchedObjective watched, IndicatorBook book, long nowMs)
    {
        if (watched.Indicator is not { } indicator) return null;
        var stream = book.StreamOf(indicator);
        if (stream.LastEvent == long.MinValue) return null;
        var delayMs = DelayMinutes(watched.Plan) * Minute.Ms;
        var lastEventMs = Minute.EndMs(stream.LastEvent);
        if (nowMs - lastEventMs <= delayMs) return null;
        if (book.BlindnessOf(indicator) is { } why)
            return Tell(watched, AbsenceCause.OwnFault, BurnSeverity.Page, lastEventMs, $"Nines cannot read {watched.Objective.Name}: {why}");
        // Both silences end with the next event: one that is told stays as it was told.
        if (watched.Alerts.Absence is { Cause: not AbsenceCause.OwnFault } known) return known;
        var staleMs = watched.Objective.StaleAfter is { } after ? (long)after.TotalMilliseconds : book.StaleMsOf(indicator);
        var freshMs = book.FreshAt(indicator);
        if (nowMs - freshMs > staleMs)
            return nowMs - freshMs <= delayMs ? null : Usual(watched, stream, freshMs, AbsenceCause.SourceSilent, "No samples came");
        // Samples that came no later than the last event say nothing about what happened since.
        if (freshMs <= lastEventMs) return null;
        var due = watched.UsualAt(stream, Minute.Of(nowMs)) * (nowMs - lastEventMs) / Minute.Ms;
        return due >= EventsDue ? Usual(watched, stream, lastEventMs, AbsenceCause.NoEvents, "Samples came, but no events happened") : null;
    }

    private static AbsenceState Usual(WatchedObjective watched, MinuteStream stream, long sinceMs, AbsenceCause cause, string what)
    {
        var usual = watched.UsualAt(stream, Minute.Of(sinceMs));
        var severity = usual >= 1 ? BurnSeverity.Page : BurnSeverity.Ticket;
        var since = Instant.FromUnixTimeMilliseconds(sinceMs);
        return Tell(watched, cause, severity, sinceMs, $"{what} for {watched.Objective.Name} since {Times.Words(since, TimeForm.Full, Reader.Anyone(since))}; {Often(usual)}.");
    }

    private static string Often(double usual) => double.IsNaN(usual) ? "what is usual is not known yet"
        : usual < 1 ? $"usual at this hour are {Figures.Count(usual * 60)} events an hour"
        : $"usual at this hour are {Figures.Rounded(usual)} events a minute";

    private static AbsenceState Tell(WatchedObjective watched, AbsenceCause cause, BurnSeverity severity, long sinceMs, string reason) =>
        watched.Alerts.Absence is { } known && known.Cause == cause
            ? known
            : new(cause, severity, Instant.FromUnixTimeMilliseconds(sinceMs), reason);
}
