using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nines.Paging.Channels;

/// <summary>
/// Signs what a webhook sends, so that the receiver knows who sent it, when, and that nobody changed it. Header
/// <c>Nines-Signature: t=UNIX,v1=HEX</c>; v1 is HMAC-SHA256 over <c>t.body</c> (the scheme that Stripe and PagerDuty use).
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header's name.</summary>
    public const string Header = "Nines-Signature";

    /// <summary>A receiver should refuse what is older: a recorded call must not be replayed.</summary>
    public const long ToleranceSeconds = 300;

    /// <summary>The header's value.</summary>
    public static string Sign(string secret, long unixSeconds, ReadOnlySpan<byte> body) =>
        $"t={unixSeconds},v1={Digest(secret, unixSeconds, body)}";

    /// <summary>True where a header was made with this secret over this body, not too long ago. What a receiver does.</summary>
    public static bool Verify(string secret, string header, ReadOnlySpan<byte> body, long nowUnixSeconds)
    {
        long? time = null;
        var digests = new List<string>();
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("t=", StringComparison.Ordinal) && long.TryParse(part.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var t)) time = t;
            else if (part.StartsWith("v1=", StringComparison.Ordinal)) digests.Add(part[3..]);
        }

        if (time is not { } signed || Math.Abs(nowUnixSeconds - signed) > ToleranceSeconds) return false;
        var expected = Encoding.ASCII.GetBytes(Digest(secret, signed, body));
        var found = false;
        foreach (var digest in digests) found |= CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(digest));
        return found;
    }

    private static string Digest(string secret, long unixSeconds, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(unixSeconds.ToString(CultureInfo.InvariantCulture) + "."));
        hmac.AppendData(body);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
