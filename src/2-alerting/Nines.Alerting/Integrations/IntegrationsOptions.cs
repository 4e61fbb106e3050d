using System.Net;
using Microsoft.Extensions.Options;

namespace Nines.Alerting.Integrations;

/// <summary>Settings of the doors for other programs' alerts, section <c>integrations</c>.</summary>
public sealed class IntegrationsOptions
{
    /// <summary>Where mail is taken by SMTP, such as <c>127.0.0.1:2525</c>; empty, the default, for nowhere.</summary>
    public string SmtpListen { get; set; } = "";

    /// <summary>Bytes of a mail; 1 MiB by default.</summary>
    public int SmtpLimit { get; set; } = 1024 * 1024;

    /// <summary>The address of <see cref="SmtpListen"/>; null for none.</summary>
    internal IPEndPoint? SmtpEndPoint() => SmtpListen.Length > 0 && IPEndPoint.TryParse(SmtpListen, out var at) ? at : null;
}

/// <summary>Checks <see cref="IntegrationsOptions"/>: all mistakes at once.</summary>
internal sealed class IntegrationsOptionsValidator : IValidateOptions<IntegrationsOptions>
{
    public ValidateOptionsResult Validate(string? name, IntegrationsOptions options)
    {
        var wrong = new List<string>();
        if (options.SmtpListen.Length > 0 && (options.SmtpEndPoint() is null || !options.SmtpListen.Contains(':')))
            wrong.Add($"integrations:smtpListen is \"{options.SmtpListen}\"; write an address and a port such as 127.0.0.1:2525, or leave it out.");
        else if (options.SmtpEndPoint() is { } at && !IPAddress.IsLoopback(at.Address))
            wrong.Add($"integrations:smtpListen is \"{options.SmtpListen}\"; mail comes without TLS here, so write a loopback address such as 127.0.0.1:2525 and let your mail server forward to it.");
        if (options.SmtpLimit is < 10_000 or > 50_000_000) wrong.Add($"integrations:smtpLimit is {options.SmtpLimit}; write bytes from 10000 to 50000000.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
