using System.Collections.Frozen;

namespace Nines.Alerting.Integrations;

/// <summary>What senders write for "it is over" and "somebody is at it", as data; every other word means that it fires.</summary>
internal static class StateWords
{
    /// <summary>Words that end an alert.</summary>
    public static FrozenSet<string> Ends { get; } = FrozenSet.ToFrozenSet(
    [
        "resolved", "resolve", "ok", "okay", "closed", "close", "recovered", "recovery", "recover", "up", "normal", "cleared", "clear", "inactive",
        "success", "succeeded", "successful", "completed", "complete", "healthy", "good", "ended", "end", "fixed", "passed", "passing", "done",
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>Words that say that somebody is at it.</summary>
    public static FrozenSet<string> Acknowledges { get; } = FrozenSet.ToFrozenSet(["acknowledged", "acknowledge", "acknowledgement", "ack", "acked"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What a word means.</summary>
    public static DoorAction ActionOf(string word) => ActionOf(word, Ends, Acknowledges);

    /// <summary>What a word means with lists of one's own.</summary>
    public static DoorAction ActionOf(string word, IReadOnlySet<string> ends, IReadOnlySet<string> acknowledges)
    {
        word = word.Trim();
        return ends.Contains(word) ? DoorAction.End : acknowledges.Contains(word) ? DoorAction.Acknowledge : DoorAction.Fire;
    }
}
