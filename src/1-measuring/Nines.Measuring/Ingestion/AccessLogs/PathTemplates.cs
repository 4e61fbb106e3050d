using System.Text;

namespace Nines.Measuring.Ingestion.AccessLogs;

/// <summary>
/// Brings paths down to few templates: declared ones first, else each segment that looks like an id becomes <c>:id</c>.
/// Whatever would be one template too many is <c>other</c>, so that a scanner can not make series without end.
/// </summary>
internal sealed class PathTemplates(IReadOnlyList<string> declared, int most)
{
    private const int MaxSegments = 12;
    private const int LongSegment = 40;

    private readonly byte[][][] _patterns = [.. declared.Select(Split)];
    private readonly byte[][] _names = [.. declared.Select(Encoding.UTF8.GetBytes)];
    private readonly Dictionary<string, byte[]> _seen = [];
    private byte[] _scratch = new byte[256];

    /// <summary>The template of a path as it was requested (query and fragment are cut off).</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> path)
    {
        path = WithoutQuery(path);
        if (path.IsEmpty || path[0] != '/') return "other"u8;
        for (var i = 0; i < _patterns.Length; i++)
            if (Fits(_patterns[i], path)) return _names[i];
        return Known(Generalised(path));
    }

    /// <summary>The path without query and fragment.</summary>
    public static ReadOnlySpan<byte> WithoutQuery(ReadOnlySpan<byte> path)
    {
        var end = path.IndexOfAny((byte)'?', (byte)'#');
        return end < 0 ? path : path[..end];
    }

    private ReadOnlySpan<byte> Known(ReadOnlySpan<byte> template)
    {
        var lookup = _seen.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> text = template.Length <= 512 ? stackalloc char[template.Length] : new char[template.Length];
        // Latin-1 keeps every byte apart, also those that are no UTF-8.
        var length = Encoding.Latin1.GetChars(template, text);
        if (lookup.TryGetValue(text[..length], out var known)) return known;
        if (_seen.Count >= most) return "other"u8;
        return _seen[text[..length].ToString()] = template.ToArray();
    }

    private ReadOnlySpan<byte> Generalised(ReadOnlySpan<byte> path)
    {
        if (_scratch.Length < path.Length + 64) _scratch = new byte[path.Length + 64];
        var used = 0;
        var segments = 0;
        while (!path.IsEmpty)
        {
            path = path[1..];
            var end = path.IndexOf((byte)'/');
            var segment = end < 0 ? path : path[..end];
            path = end < 0 ? default : path[end..];
            if (++segments > MaxSegments) return "other"u8;
            _scratch[used++] = (byte)'/';
            ReadOnlySpan<byte> shown = LooksLikeAnId(segment) ? ":id"u8 : segment;
            if (used + shown.Length + 1 > _scratch.Length) Array.Resize(ref _scratch, (_scratch.Length * 2) + shown.Length);
            shown.CopyTo(_scratch.AsSpan(used));
            used += shown.Length;
        }

        return _scratch.AsSpan(0, used);
    }

    // Numbers, UUIDs, hashes, and anything long: values, not names.
    private static bool LooksLikeAnId(ReadOnlySpan<byte> segment)
    {
        if (segment.IsEmpty) return false;
        if (segment.Length > LongSegment) return true;
        int digits = 0, hex = 0, hyphens = 0;
        foreach (var b in segment)
        {
            if (char.IsAsciiDigit((char)b)) digits++;
            if (char.IsAsciiHexDigit((char)b)) hex++;
            if (b == '-') hyphens++;
        }

        if (digits == segment.Length) return true;
        if (hex + hyphens == segment.Length && digits > 0 && hex >= 8) return true;
        return digits >= 6;
    }

    private static bool Fits(byte[][] pattern, ReadOnlySpan<byte> path)
    {
        foreach (var part in pattern)
        {
            if (part is [(byte)'*']) return true;
            if (path.IsEmpty) return false;
            path = path[1..];
            var end = path.IndexOf((byte)'/');
            var segment = end < 0 ? path : path[..end];
            path = end < 0 ? default : path[end..];
            if (part is [(byte)':', ..] ? segment.IsEmpty : !segment.SequenceEqual(part)) return false;
        }

        return path.IsEmpty;
    }

    private static byte[][] Split(string template) => [.. template.Split('/').Skip(1).Select(Encoding.UTF8.GetBytes)];
}
