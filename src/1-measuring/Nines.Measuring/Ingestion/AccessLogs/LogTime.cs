using System.Buffers.Text;

namespace Nines.Measuring.Ingestion.AccessLogs;

/// <summary>Reads the times that web servers write.</summary>
internal static class LogTime
{
    private const long DayMs = 86_400_000;

    /// <summary>Reads <c>10/Oct/2000:13:55:36 -0700</c> (common log format), an RFC 3339 time, or a number since 1970 in s, ms, µs or ns (told apart by size).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixMs)
    {
        unixMs = 0;
        if (text.Length >= 2 && text[0] == '[' && text[^1] == ']') text = text[1..^1];
        if (text.Length >= 20 && text[2] == '/') return TryCommon(text, out unixMs);
        if (text.Length >= 19 && text[4] == '-') return TryIso(text, out unixMs);
        return TryNumber(text, out unixMs);
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out long unixMs)
    {
        unixMs = 0;
        if (!Utf8Parser.TryParse(text, out double number, out var read) || read != text.Length || !double.IsFinite(number) || number <= 0) return false;
        // Seconds until the year 5138 stay below 1e11, milliseconds below 1e14, microseconds below 1e17.
        var ms = number < 1e11 ? number * 1e3 : number < 1e14 ? number : number < 1e17 ? number / 1e3 : number / 1e6;
        if (ms >= 1e14) return false;
        unixMs = (long)Math.Round(ms);
        return true;
    }

    private static bool TryCommon(ReadOnlySpan<byte> text, out long unixMs)
    {
        unixMs = 0;
        if (text[6] != '/' || text[11] != ':' || text[14] != ':' || text[17] != ':') return false;
        var month = Month(text.Slice(3, 3));
        if (month == 0 || !Digits(text[..2], out var day) || !Digits(text.Slice(7, 4), out var year)) return false;
        if (!Clock(text.Slice(12, 8), out var ms) || !TryDay(year, month, day, out var days)) return false;
        var offset = 0L;
        var zone = text[20..].Trim((byte)' ');
        if (!zone.IsEmpty && !Offset(zone, out offset)) return false;
        unixMs = (days * DayMs) + ms - offset;
        return true;
    }

    private static bool TryIso(ReadOnlySpan<byte> text, out long unixMs)
    {
        unixMs = 0;
        if (text[7] != '-' || (text[10] is not ((byte)'T' or (byte)'t' or (byte)' '))) return false;
        if (!Digits(text[..4], out var year) || !Digits(text.Slice(5, 2), out var month) || !Digits(text.Slice(8, 2), out var day)) return false;
        if (!Clock(text.Slice(11, 8), out var ms) || !TryDay(year, month, day, out var days)) return false;
        text = text[19..];
        if (!text.IsEmpty && text[0] is (byte)'.' or (byte)',')
        {
            text = text[1..];
            var scale = 100;
            while (!text.IsEmpty && char.IsAsciiDigit((char)text[0]))
            {
                ms += (text[0] - '0') * scale;
                scale /= 10;
                text = text[1..];
            }
        }

        var offset = 0L;
        if (!text.IsEmpty && text is not [(byte)'Z'] and not [(byte)'z'] && !Offset(text, out offset)) return false;
        unixMs = (days * DayMs) + ms - offset;
        return true;
    }

    private static bool Clock(ReadOnlySpan<byte> text, out long ms)
    {
        ms = 0;
        if (text[2] != ':' || text[5] != ':') return false;
        if (!Digits(text[..2], out var hour) || !Digits(text.Slice(3, 2), out var minute) || !Digits(text.Slice(6, 2), out var second)) return false;
        ms = ((((hour * 60L) + minute) * 60) + second) * 1000;
        return hour < 24 && minute < 60 && second <= 60;
    }

    // "+0200", "-07:00"
    private static bool Offset(ReadOnlySpan<byte> text, out long ms)
    {
        ms = 0;
        if (text.Length is not (5 or 6) || text[0] is not ((byte)'+' or (byte)'-')) return false;
        if (text.Length == 6 && text[3] != ':') return false;
        if (!Digits(text.Slice(1, 2), out var hour) || !Digits(text[^2..], out var minute) || hour > 18 || minute > 59) return false;
        ms = ((hour * 60L) + minute) * 60_000 * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryDay(int year, int month, int day, out long days)
    {
        days = 0;
        if (year is < 1970 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        days = new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            value = (value * 10) + (digit - '0');
        }

        return true;
    }

    private static int Month(ReadOnlySpan<byte> name)
    {
        for (var month = 0; month < 12; month++)
            if (name.SequenceEqual("JanFebMarAprMayJunJulAugSepOctNovDec"u8.Slice(month * 3, 3))) return month + 1;
        return 0;
    }
}
