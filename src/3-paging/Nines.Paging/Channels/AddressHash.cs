using System.Security.Cryptography;
using System.Text;

namespace Nines.Paging.Channels;

/// <summary>
/// A name for an address that says nothing about it: there are few enough telephone numbers to try them all, so it is
/// keyed with the person's own key, and gone with it.
/// </summary>
public static class AddressHash
{
    private const int Bytes = 16;

    /// <summary>The hash; null where the person's key is gone.</summary>
    public static string? Of(byte[]? personKey, string kind, string address) => personKey is null
        ? null
        : Convert.ToHexStringLower(HMACSHA256.HashData(personKey, Encoding.UTF8.GetBytes($"nines contact address\n{kind}\n{address}")).AsSpan(0, Bytes));
}
