using System.Security.Cryptography;
using System.Text;

namespace Nines.Kernel;

/// <summary>Encrypts text about a person with that person's key (AES-256-GCM: nonce 12, tag 16, then the text).</summary>
public static class PersonSeal
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Seals text; each call differs, because the nonce is random.</summary>
    public static string Seal(byte[] key, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var whole = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceSize));
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(whole.AsSpan(0, NonceSize), plain, whole.AsSpan(NonceSize + TagSize), whole.AsSpan(NonceSize, TagSize));
        return Convert.ToBase64String(whole);
    }

    /// <summary>Opens sealed text; null when the key is gone or is not the one.</summary>
    public static string? Open(byte[]? key, string sealedText)
    {
        if (key is null) return null;
        var whole = Convert.FromBase64String(sealedText);
        if (whole.Length < NonceSize + TagSize) return null;
        var plain = new byte[whole.Length - NonceSize - TagSize];
        try
        {
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(whole.AsSpan(0, NonceSize), whole.AsSpan(NonceSize + TagSize), whole.AsSpan(NonceSize, TagSize), plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
