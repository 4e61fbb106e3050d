using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace Nines.Paging.Channels.Push;

/// <summary>
/// Says to a push service who sends (RFC 8292): a JSON web token, ES256, with this house's own key. The key follows from
/// 32 bytes that are made once and kept beside people's keys. Pure.
/// </summary>
public sealed class VapidToken
{
    // A day is the most that push services take; half of it leaves room for their clocks.
    private static readonly Duration Life = Duration.FromHours(12);

    private readonly ECParameters _key;

    /// <summary>The house's key from what is kept.</summary>
    public VapidToken(byte[] kept)
    {
        for (byte round = 0; ; round++)
        {
            var candidate = HKDF.DeriveKey(HashAlgorithmName.SHA256, kept, 32, [round], Encoding.ASCII.GetBytes("nines vapid key"));
            // Nearly every 32 bytes are a key of the curve; about one in 2^32 is not.
            if (Make(candidate) is not { } key) continue;
            _key = key;
            PublicKey = Base64Url.EncodeToString(PushEncryption.Point(key.Q));
            return;
        }
    }

    /// <summary>What a browser subscribes with (<c>applicationServerKey</c>).</summary>
    public string PublicKey { get; }

    /// <summary>The value of the header <c>Authorization</c>.</summary>
    /// <param name="endpoint">The subscription's address.</param>
    /// <param name="subject">Whom the push service writes to when something is wrong: <c>mailto:</c> or <c>https:</c>.</param>
    /// <param name="now">The time.</param>
    public string Header(Uri endpoint, string subject, Instant now)
    {
        var head = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
        var claims = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { aud = endpoint.GetLeftPart(UriPartial.Authority), exp = (now + Life).ToUnixTimeSeconds(), sub = subject }));
        using var key = ECDsa.Create(_key);
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"vapid t={head}.{claims}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
    }

    private static ECParameters? Make(byte[] scalar)
    {
        try
        {
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
            return key.ExportParameters(true);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
