using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>Who may be told, and what follows. Pure.</summary>
public static class SubscriberRules
{
    /// <summary>So long somebody has to prove that it is them.</summary>
    public static Duration ConfirmWithin { get; } = Duration.FromDays(2);

    /// <summary>The least time between two messages that ask for it: nobody can fill a stranger's mailbox.</summary>
    public static Duration AskAgainAfter { get; } = Duration.FromMinutes(15);

    /// <summary>So many of one page wait for a proof at most.</summary>
    public const int MostWaiting = 5_000;

    /// <summary>An address as it is kept, or what is wrong with it. Pure text: whether it can be reached is seen when it is.</summary>
    public static Outcome<string> Address(SubscriberKind kind, string text)
    {
        var address = text.Trim();
        if (kind == SubscriberKind.Webhook)
            return address.Length <= 500 && Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.UserInfo.Length == 0
                ? address
                : Problem.Invalid("This is no address that can be called.", "Write one that begins with https://, without name and password.", "address");
        return address.Length <= 254 && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';' or '"')
            && address.Split('@') is [{ Length: > 0 and <= 64 }, { Length: > 2 } domain] && domain.Contains('.', StringComparison.Ordinal) && domain[0] is not '.' and not '-' && domain[^1] != '.'
            ? address[..address.LastIndexOf('@')] + address[address.LastIndexOf('@')..].ToLowerInvariant()
            : Problem.Invalid("This is no mail address.", "Write one such as you@example.com.", "address");
    }

    /// <summary>What follows where somebody wants to be told. Null where nothing does: they are told already, or were asked a moment ago.</summary>
    /// <param name="page">The page so far.</param>
    /// <param name="known">Who has that address; null for nobody.</param>
    /// <param name="name">The page's name.</param>
    /// <param name="id">Id of the subscriber.</param>
    /// <param name="kind">How they are told.</param>
    /// <param name="address">Where, sealed.</param>
    /// <param name="now">The time.</param>
    public static Outcome<SubscriberAsked?> Ask(PublishedPage page, Subscriber? known, string name, string id, SubscriberKind kind, string address, Instant now)
    {
        if (known is { ConfirmedAt: not null } || known?.AskedAt + AskAgainAfter > now) return Outcome<SubscriberAsked?>.Of(null);
        if (page.Subscribers.Count - page.Confirmed.Count >= MostWaiting && known is null)
            return new Problem(ProblemKind.Unavailable, "Too many wait to be confirmed.", "Try again tomorrow.");
        return new SubscriberAsked(name, known?.Id ?? id, kind, address);
    }

    /// <summary>Who never proved that it was them.</summary>
    public static IEnumerable<SubscriberLeft> Expired(string name, PublishedPage page, Instant now) => page.Subscribers.Count == page.Confirmed.Count ? [] :
        page.Subscribers.Values.Where(s => s.ConfirmedAt is null && s.AskedAt + ConfirmWithin <= now).Select(s => new SubscriberLeft(name, s.Id, "Nobody confirmed it in time."));

    /// <summary>When the first of them is due; null for nobody.</summary>
    public static Instant? NextExpiry(PublishedPage page) =>
        page.Subscribers.Count == page.Confirmed.Count ? null : page.Subscribers.Values.Where(s => s.ConfirmedAt is null).Min(s => s.AskedAt) + ConfirmWithin;
}
