using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nines.Paging.Channels;

/// <summary>
/// Codes that a contact's owner reads and gives back. They follow from the person's key and the delivery, so that they
/// stand in no event and the same try after a crash says the same code. Pure.
/// </summary>
public static class ContactCode
{
    /// <summary>Where the code stands in a message that is still in the journal.</summary>
    public const string Place = "{code}";

    // Without letters and digits that people mistake for each other.
    private const string Alphabet = "23456789abcdefghjkmnpqrstvwxyz";

    // 30^4 = 810 000, and it counts only from the number that it was sent to.
    private const int ShortLength = 4;

    /// <summary>Six digits that verify a contact; null where the person's key is gone.</summary>
    public static string? Of(byte[]? personKey, string effect) => personKey is null
        ? null
        : (Number(personKey, "contact code", effect) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>The few characters that a text message's reply names its page by; null where the person's key is gone.</summary>
    public static string? ShortOf(byte[]? personKey, string effect)
    {
        if (personKey is null) return null;
        var number = Number(personKey, "reply code", effect);
        return string.Create(ShortLength, number, (text, left) =>
        {
            for (var i = 0; i < text.Length; i++, left /= (ulong)Alphabet.Length) text[i] = Alphabet[(int)(left % (ulong)Alphabet.Length)];
        });
    }

    /// <summary>Compares in constant time, spaces and letter case aside.</summary>
    public static bool Matches(string? expected, string given)
    {
        var plain = string.Concat(given.Where(c => !char.IsWhiteSpace(c) && c != '-')).ToLowerInvariant();
        return expected is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(plain));
    }

    private static ulong Number(byte[] key, string purpose, string effect) =>
        BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"nines {purpose}\n{effect}")));
}
