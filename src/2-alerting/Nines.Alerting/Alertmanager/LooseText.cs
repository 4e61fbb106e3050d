using System.Globalization;
using System.Text;

namespace Nines.Alerting.Alertmanager;

/// <summary>Unescapes JSON text that is not valid: half surrogate pairs and bytes that are no UTF-8 become U+FFFD, as in Go.</summary>
public static class LooseText
{
    /// <summary>The text between the quotes.</summary>
    public static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var raw = Encoding.UTF8.GetString(escaped);
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 >= raw.Length) text.Append(raw[i]);
            else if (raw[++i] == 'u' && i + 4 < raw.Length && ushort.TryParse(raw.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                i += 4;
            }
            else text.Append(Plain(raw[i]));
        }

        // Encoding there and back turns what is half into U+FFFD.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static char Plain(char escaped) => escaped switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\b',
        'f' => '\f',
        _ => escaped,
    };
}
