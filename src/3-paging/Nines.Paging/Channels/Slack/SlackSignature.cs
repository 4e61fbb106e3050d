using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nines.Paging.Channels.Slack;

/// <summary>Slack's signature of what it sends: <c>v0=</c> and HMAC-SHA256 over <c>v0:time:body</c>. Pure.</summary>
public static class SlackSignature
{
    /// <summary>The header with the signature.</summary>
    public const string Header = "X-Slack-Signature";

    /// <summary>The header with the time.</summary>
    public const string TimeHeader = "X-Slack-Request-Timestamp";

    /// <summary>What is older, or further ahead, is refused: a recorded call must not be replayed.</summary>
    public const long ToleranceSeconds = 300;

    /// <summary>The signature of a body.</summary>
    public static string Sign(string secret, string time, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"v0:{time}:"));
        hmac.AppendData(body);
        return "v0=" + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    /// <summary>True where it was made with this secret over this body, not too long ago; in constant time.</summary>
    public static bool Verify(string secret, string time, string signature, ReadOnlySpan<byte> body, long nowUnixSeconds) =>
        long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var signed) && Math.Abs(nowUnixSeconds - signed) <= ToleranceSeconds
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(secret, time, body)), Encoding.UTF8.GetBytes(signature));
}
