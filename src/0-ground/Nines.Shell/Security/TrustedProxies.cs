using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using IPNetwork = System.Net.IPNetwork;

namespace Nines.Shell.Security;

/// <summary>
/// The proxies whose word counts (<c>shell:trustedProxies</c>, addresses or networks): what they say about the sender's
/// address, the scheme and the name is taken, what anybody else says is not.
/// </summary>
public sealed class TrustedProxies
{
    private readonly IReadOnlyList<IPNetwork> _networks;

    private TrustedProxies(IReadOnlyList<IPNetwork> networks) => _networks = networks;

    /// <summary>True where at least one is named.</summary>
    public bool Known => _networks.Count > 0;

    /// <summary>Reads the setting: a list, or one text with commas. Mistakes are told by <see cref="ShellOptionsValidator"/>.</summary>
    public static TrustedProxies Of(IConfiguration settings) => new([.. Texts(settings).Select(Read).OfType<IPNetwork>()]);

    internal static IEnumerable<string> Texts(IConfiguration settings)
    {
        var section = settings.GetSection("shell:trustedProxies");
        var all = section.GetChildren().Select(c => c.Value).Append(section.Value).OfType<string>();
        return all.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    internal static IPNetwork? Read(string text)
    {
        if (IPAddress.TryParse(text, out var one)) return new IPNetwork(one, one.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(text, out var network) ? network : null;
    }

    /// <summary>What the framework's own reader of forwarded headers is told.</summary>
    public ForwardedHeadersOptions Options()
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            // Each hop is looked at until one is no proxy of ours; the list cannot be longer than a request's head.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in _networks) options.KnownIPNetworks.Add(network);
        return options;
    }
}
