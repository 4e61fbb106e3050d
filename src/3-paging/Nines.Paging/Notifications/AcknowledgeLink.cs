using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>
/// The link in a message that opens a page with one button. It is bound to page, person and end by an HMAC with the
/// person's own key: erasing the person ends all of their links. Fetching it changes nothing. Pure.
/// </summary>
public static class AcknowledgeLink
{
    /// <summary>Where these links lead.</summary>
    public const string Route = "/a/{token}";

    // 128 bits of the code: short enough for a text message.
    private const int CodeSize = 16;

    private static readonly byte[] Purpose = "nines acknowledge link v1"u8.ToArray();

    /// <summary>The link's path.</summary>
    public static string Path(byte[] key, string page, string person, Instant expires)
    {
        var text = $"{page}.{person}.{expires.ToUnixTimeSeconds():x}";
        return $"/a/{text}.{Base64Url.EncodeToString(Code(key, text))}";
    }

    /// <summary>Checks a token in constant time: whose link it is, and about which page.</summary>
    /// <param name="token">As it came.</param>
    /// <param name="keyOf">A person's key; null where there is none, or it was erased.</param>
    /// <param name="now">The time.</param>
    public static Outcome<(string Page, string Person)> Check(string token, Func<string, byte[]?> keyOf, Instant now)
    {
        var parts = token.Length <= 300 ? token.Split('.') : [];
        if (parts.Length != 4 || !long.TryParse(parts[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var expires) || keyOf(parts[1]) is not { } key) return Dead;
        var ours = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(Code(key, $"{parts[0]}.{parts[1]}.{parts[2]}")));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(parts[3]), ours)) return Dead;
        return expires > now.ToUnixTimeSeconds()
            ? (parts[0], parts[1])
            : new Problem(ProblemKind.Denied, "This link has expired.", "Open the newest message about this page, or find the page in Nines.");
    }

    private static Problem Dead => new(ProblemKind.Denied, "This link is not one of ours.", "Open it exactly as it was sent, or find the page in Nines.");

    private static byte[] Code(byte[] key, string text) => HMACSHA256.HashData(HMACSHA256.HashData(key, Purpose), Encoding.UTF8.GetBytes(text))[..CodeSize];
}
