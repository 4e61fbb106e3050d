using System.Security.Cryptography;
using System.Text;

namespace Nines.Host.Demo;

/// <summary>
/// Checks a call's signature as any receiver would, by the Standard Webhooks specification: HMAC-SHA256 over
/// <c>id.timestamp.body</c>, as <c>v1,BASE64</c> in <c>webhook-signature</c>. Written apart from the sender on purpose.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>"valid", or what is wrong.</summary>
    public static string Verdict(IHeaderDictionary headers, ReadOnlySpan<byte> body, ReadOnlySpan<byte> key)
    {
        var (id, time, given) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString());
        if (id.Length == 0 || time.Length == 0 || given.Length == 0) return "missing";
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
        return given.Split(' ').Any(g => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(g), Encoding.ASCII.GetBytes(expected))) ? "valid" : "wrong";
    }
}
