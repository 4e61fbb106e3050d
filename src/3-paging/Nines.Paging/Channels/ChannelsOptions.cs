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
}

/// <summary>Says everything that is wrong with the settings of the ways out.</summary>
public sealed class ChannelsOptionsValidator : IValidateOptions<ChannelsOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, ChannelsOptions options)
    {
        var wrong = new List<string>();
        if (options.SmtpPort is < 1 or > 65535) wrong.Add($"channels:smtpPort: {options.SmtpPort} is not a port. Write one from 1 to 65535.");
        if (!Enum.TryParse<SmtpTls>(options.SmtpTls, ignoreCase: true, out _)) wrong.Add($"channels:smtpTls: \"{options.SmtpTls}\" is not known. Write auto, required, implicit or none.");
        if (options.SmtpFrom.Count(c => c == '@') != 1 || options.SmtpFrom.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>'))
            wrong.Add($"channels:smtpFrom: \"{options.SmtpFrom}\" is not an address. Write one such as nines@example.com.");
        if (options.SmtpPassword.Length > 0 && !SecretReference.TryParse(options.SmtpPassword, out _))
            wrong.Add("channels:smtpPassword: a password must not stand in the settings. Write where it is kept: env:NAME or file:/absolute/path.");
        if (options.SmtpUser.Length > 0 && options.SmtpPassword.Length == 0) wrong.Add("channels:smtpPassword: a user needs a password. Write where it is kept: env:NAME or file:/absolute/path.");
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
