using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>What dedup found.</summary>
public enum DedupOutcome
{
    /// <summary>Nobody knew it.</summary>
    New,

    /// <summary>It fires already: nothing to write.</summary>
    Known,

    /// <summary>It had ended a moment ago: the same alert again.</summary>
    Reopened,
}

/// <summary>First stage: equal labels are one alert, however often they are sent.</summary>
public static class DedupStage
{
    /// <summary>An end younger than this opens again (semantics.md 4: at least 15 min); a sender may know a longer time and says so.</summary>
    public static Duration ReopenTime { get; } = Duration.FromMinutes(15);

    private const string Unknown = $"No alert with these labels is known ({Verdict.Fingerprint}).";
    private static readonly string Recent = $"It ended less than {Kernel.FieldDuration.Format(ReopenTime)} ago, so it is the same alert.";

    /// <summary>Judges one report.</summary>
    /// <returns>The outcome, the alert that it belongs to (null for a new one), and the verdict for its trail.</returns>
    public static (DedupOutcome Outcome, Alert? Alert, Verdict Verdict) Judge(AlertBook book, Incoming incoming, Instant now)
    {
        var (outcome, alert, verdict) = JudgeInSharedWords(book, incoming, now);
        return (outcome, alert, verdict.About(incoming.Labels, ""));
    }

    /// <summary>The same, with a verdict whose words all alerts of a call share.</summary>
    internal static (DedupOutcome Outcome, Alert? Alert, Verdict Verdict) JudgeInSharedWords(AlertBook book, Incoming incoming, Instant now)
    {
        var known = book.Find(incoming.Labels.Number);
        if (known is null) return (DedupOutcome.New, null, Say("new", Unknown));
        if (known.EndedAt is not { } ended) return (DedupOutcome.Known, known, Say("known", "It fires already."));
        if (incoming.Again) return (DedupOutcome.Reopened, known, Say("reopened", "The sender says that it is the same alert again."));
        return now - ended <= ReopenTime
            ? (DedupOutcome.Reopened, known, Say("reopened", Recent))
            : (DedupOutcome.New, null, Say("new", "The earlier alert with these labels ended too long ago to be the same."));

        Verdict Say(string outcome, string reason) => new(now, Stage.Dedup, outcome, reason);
    }
}
