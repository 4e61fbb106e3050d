using System.Buffers.Text;

namespace Nines.Measuring.Ingestion.AccessLogs;

/// <summary>Reads one line of an access log. Never throws on bytes.</summary>
internal interface ILineFormat
{
    /// <summary>Fills <paramref name="into"/>; false where the line is not of this format.</summary>
    bool TryParse(ReadOnlySpan<byte> line, AccessLine into);
}

/// <summary>Reads the single values that all formats share.</summary>
internal static class LineValues
{
    /// <summary>Splits <c>GET /path HTTP/1.1</c>; what does not look like a request leaves method and path empty.</summary>
    public static void Request(ReadOnlySpan<byte> request, AccessLine into)
    {
        var first = request.IndexOf((byte)' ');
        if (first <= 0) return;
        var rest = request[(first + 1)..];
        var last = rest.LastIndexOf((byte)' ');
        into.Set(AccessField.Method, request[..first]);
        into.Set(AccessField.Path, last >= 0 && rest[(last + 1)..].StartsWith("HTTP"u8) ? rest[..last] : rest);
    }

    /// <summary>A status of three digits.</summary>
    public static bool Status(ReadOnlySpan<byte> text, AccessLine into)
    {
        if (text.Length != 3 || !Utf8Parser.TryParse(text, out int status, out var read) || read != 3 || status < 100) return false;
        into.Status = status;
        return true;
    }

    /// <summary>A duration; of several upstream times (<c>0.010, 0.020</c> or <c>0.010 : 0.020</c>) the sum. "-" means that there is none.</summary>
    public static bool Seconds(ReadOnlySpan<byte> text, double unit, AccessLine into)
    {
        var total = 0.0;
        var any = false;
        while (!text.IsEmpty)
        {
            if (text[0] is (byte)' ' or (byte)',' or (byte)':' or (byte)'-')
            {
                text = text[1..];
                continue;
            }

            if (!Utf8Parser.TryParse(text, out double number, out var read) || read == 0 || !double.IsFinite(number) || number < 0) return false;
            text = text[read..];
            total += number * Unit(ref text, unit);
            any = true;
        }

        if (any) into.Seconds = total;
        return true;
    }

    // A unit beside the number ("12ms", as Go's loggers write) wins over the declared one.
    private static double Unit(ref ReadOnlySpan<byte> text, double declared)
    {
        (int letters, double unit) = text switch
        {
            [(byte)'s', ..] => (1, 1),
            [(byte)'m', (byte)'s', ..] => (2, 1e-3),
            [(byte)'u', (byte)'s', ..] => (2, 1e-6),
            [0xc2, 0xb5, (byte)'s', ..] => (3, 1e-6),
            [(byte)'n', (byte)'s', ..] => (2, 1e-9),
            _ => (0, declared),
        };
        text = text[letters..];
        return unit;
    }
}
