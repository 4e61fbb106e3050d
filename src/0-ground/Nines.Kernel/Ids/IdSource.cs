using System.Security.Cryptography;
using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// Makes ids: 26 characters of Crockford base 32, time first, so that they sort by creation (the layout of ULID).
/// A simulation gives a seeded random; ids are then the same in every replay.
/// </summary>
/// <param name="random">The source of the 80 random bits; null takes the operating system's.</param>
public sealed class IdSource(Random? random = null)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int NoiseOfAnId = 10;

    private readonly Lock _gate = new();
    // Asking the operating system costs a microsecond whatever the amount; a storm needs fifty thousand ids a second.
    private readonly byte[] _noise = new byte[NoiseOfAnId * 64];
    private int _left;

    /// <summary>The millisecond for which an id was made; null for a text that is none of ours.</summary>
    public static Instant? TimeOf(string id)
    {
        if (id.Length != 26) return null;
        var time = 0L;
        for (var i = 0; i < 10; i++)
        {
            var digit = Alphabet.IndexOf(id[i], StringComparison.Ordinal);
            if (digit < 0) return null;
            time = (time << 5) | (uint)digit;
        }

        return time < 1L << 47 ? Instant.FromUnixTimeMilliseconds(time) : null;
    }

    /// <summary>A new id for something that begins at <paramref name="now"/>.</summary>
    public string Next(Instant now)
    {
        Span<byte> noise = stackalloc byte[NoiseOfAnId];
        Fill(noise);

        Span<char> text = stackalloc char[26];
        var time = now.ToUnixTimeMilliseconds();
        for (var i = 9; i >= 0; i--, time >>= 5) text[i] = Alphabet[(int)(time & 31)];
        for (var i = 0; i < 16; i++)
        {
            var bit = i * 5;
            var pair = (noise[bit >> 3] << 8) | (bit >> 3 < 9 ? noise[(bit >> 3) + 1] : 0);
            text[10 + i] = Alphabet[(pair >> (11 - (bit & 7))) & 31];
        }

        return new string(text);
    }

    private void Fill(Span<byte> noise)
    {
        lock (_gate)
        {
            if (random is not null)
            {
                random.NextBytes(noise);
                return;
            }

            if (_left == 0)
            {
                RandomNumberGenerator.Fill(_noise);
                _left = _noise.Length;
            }

            _left -= NoiseOfAnId;
            _noise.AsSpan(_left, NoiseOfAnId).CopyTo(noise);
        }
    }
}
