using System.Globalization;

namespace Nines.Measuring.Ingestion.AccessLogs;

/// <summary>
/// How far a log was counted, and in which file: a file is known by its first bytes, because its name and even its number on
/// the disk go over to another one at a rotation.
/// </summary>
/// <param name="Offset">Bytes counted, always a whole number of lines.</param>
/// <param name="HeadLength">How many first bytes <paramref name="Head"/> covers; never more than were counted.</param>
/// <param name="Head">FNV-1a hash of them.</param>
internal readonly record struct LogPosition(long Offset, int HeadLength, ulong Head)
{
    /// <summary>Most first bytes that tell files apart: a few lines, each with its time.</summary>
    public const int MaxHead = 1024;

    /// <summary>Text form, as a mark keeps it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Offset}:{HeadLength}:{Head:x16}");

    /// <summary>Reads <see cref="ToString"/>; null for anything else.</summary>
    public static LogPosition? Parse(string? text)
    {
        var parts = text?.Split(':') ?? [];
        return parts.Length == 3 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && ulong.TryParse(parts[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var head)
            ? new LogPosition(offset, length, head)
            : null;
    }

    /// <summary>FNV-1a, 64 bit (Fowler, Noll, Vo).</summary>
    public static ulong HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in bytes) hash = (hash ^ b) * 1099511628211;
        return hash;
    }
}
