using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;

namespace Nines.Paging.Channels;

/// <summary>Settings of the ways out.</summary>
public sealed class ChannelsOptions
{
    /// <summary>The mail server's name. Empty (the default): no mail leaves, and mail contacts say so.</summary>
    public string SmtpHost { get; set; } = "";

    /// <summary>Its port. Default 587.</summary>
    public int SmtpPort { get; set; } = 587;

    /// <summary><c>auto</c> (default), <c>required</c>, <c>implicit</c> or <c>none</c>.</summary>
    public string SmtpTls { get; set; } = "auto";

    /// <summary>User name; empty for none.</summary>
    public string SmtpUser { get; set; } = "";

    /// <summary>Where the password is kept: <c>env:NAME</c> or <c>file:/path</c>.</summary>
    public string SmtpPassword { get; set; } = "";

    /// <summary>The address that mails come from.</summary>
    public string SmtpFrom { get; set; } = "nines@localhost";

    /// <summary>Account of the telephone provider (Twilio, or one that speaks its API). Empty (the default): no text message and no call leaves.</summary>
    public string TwilioAccount { get; set; } = "";

    /// <summary>Where its auth token is kept; it also proves the provider's call-backs.</summary>
    public string TwilioToken { get; set; } = "";

    /// <summary>The number (or messaging service, <c>MG…</c>) that text messages come from.</summary>
    public string TwilioFrom { get; set; } = "";

    /// <summary>The number that calls come from; empty takes <see cref="TwilioFrom"/>.</summary>
    public string TwilioCallFrom { get; set; } = "";

    /// <summary>The provider's address. Default: Twilio.</summary>
    public string TwilioUrl { get; set; } = "https://api.twilio.com";

    /// <summary>Where the Slack app's bot token is kept (<c>xoxb-…</c>).</summary>
    public string SlackToken { get; set; } = "";

    /// <summary>Where its signing secret is kept, which proves pressed buttons.</summary>
    public string SlackSigningSecret { get; set; } = "";

    /// <summary>Slack's address.</summary>
    public string SlackUrl { get; set; } = "https://slack.com/api";

    /// <summary>Whom push services write to when something is wrong: <c>mailto:</c> or <c>https:</c>. Empty: the public address, or the mail sender.</summary>
    public string PushContact { get; set; } = "";

    /// <summary>The number that calls come from.</summary>
    internal string TwilioVoiceFrom => TwilioCallFrom.Length > 0 ? TwilioCallFrom : TwilioFrom;
}

/// <summary>Says everything that is wrong with the settings of the ways out.</summary>
public sealed class ChannelsOptionsValidator : IValidateOptions<ChannelsOptions>
{
    private const string Kept = "Write where it is kept: env:NAME or file:/absolute/path.";

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, ChannelsOptions options)
    {
        var wrong = new List<string>();
        Mail(options, wrong);
        Telephone(options, wrong);
        Secret(wrong, "slackToken", "a token", options.SlackToken);
        Secret(wrong, "slackSigningSecret", "a secret", options.SlackSigningSecret);
        Address(wrong, "slackUrl", options.SlackUrl);
        if (options.PushContact.Length > 0 && !options.PushContact.StartsWith("mailto:", StringComparison.Ordinal) && !options.PushContact.StartsWith("https://", StringComparison.Ordinal))
            wrong.Add($"channels:pushContact: \"{options.PushContact}\" is not what push services take. Write mailto:name@example.com or an address that begins with https://.");
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }

    private static void Mail(ChannelsOptions options, List<string> wrong)
    {
        if (options.SmtpPort is < 1 or > 65535) wrong.Add($"channels:smtpPort: {options.SmtpPort} is not a port. Write one from 1 to 65535.");
        if (!Enum.TryParse<SmtpTls>(options.SmtpTls, ignoreCase: true, out _)) wrong.Add($"channels:smtpTls: \"{options.SmtpTls}\" is not known. Write auto, required, implicit or none.");
        if (options.SmtpFrom.Count(c => c == '@') != 1 || options.SmtpFrom.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>'))
            wrong.Add($"channels:smtpFrom: \"{options.SmtpFrom}\" is not an address. Write one such as nines@example.com.");
        Secret(wrong, "smtpPassword", "a password", options.SmtpPassword);
        if (options.SmtpUser.Length > 0 && options.SmtpPassword.Length == 0) wrong.Add($"channels:smtpPassword: a user needs a password. {Kept}");
    }

    private static void Telephone(ChannelsOptions options, List<string> wrong)
    {
        Secret(wrong, "twilioToken", "a token", options.TwilioToken);
        Address(wrong, "twilioUrl", options.TwilioUrl);
        if (options.TwilioFrom.Length > 0 && !options.TwilioFrom.StartsWith("MG", StringComparison.Ordinal)) Number(wrong, "twilioFrom", options.TwilioFrom);
        if (options.TwilioCallFrom.Length > 0) Number(wrong, "twilioCallFrom", options.TwilioCallFrom);
        if (options.TwilioAccount.Length == 0) return;
        if (!options.TwilioAccount.All(char.IsAsciiLetterOrDigit)) wrong.Add("channels:twilioAccount: this is not an account. Write its SID, which begins with AC.");
        if (options.TwilioToken.Length == 0) wrong.Add($"channels:twilioToken: an account needs its token. {Kept}");
        if (options.TwilioFrom.Length == 0) wrong.Add("channels:twilioFrom: an account needs a number to send from. Write it with its country code, or a messaging service (MG…).");
    }

    private static void Number(List<string> wrong, string setting, string number)
    {
        if (number.Length is < 8 or > 16 || number[0] != '+' || !number.Skip(1).All(char.IsAsciiDigit)) wrong.Add($"channels:{setting}: \"{number}\" is not a telephone number. Write it with its country code, such as +4915112345678.");
    }

    private static void Secret(List<string> wrong, string setting, string what, string reference)
    {
        if (reference.Length > 0 && !SecretReference.TryParse(reference, out _)) wrong.Add($"channels:{setting}: {what} must not stand in the settings. {Kept}");
    }

    private static void Address(List<string> wrong, string setting, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) wrong.Add($"channels:{setting}: \"{url}\" is not an address. Write one that begins with https://.");
    }
}
