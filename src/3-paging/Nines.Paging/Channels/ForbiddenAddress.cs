using System.Net;
using System.Net.Sockets;

namespace Nines.Paging.Channels;

/// <summary>
/// Addresses that no webhook may reach, because only this machine or its cloud can: link-local (which holds the clouds'
/// metadata services), unspecified, multicast, broadcast. Loopback and private networks are allowed: a team's own
/// receivers stand there.
/// </summary>
public static class ForbiddenAddress
{
    /// <summary>Why an address is refused; null where it is allowed.</summary>
    public static string? Why(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return "it is the unspecified address";
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal ? "it is link-local" : address.IsIPv6Multicast ? "it is multicast" : IsMetadata6(address) ? "it is a metadata service" : null;
        var bytes = address.GetAddressBytes();
        return bytes[0] switch
        {
            0 => "it is the unspecified network",
            169 when bytes[1] == 254 => "it is link-local, where clouds keep their metadata services",
            >= 224 and < 240 => "it is multicast",
            >= 240 => "it is reserved or broadcast",
            _ => null,
        };
    }

    // fd00:ec2::254, the metadata service of AWS over IPv6, lies in a private range.
    private static bool IsMetadata6(IPAddress address) => address.Equals(IPAddress.Parse("fd00:ec2::254"));
}
