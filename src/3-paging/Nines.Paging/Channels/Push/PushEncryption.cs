using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nines.Paging.Channels.Push;

/// <summary>
/// Encrypts a push for one browser: RFC 8291 over RFC 8188's <c>aes128gcm</c>. The push service in between sees lengths
/// only. Pure: the key of this message and its salt are given.
/// </summary>
public static class PushEncryption
{
    /// <summary>A point of P-256, uncompressed: 0x04, X, Y.</summary>
    public const int PointSize = 65;

    /// <summary>The browser's secret.</summary>
    public const int AuthSize = 16;

    /// <summary>Longest plain text: one record of 4096 bytes without header, tag and padding mark (RFC 8291, 4).</summary>
    public const int Longest = 3993;

    private const int SaltSize = 16;
    private const int TagSize = 16;
    private const int RecordSize = 4096;
    private const int KeySize = 16;
    private const int NonceSize = 12;
    private const int Coordinate = 32;

    /// <summary>The whole body.</summary>
    /// <param name="plain">What the browser shall read.</param>
    /// <param name="browserKey">The subscription's <c>p256dh</c>.</param>
    /// <param name="auth">The subscription's <c>auth</c>.</param>
    /// <param name="messageKey">A key made for this message alone.</param>
    /// <param name="salt">Sixteen random bytes.</param>
    public static byte[] Encrypt(ReadOnlySpan<byte> plain, byte[] browserKey, byte[] auth, ECDiffieHellman messageKey, byte[] salt)
    {
        if (plain.Length > Longest) throw new ArgumentOutOfRangeException(nameof(plain));
        var ours = Point(messageKey.ExportParameters(false).Q);
        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Read(browserKey) });
        var shared = messageKey.DeriveRawSecretAgreement(theirs.PublicKey);
        var mixed = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, auth, [.. "WebPush: info\0"u8, .. browserKey, .. ours]);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, mixed, KeySize, salt, Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm\0"));
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, mixed, NonceSize, salt, Encoding.ASCII.GetBytes("Content-Encoding: nonce\0"));
        // 0x02 marks the last record; there is only one.
        byte[] record = [.. plain, 0x02];
        var header = SaltSize + sizeof(uint) + 1 + PointSize;
        var body = new byte[header + record.Length + TagSize];
        salt.CopyTo(body, 0);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(SaltSize), RecordSize);
        body[SaltSize + sizeof(uint)] = PointSize;
        ours.CopyTo(body, SaltSize + sizeof(uint) + 1);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, record, body.AsSpan(header, record.Length), body.AsSpan(header + record.Length));
        return body;
    }

    /// <summary>True for sixty-five bytes that are a point of the curve.</summary>
    public static bool IsPoint(byte[] key)
    {
        if (key.Length != PointSize || key[0] != 4) return false;
        try
        {
            using var read = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Read(key) });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>A point as the wire has it.</summary>
    public static byte[] Point(ECPoint point) => [4, .. point.X!, .. point.Y!];

    private static ECPoint Read(byte[] key) => new() { X = key[1..(1 + Coordinate)], Y = key[(1 + Coordinate)..] };
}
