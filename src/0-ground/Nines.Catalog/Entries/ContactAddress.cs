using Nines.Catalog.Manifests;

namespace Nines.Catalog.Entries;

/// <summary>What the address and the secret of each kind of contact must look like.</summary>
internal static class ContactAddress
{
    // E.164: a country code that does not begin with 0, fifteen digits in all; shorter than seven is no subscriber.
    private const int FewestDigits = 7;
    private const int MostDigits = 15;

    /// <summary>The contact, or null where something is wrong (and said).</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="secret">Its secret; null where the form has no place for one.</param>
    public static PersonContact? Read(string name, string kind, Field to, Field? secret)
    {
        var kept = secret?.Secret();
        var address = kind switch
        {
            ContactKinds.Webhook => Url(to, "Write url: or to: with the address that takes the page.", "calls are signed with secret: env:NAME."),
            ContactKinds.Ntfy => Topic(to),
            ContactKinds.Email => Email(to),
            ContactKinds.Sms or ContactKinds.Voice => Phone(to),
            ContactKinds.Slack => Slack(to),
            ContactKinds.PagerDuty => Keyed(to, secret, kept, kind, "the integration key of the service (Events API v2)"),
            ContactKinds.Opsgenie => Keyed(to, secret, kept, kind, "the key of the API integration"),
            _ => SecretUrl(to, secret, kept, kind),
        };
        return address is null ? null : new(name, kind, address, kept);
    }

    /// <summary>The short form of a kind whose address is a secret or is known: only where the secret is kept.</summary>
    public static PersonContact? ReadSecret(string kind, Field field) => field.Secret() is { } kept ? new(kind, kind, Usual(kind) ?? kept.ToString(), kept) : null;

    /// <summary>True where a single word in the short form is where the secret is kept, not an address.</summary>
    public static bool IsSecret(string kind) => Usual(kind) is not null || kind is ContactKinds.Teams or ContactKinds.Mattermost or ContactKinds.Discord;

    private static string? Usual(string kind) => kind switch
    {
        ContactKinds.PagerDuty => "https://events.pagerduty.com",
        ContactKinds.Opsgenie => "https://api.opsgenie.com",
        _ => null,
    };

    /// <summary>The number without what people put between digits, or null.</summary>
    internal static string? PlainNumber(string written)
    {
        var digits = string.Concat(written.Where(c => c is not (' ' or '-' or '(' or ')' or '.' or '/' or '\u00a0')));
        return digits.Length > FewestDigits && digits.Length <= MostDigits + 1 && digits[0] == '+' && digits[1] is >= '1' and <= '9' && digits.Skip(1).All(char.IsAsciiDigit) ? digits : null;
    }

    private static string? Phone(Field to)
    {
        if (!Written(to, "Write the number with its country code, such as \"+4915112345678\".")) return null;
        var text = to.Text();
        if (PlainNumber(text) is { } number) return number;
        to.Wrong($"\"{text}\" is not a telephone number.", text.StartsWith("00", StringComparison.Ordinal) && PlainNumber("+" + text[2..]) is { } meant
            ? $"Write \"{meant}\"."
            : "Write it with its country code, such as \"+4915112345678\".");
        return null;
    }

    private static string? Email(Field to)
    {
        if (!Written(to, "Write the address, such as name@example.com.")) return null;
        var text = to.Text();
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at > 0 && at == text.LastIndexOf('@') && at < text.Length - 1 && text.Length <= 254 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>')) return text;
        to.Wrong($"\"{text}\" is not an e-mail address.", "Write one such as name@example.com.");
        return null;
    }

    private static string? Slack(Field to)
    {
        if (!Written(to, "Write the member's id (U…) or the channel's (C…).")) return null;
        var text = to.Text();
        if (text.Length is >= 7 and <= 24 && text[0] is 'C' or 'D' or 'G' or 'U' or 'W' && text.All(c => char.IsAsciiDigit(c) || c is >= 'A' and <= 'Z')) return text;
        to.Wrong($"\"{text}\" is not a Slack id.", "Write the id that Slack shows under \"Copy member ID\" (U…) or at the end of \"View channel details\" (C…): names change.");
        return null;
    }

    private static string? Topic(Field to) =>
        Url(to, "Write the topic's address, such as https://ntfy.example.com/topic.", "put an access token in secret: env:NAME.") is not { } url ? null
        : new Uri(url).AbsolutePath.Trim('/') is { Length: > 0 } topic && !topic.Contains('/') ? url
        : Wrong(to, $"\"{to.Text()}\" names no topic.", "Write the topic's address, such as https://ntfy.example.com/topic.");

    private static string? Url(Field to, string missing, string instead)
    {
        if (!Written(to, missing)) return null;
        var text = to.Text();
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return Wrong(to, $"\"{text}\" is not an address that can be called.", "Write a whole URL that begins with https:// or http://.");
        // Basic credentials in the address would be a plain secret in a manifest.
        return url.UserInfo.Length == 0 ? url.AbsoluteUri : Wrong(to, "A secret must not stand in a manifest, but this address carries a password.", $"Take it out; {instead}");
    }

    /// <summary>A service with a public address and a key: the address may be another region's, the key is needed.</summary>
    private static string? Keyed(Field to, Field? secret, SecretReference? kept, string kind, string key)
    {
        var address = to.Given ? Url(to, "", "the key goes into secret: env:NAME.") : Usual(kind);
        if (kept is not null) return address;
        if (secret is { Given: false }) secret.Wrong("This field is missing.", $"Write secret: env:NAME with {key}.");
        return null;
    }

    /// <summary>Whoever knows the address may post to it: the whole address is the secret.</summary>
    private static string? SecretUrl(Field to, Field? secret, SecretReference? kept, string kind)
    {
        if (to.Given && to.Text().Contains("://", StringComparison.Ordinal))
            return Wrong(to, $"A secret must not stand in a manifest, but whoever knows this {kind} address can post to it.", "Write secret: env:NAME, and keep the whole address there.");
        if (kept is not null) return kept.ToString();
        if (secret is { Given: false }) secret.Wrong("This field is missing.", "Write secret: env:NAME, and keep the whole address there.");
        return null;
    }

    private static bool Written(Field to, string remedy)
    {
        if (to.Given) return true;
        to.Wrong("This field is missing.", remedy);
        return false;
    }

    private static string? Wrong(Field field, string what, string remedy)
    {
        field.Wrong(what, remedy);
        return null;
    }
}
