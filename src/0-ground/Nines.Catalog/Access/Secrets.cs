using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Nines.Catalog.Access;

/// <summary>What opens something: 256 random bits as text. Only their SHA-256 is kept; there is nothing to guess, so no slow hash is needed.</summary>
public static class Secrets
{
    /// <summary>What an API token begins with, so that scanners of repositories find one that was left lying about.</summary>
    public const string TokenForm = "nines_";

    private const int Bytes = 32;

    /// <summary>A new secret, safe in addresses, cookies and headers.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>A new salt.</summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(PasswordHash.SaltSize);

    /// <summary>How it is kept.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>True where both are the same, in constant time.</summary>
    public static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));
}
