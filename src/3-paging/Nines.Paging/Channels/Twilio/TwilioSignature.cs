using System.Security.Cryptography;
using System.Text;

namespace Nines.Paging.Channels.Twilio;

/// <summary>
/// Twilio's signature of a call-back: base 64 of HMAC-SHA1 over the address and every form field, sorted by name
/// (twilio.com/docs/usage/security). SHA-1 is Twilio's choice; as a MAC it still holds. Pure.
/// </summary>
public static class TwilioSignature
{
    /// <summary>The header's name.</summary>
    public const string Header = "X-Twilio-Signature";

    /// <summary>The signature of a request.</summary>
    /// <param name="token">The account's auth token.</param>
    /// <param name="url">The whole address as Twilio was given it.</param>
    /// <param name="form">The form's fields.</param>
    public static string Sign(string token, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        // One name may come several times: its values are sorted and each counts once, as Twilio's own libraries do.
        foreach (var field in form.Distinct().OrderBy(f => f.Key, StringComparer.Ordinal).ThenBy(f => f.Value, StringComparer.Ordinal)) text.Append(field.Key).Append(field.Value);
#pragma warning disable CA5350
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text.ToString())));
#pragma warning restore CA5350
    }

    /// <summary>True where the header was made with this token over this request; in constant time.</summary>
    public static bool Verify(string token, string url, IReadOnlyList<KeyValuePair<string, string>> form, string header) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(token, url, form)), Encoding.UTF8.GetBytes(header));
}
