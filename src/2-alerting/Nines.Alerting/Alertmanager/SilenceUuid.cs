using System.Globalization;

namespace Nines.Alerting.Alertmanager;

/// <summary>
/// A silence's id as this API writes it. Nines' ids are 26 characters of Crockford base 32 over 128 bits; a UUID is the
/// same bits in hexadecimal, so the one is read back from the other and nothing has to be kept.
/// </summary>
public static class SilenceUuid
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The UUID of an id; the id itself where it is none of Nines' making.</summary>
    public static string Of(string id)
    {
        if (!TryBits(id, out var bits)) return id;
        var hex = bits.ToString("x32", CultureInfo.InvariantCulture);
        return $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}";
    }

    /// <summary>The id of a UUID.</summary>
    public static string Read(string uuid)
    {
        if (!UInt128.TryParse(uuid.Replace("-", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits)) return uuid;
        Span<char> id = stackalloc char[26];
        for (var i = 25; i >= 0; i--, bits >>= 5) id[i] = Alphabet[(int)(bits & 31)];
        return new(id);
    }

    /// <summary>True for what Alertmanager takes for a UUID.</summary>
    public static bool IsUuid(string text)
    {
        // Eight, four, four, four and twelve digits; each dash may be left out.
        var at = 0;
        foreach (var digits in (ReadOnlySpan<int>)[8, 4, 4, 4, 12])
        {
            if (at > 0 && at < text.Length && text[at] == '-') at++;
            for (var i = 0; i < digits; i++, at++)
                if (at >= text.Length || !char.IsAsciiHexDigit(text[at])) return false;
        }

        return at == text.Length;
    }

    private static bool TryBits(string id, out UInt128 bits)
    {
        bits = 0;
        if (id.Length != 26 || id[0] > '7') return false;
        foreach (var c in id)
        {
            var value = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (value < 0) return false;
            bits = (bits << 5) | (uint)value;
        }

        return true;
    }
}
