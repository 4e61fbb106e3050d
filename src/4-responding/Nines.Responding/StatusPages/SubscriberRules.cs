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

    // Nobody mends more at once.
    private const int MostNamed = 20;

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
    /// <param name="components">What they want to hear of; null or empty for everything.</param>
    public static Outcome<SubscriberAsked?> Ask(PublishedPage page, Subscriber? known, string name, string id, SubscriberKind kind, string address, Instant now, IReadOnlyList<string>? components = null)
    {
        if (known is { ConfirmedAt: not null } || known?.AskedAt + AskAgainAfter > now) return Outcome<SubscriberAsked?>.Of(null);
        if (page.Subscribers.Count - page.Confirmed.Count >= MostWaiting && known is null)
            return new Problem(ProblemKind.Unavailable, "Too many wait to be confirmed.", "Try again tomorrow.");
        return new SubscriberAsked(name, known?.Id ?? id, kind, address, components is { Count: > 0 } ? components : null);
    }

    /// <summary>What somebody wants to hear of, in the order of the page, or which of it the page does not have.</summary>
    public static Outcome<IReadOnlyList<string>> Components(StatusPage page, IReadOnlyList<string>? asked)
    {
        // A program may send null in a list.
        string[] keys = [.. (asked ?? []).Where(k => k is { Length: > 0 }).Distinct(StringComparer.Ordinal)];
        Problem[] wrong = [.. keys.Where(k => page.Find(k) is null).Take(MostNamed).Select(k => Problem.Invalid($"The page has no component \"{(k.Length > 100 ? k[..100] + "…" : k)}\".", $"It has: {string.Join(", ", page.Keys)}.", "components"))];
        return wrong.Length > 0 ? Outcome<IReadOnlyList<string>>.Failed(wrong) : Outcome<IReadOnlyList<string>>.Of([.. page.Keys.Where(keys.Contains)]);
    }

    /// <summary>Somebody wants to hear of something else. Null where nothing changes.</summary>
    /// <param name="page">The page so far.</param>
    /// <param name="one">They.</param>
    /// <param name="spec">The page as it is.</param>
    /// <param name="components">What they want to hear of; empty for everything.</param>
    public static SubscriberChose? Choose(PublishedPage page, Subscriber one, StatusPage spec, IReadOnlyList<string> components)
    {
        if (components.Order(StringComparer.Ordinal).SequenceEqual((one.Choice?.Components ?? []).Order(StringComparer.Ordinal))) return null;
        var open = page.Open.Select(p => (NoticeKind.Post, p.Id)).Concat(page.Maintenances.Where(m => m.Open).Select(m => (NoticeKind.Maintenance, m.Id)));
        return new(spec.Name, one.Id, components, [.. open.Where(o => Reach.Of(page, o.Item1, o.Id, "", spec.Keys)?.WasTold(one) == true).Select(o => o.Id)]);
    }

    /// <summary>Who never proved that it was them.</summary>
    public static IEnumerable<SubscriberLeft> Expired(string name, PublishedPage page, Instant now) => page.Subscribers.Count == page.Confirmed.Count ? [] :
        page.Subscribers.Values.Where(s => s.ConfirmedAt is null && s.AskedAt + ConfirmWithin <= now).Select(s => new SubscriberLeft(name, s.Id, "Nobody confirmed it in time."));

    /// <summary>When the first of them is due; null for nobody.</summary>
    public static Instant? NextExpiry(PublishedPage page) =>
        page.Subscribers.Count == page.Confirmed.Count ? null : page.Subscribers.Values.Where(s => s.ConfirmedAt is null).Min(s => s.AskedAt) + ConfirmWithin;
}
