using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace Nines.Alerting.Alertmanager;

/// <summary>Times as Alertmanager writes and reads them: RFC 3339, UTC with three decimals out, any offset in.</summary>
public static class WireTime
{
    /// <summary>Bytes of a written time.</summary>
    public const int Length = 24;

    // Go's zero time, in year 1: senders mean "not set" by it.
    private static readonly Instant Set = Instant.FromUtc(2, 1, 1, 0, 0);

    private static readonly string[] Others = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd"];

    /// <summary>Writes <c>2026-11-21T03:12:00.000Z</c>.</summary>
    public static void Write(Span<byte> to, Instant at)
    {
        var time = at.ToDateTimeUtc();
        Two(to, time.Year / 100);
        Two(to[2..], time.Year % 100);
        to[4] = to[7] = (byte)'-';
        Two(to[5..], time.Month);
        Two(to[8..], time.Day);
        to[10] = (byte)'T';
        Two(to[11..], time.Hour);
        to[13] = to[16] = (byte)':';
        Two(to[14..], time.Minute);
        Two(to[17..], time.Second);
        to[19] = (byte)'.';
        to[20] = (byte)('0' + (time.Millisecond / 100));
        Two(to[21..], time.Millisecond % 100);
        to[23] = (byte)'Z';
    }

    /// <summary>Writes a time under a name.</summary>
    public static void Write(Utf8JsonWriter json, JsonEncodedText name, Instant at)
    {
        Span<byte> text = stackalloc byte[Length];
        Write(text, at);
        json.WriteString(name, text);
    }

    /// <summary>Reads a time; null where it means "not set".</summary>
    /// <returns>False for what is no time.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out Instant? at)
    {
        at = null;
        if (text.IsEmpty) return true;
        if (!TryRfc3339(text, out var read) && !TryOther(text, out read)) return false;
        at = read < Set ? null : read;
        return true;
    }

    // Utf8Parser's own formats keep at most seven decimals, and Go sends nine.
    private static bool TryRfc3339(ReadOnlySpan<byte> text, out Instant at)
    {
        at = default;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':' || text[16] != ':') return false;
        if (!Number(text, 0, 4, out var year) || !Number(text, 5, 2, out var month) || !Number(text, 8, 2, out var day)
            || !Number(text, 11, 2, out var hour) || !Number(text, 14, 2, out var minute) || !Number(text, 17, 2, out var second)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60) return false;
        var rest = text[19..];
        var nanos = 0L;
        if (rest[0] == '.' && !Fraction(ref rest, out nanos)) return false;
        if (!Offset(rest, out var offset)) return false;
        var ticks = new DateTime(year, month, day, hour, minute, Math.Min(second, 59), DateTimeKind.Utc).Ticks;
        at = NodaConstants.BclEpoch.PlusTicks(ticks).PlusNanoseconds(nanos) - Duration.FromMinutes(offset);
        return true;
    }

    private static bool Fraction(ref ReadOnlySpan<byte> rest, out long nanos)
    {
        nanos = 0;
        var digits = 1;
        for (var unit = 100_000_000L; digits < rest.Length && rest[digits] is >= (byte)'0' and <= (byte)'9'; digits++, unit /= 10)
            nanos += (rest[digits] - '0') * unit;
        rest = rest[digits..];
        return digits > 1 && !rest.IsEmpty;
    }

    private static bool Offset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1) return text[0] is (byte)'Z' or (byte)'z';
        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':') return false;
        if (!Number(text, 1, 2, out var hours) || !Number(text, 4, 2, out var rest) || hours > 23 || rest > 59) return false;
        minutes = (hours * 60) + rest;
        if (text[0] == '-') minutes = -minutes;
        return true;
    }

    private static bool TryOther(ReadOnlySpan<byte> text, out Instant at)
    {
        at = default;
        if (text.Length > 40 || !DateTime.TryParseExact(System.Text.Encoding.UTF8.GetString(text), Others, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read)) return false;
        at = Instant.FromDateTimeUtc(read);
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> text, int at, int digits, out int number) =>
        Utf8Parser.TryParse(text.Slice(at, digits), out number, out var read) && read == digits && text[at] is >= (byte)'0' and <= (byte)'9';

    private static void Two(Span<byte> to, int number)
    {
        to[1] = (byte)('0' + (number % 10));
        to[0] = (byte)('0' + (number / 10));
    }
}
