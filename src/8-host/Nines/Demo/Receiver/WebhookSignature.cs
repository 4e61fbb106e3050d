using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nines.Host.Demo;

/// <summary>
/// Checks a call as any receiver would: header <c>Nines-Signature: t=UNIX,v1=HEX</c>, HMAC-SHA256 over <c>t.body</c>,
/// at most five minutes old. Written from the documentation and apart from the sender on purpose.
/// </summary>
internal static class WebhookSignature
{
    private const long MostSeconds = 300;

    /// <summary>"valid", or what is wrong: "missing", "old", "wrong".</summary>
    public static string Verdict(string header, ReadOnlySpan<byte> body, ReadOnlySpan<byte> key, long nowUnixSeconds)
    {
        var parts = header.Split(',', StringSplitOptions.TrimEntries);
        var time = Array.Find(parts, p => p.StartsWith("t=", StringComparison.Ordinal))?[2..];
        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var signedAt)) return "missing";
        if (Math.Abs(nowUnixSeconds - signedAt) > MostSeconds) return "old";
        byte[] signed = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        var expected = Encoding.ASCII.GetBytes("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, signed)));
        return Array.Exists(parts, p => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(p), expected)) ? "valid" : "wrong";
    }
}
