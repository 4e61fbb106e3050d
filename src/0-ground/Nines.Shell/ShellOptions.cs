using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Nines.Shell.Security;

namespace Nines.Shell;

/// <summary>Settings of the frame, section <c>shell</c>.</summary>
public sealed class ShellOptions
{
    /// <summary>Further names that this server answers to; its public address is one by itself.</summary>
    public IReadOnlyList<string> Hosts { get; set; } = [];
}

/// <summary>Checks the settings, also those that are read before there are any services.</summary>
public sealed class ShellOptionsValidator(IConfiguration settings) : IValidateOptions<ShellOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, ShellOptions options)
    {
        var failures = TrustedProxies.Texts(settings).Where(text => TrustedProxies.Read(text) is null)
            .Select(text => $"shell:trustedProxies names \"{text}\". Write an address such as 10.0.0.5, or a network such as 10.0.0.0/8.").ToList();
        failures.AddRange(TrustedProxies.Texts(settings).Select(TrustedProxies.Read).Where(n => n?.PrefixLength == 0).Select(_ => "shell:trustedProxies names the whole Internet. Name the proxy's own address."));
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
