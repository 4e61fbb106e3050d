using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nines.Paging.Channels.Push;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Channels;

public class PushCryptoTests
{
    private static byte[] B(string text) => Base64Url.DecodeFromChars(text);

    // RFC 8291, section 5 and appendix A.
    private const string BrowserKey = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string Auth = "BTBZMqHH6r4Tts7J_aSIgg";

    [Fact]
    public void Encrypt_TheVectorOfRfc8291_GivesItsBody()
    {
        using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = B("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw") });
        var body = PushEncryption.Encrypt("When I grow up, I want to be a watermelon"u8, B(BrowserKey), B(Auth), key, B("DGv6ra1nlYgDCS1FRnbzlw"));
        Assert.Equal(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            Base64Url.EncodeToString(body));
    }

    [Fact]
    public void Encrypt_TheLongestMessage_FitsWhatEveryPushServiceTakes()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(4096, PushEncryption.Encrypt(new byte[PushEncryption.Longest], B(BrowserKey), B(Auth), key, new byte[16]).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => PushEncryption.Encrypt(new byte[PushEncryption.Longest + 1], B(BrowserKey), B(Auth), key, new byte[16]));
    }

    [Theory]
    [InlineData(BrowserKey, true)]
    [InlineData("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw8", false)]
    [InlineData("BCVxsr7N", false)]
    [InlineData("", false)]
    public void IsPoint_OnlyPointsOfTheCurve(string key, bool point) => Assert.Equal(point, PushEncryption.IsPoint(B(key)));

    [Fact]
    public void Header_OfAnEndpoint_IsAGenuineTokenForItsOriginOnly()
    {
        var token = new VapidToken([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        Assert.Equal(token.PublicKey, new VapidToken([.. Enumerable.Range(0, 32).Select(i => (byte)i)]).PublicKey);
        var header = token.Header(new("https://push.example.com:8443/send/abc"), "mailto:ops@example.com", Instant.FromUtc(2026, 11, 21, 3, 0));
        Assert.Matches("^vapid t=[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}, k=[A-Za-z0-9_-]{87}$", header);
        var parts = header["vapid t=".Length..header.IndexOf(',', StringComparison.Ordinal)].Split('.');
        using var claims = JsonDocument.Parse(B(parts[1]));
        Assert.Equal(("https://push.example.com:8443", "mailto:ops@example.com"), (claims.RootElement.GetProperty("aud").GetString(), claims.RootElement.GetProperty("sub").GetString()));
        Assert.Equal(Instant.FromUtc(2026, 11, 21, 15, 0).ToUnixTimeSeconds(), claims.RootElement.GetProperty("exp").GetInt64());
        var point = B(token.PublicKey);
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), B(parts[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }
}
