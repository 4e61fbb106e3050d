using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Nines.Kernel;

/// <summary>
/// Instants as RFC 3339: written in UTC, read with any offset. Every event and snapshot is full of them, so the usual ones are written and read digit by
/// digit; whatever is unusual goes the way of NodaTime's pattern, which says what is right.
/// </summary>
internal sealed class InstantConverter : JsonConverter<Instant>
{
    // 2026-11-21T03:12:00Z and a dot with nine digits.
    private const int Shortest = 20;
    private const int Longest = 30;

    private static readonly long Latest = Instant.FromUtc(9999, 12, 31, 23, 59, 59).ToUnixTimeTicks();
    private static readonly long Earliest = Instant.FromUtc(1, 1, 1, 0, 0).ToUnixTimeTicks();

    /// <inheritdoc />
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader is { TokenType: JsonTokenType.String, HasValueSequence: false, ValueIsEscaped: false } && TryRead(reader.ValueSpan, out var quick)) return quick;
        var text = reader.GetString() ?? "";
        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } utc) return utc.Value;
        return OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true } local
            ? local.Value.ToInstant()
            : throw new JsonException("Write a time as RFC 3339, such as 2026-11-21T03:12:00Z or 2026-11-21T04:12:00+01:00.");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[Longest];
        if (TryWrite(value, text, out var length)) writer.WriteStringValue(text[..length]);
        else writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }

    private static bool TryWrite(Instant value, Span<byte> text, out int length)
    {
        length = 0;
        var ticks = value.ToUnixTimeTicks();
        if (ticks < Earliest || ticks > Latest || Instant.FromUnixTimeTicks(ticks) != value) return false;
        var at = DateTime.UnixEpoch.AddTicks(ticks);
        if (!at.TryFormat(text, out length, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)) return false;
        var fraction = at.Ticks % TimeSpan.TicksPerSecond;
        if (fraction != 0) text[length++] = (byte)'.';
        for (var unit = TimeSpan.TicksPerSecond / 10; fraction != 0; unit /= 10)
        {
            text[length++] = (byte)('0' + (fraction / unit));
            fraction %= unit;
        }

        text[length++] = (byte)'Z';
        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out Instant value)
    {
        value = default;
        if (text.Length is < Shortest or > Longest || text[^1] != 'Z' || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') return false;
        if (!Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)) return false;
        if (!Number(text[11..13], out var hour) || !Number(text[14..16], out var minute) || !Number(text[17..19], out var second)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        var nanoseconds = 0;
        if (text.Length > Shortest)
        {
            var fraction = text[20..^1];
            if (text[19] != '.' || fraction.IsEmpty || !Number(fraction, out nanoseconds)) return false;
            for (var i = fraction.Length; i < 9; i++) nanoseconds *= 10;
        }

        value = Instant.FromUnixTimeTicks(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks).PlusNanoseconds(nanoseconds);
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
