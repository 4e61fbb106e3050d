using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>When a rule may do something, and when it gives up. Pure.</summary>
public static class RemedyRules
{
    private static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>Why a remedy must not begin now; null where it may.</summary>
    /// <param name="book">What was done so far.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="target">What it would work on.</param>
    /// <param name="perHour">How many of all rules may begin within an hour.</param>
    /// <param name="now">When.</param>
    public static string? Limit(RemedyBook book, RemediationRule rule, string target, int perHour, Instant now)
    {
        if (book.StopOf(rule.Name) is { } stop) return $"Remediation is stopped: {stop.Reason}";
        // The end of a range may lie in the future where the wall clock was set back: it counts.
        var lately = book.All.Values.Where(r => r.BegunAt > now - Hour).ToArray();
        if (lately.Length >= perHour) return $"All rules together began {lately.Length} within an hour; {perHour} may.";
        var own = lately.Where(r => r.Rule == rule.Name).ToArray();
        if (own.Length >= rule.Limits.PerHour) return $"It began {own.Length} within an hour; {rule.Limits.PerHour} may.";
        var open = book.All.Values.Count(r => r.Rule == rule.Name && (r.State is RemedyState.Running or RemedyState.Watching));
        if (open >= rule.Limits.AtOnce) return $"{open} {(open == 1 ? "is" : "are")} under way; {rule.Limits.AtOnce} may be at once.";
        var targets = own.Select(r => r.Target).Append(target).Distinct(StringComparer.Ordinal).Count();
        if (targets > rule.Limits.Targets) return $"It would be target number {targets} within an hour; {rule.Limits.Targets} may: more is no longer one fault.";
        var last = book.All.Values.Where(r => r.Rule == rule.Name && r.Target == target && r.BegunAt is not null).Max(r => r.BegunAt);
        return last + rule.Limits.CoolDown > now ? $"It cools down: {target} was worked on at {NodaTime.Text.InstantPattern.General.Format(last!.Value)}, the next time after {FieldDuration.Format(rule.Limits.CoolDown)}." : null;
    }

    /// <summary>True where a rule has something to say about an alert now.</summary>
    public static bool Concerns(RemedyBook book, RemediationRule rule, Alert alert, Instant now)
    {
        if (!alert.Firing || alert.InhibitedBy.Length > 0 || alert.MutedBy.Length > 0 || alert.Source == RemedyPage.Source || !rule.Fits(alert) || alert.StartedAt + rule.For > now) return false;
        if (book.GaveUp.ContainsKey(RemedyBook.KeyOf(rule.Name, alert.Id, alert.Reopened))) return false;
        return !book.All.Values.Any(r => r.Rule == rule.Name && r.Alert == alert.Id && (r.Open || (r.State == RemedyState.Rejected && r.Opening == alert.Reopened)));
    }

    /// <summary>Why a rule gives up on an alert; null where it goes on.</summary>
    public static string? GivesUp(RemedyBook book, RemediationRule rule, Alert alert, Instant now)
    {
        var own = book.All.Values.Where(r => r.Rule == rule.Name && r.Alert == alert.Id).ToArray();
        var failed = own.Count(r => r.State == RemedyState.Failed && r.Opening == alert.Reopened);
        if (failed >= rule.Escalation.Attempts) return $"It still fires after {failed} {(failed == 1 ? "try" : "tries")}.";
        if (rule.Escalation.AgainWithin is not { } again) return null;
        var target = rule.TargetOf(alert);
        var helped = book.All.Values.Where(r => r.Rule == rule.Name && r.Target == target && r.State == RemedyState.Helped).Max(r => r.EndedAt);
        return helped + again > now ? $"It is back within {FieldDuration.Format(again)} after it helped." : null;
    }
}
