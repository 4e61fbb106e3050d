using NodaTime;

namespace Nines.Responding.Security;

/// <summary>What a finding leads to: a case, a line in one that is open, or, while it was dismissed for a time, a line that pages nobody. Pure.</summary>
public static class FindingRules
{
    /// <summary>What is written, and whether somebody is paged.</summary>
    /// <param name="Case">Id of the case.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Events">What is written.</param>
    /// <param name="Pages">True where a case was opened.</param>
    public sealed record Taken(string Case, string Name, IReadOnlyList<object> Events, bool Pages);

    /// <summary>Opens a case, or joins one.</summary>
    public static Taken Take(SecurityBook book, SecurityPolicy policy, Finding finding, Instant now, Func<string> newId)
    {
        var joined = (string id) => new FindingJoined(id, finding.Signal, finding.Category, finding.Fingerprint, finding.Text, finding.Facts, finding.At);
        if (Known(book, policy, finding.Fingerprint, now) is { } known) return new(known.Id, known.Name, [joined(known.Id)], false);
        var (opened, number) = (newId(), book.Numbers + 1);
        var title = $"{char.ToUpperInvariant(SecurityWords.Of(finding.Category)[0])}{SecurityWords.Of(finding.Category)[1..]}: {finding.Signal}";
        return new(
            opened, $"SEC-{number}",
            [new CaseOpened(opened, number, title, finding.Opens, finding.Severity, finding.Service.Length > 0 ? [finding.Service] : [], "", finding.Signal, finding.Fingerprint, ""), joined(opened)], true);
    }

    /// <summary>True where a signal's newest finding is in a case already: it goes on, and is told once a window.</summary>
    public static bool Tells(SecurityBook book, SecurityPolicy policy, SecuritySignal signal, Instant now) =>
        Known(book, policy, signal.Fingerprint, now) is not { FoundAt: { } at } || at + signal.Within <= now;

    private static SecurityCase? Known(SecurityBook book, SecurityPolicy policy, string fingerprint, Instant now) => book.All.Values
        .Where(c => c.Fingerprint == fingerprint && (c.Open ? (c.FoundAt ?? c.OpenedAt) + policy.Joins >= now : c.State == CaseState.Dismissed && c.QuietUntil > now))
        .MaxBy(c => c.Number);
}
