using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nines.Catalog.Access;

/// <summary>
/// A password as it is kept: PBKDF2 with HMAC-SHA256 and a salt of its own. The rounds stand in the text, so that
/// they can be raised: who signs in next with a weaker hash gets a stronger one.
/// </summary>
public static class PasswordHash
{
    /// <summary>OWASP, Password Storage Cheat Sheet (2023): 600 000 for PBKDF2-HMAC-SHA256.</summary>
    public const int Rounds = 600_000;

    /// <summary>Bytes of a salt.</summary>
    public const int SaltSize = 16;

    private const int HashSize = 32;
    private const int MostRounds = 10_000_000;
    private const string Kind = "pbkdf2-sha256";

    /// <summary>What is compared with where there is no account: of the same cost, and no password fits it.</summary>
    public static byte[] OfNobody { get; } = Encoding.ASCII.GetBytes($"{Kind}${Rounds}${Convert.ToBase64String(new byte[SaltSize])}${Convert.ToBase64String(new byte[HashSize])}");

    /// <summary>Hashes a password.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="salt">Random bytes, never used before.</param>
    /// <param name="rounds">How often; other than <see cref="Rounds"/> only to test older hashes.</param>
    public static byte[] Of(string password, byte[] salt, int rounds = Rounds) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Kind}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Hash(password, salt, rounds))}"));

    /// <summary>True where the password is the one; in constant time for hashes of the same rounds.</summary>
    public static bool Fits(string password, byte[] kept)
    {
        if (Read(kept) is not { } hash) return false;
        return CryptographicOperations.FixedTimeEquals(Hash(password, hash.Salt, hash.Rounds), hash.Value);
    }

    /// <summary>True where a hash is weaker than what is made today.</summary>
    public static bool IsOld(byte[] kept) => Read(kept) is not { } hash || hash.Rounds < Rounds;

    private static byte[] Hash(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, rounds, HashAlgorithmName.SHA256, HashSize);

    private static (int Rounds, byte[] Salt, byte[] Value)? Read(byte[] kept)
    {
        var parts = Encoding.ASCII.GetString(kept).Split('$');
        if (parts.Length != 4 || parts[0] != Kind || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) || rounds is < 1 or > MostRounds) return null;
        var (salt, value) = (new byte[SaltSize], new byte[HashSize]);
        return Convert.TryFromBase64String(parts[2], salt, out var saltLength) && saltLength == SaltSize
            && Convert.TryFromBase64String(parts[3], value, out var length) && length == HashSize ? (rounds, salt, value) : null;
    }
}
