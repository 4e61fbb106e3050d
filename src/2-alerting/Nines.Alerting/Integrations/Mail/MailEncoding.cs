using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Nines.Alerting.Integrations.Mail;

/// <summary>The encodings of mail: words in headers (RFC 2047), base64 and quoted-printable bodies (RFC 2045), charsets.</summary>
internal static partial class MailEncoding
{

    /// <summary>A header with its encoded words decoded; what is none stays.</summary>
    public static string Words(string header)
    {
        if (header.Length > 10_000) header = header[..10_000];
        if (!header.Contains("=?", StringComparison.Ordinal)) return header;
        // Between two encoded words white space is no text (RFC 2047, 6.2).
        return Word().Replace(Between().Replace(header, "?==?"), match =>
        {
            var text = match.Groups["text"].Value;
            var bytes = match.Groups["form"].Value is "B" or "b" ? Base64(Encoding.ASCII.GetBytes(text)) : Quoted(Encoding.ASCII.GetBytes(text.Replace('_', ' ')));
            return Charset(match.Groups["charset"].Value).GetString(bytes);
        });
    }

    /// <summary>A body's bytes by its transfer encoding.</summary>
    public static byte[] Decode(byte[] body, string encoding) => encoding.Trim().ToLowerInvariant() switch
    {
        "base64" => Base64(body),
        "quoted-printable" => Quoted(body),
        _ => body,
    };

    /// <summary>The charset of a name; Latin-1 for what is not known and not Unicode: each byte is then some letter.</summary>
    public static Encoding Charset(string name) => name.Trim().ToLowerInvariant() switch
    {
        "" or "utf-8" or "utf8" or "us-ascii" or "ascii" => Encoding.UTF8,
        "utf-16" or "utf-16le" => Encoding.Unicode,
        "utf-16be" => Encoding.BigEndianUnicode,
        _ => Encoding.Latin1,
    };

    /// <summary>What remains of HTML: its text, with lines where blocks end.</summary>
    public static string WithoutTags(string html)
    {
        if (html.Length > 200_000) html = html[..200_000];
        html = Breaks().Replace(Hidden().Replace(html, ""), "\n");
        return WebUtility.HtmlDecode(Tag().Replace(html, ""));
    }

    private static byte[] Base64(byte[] text)
    {
        var clean = Array.FindAll(text, b => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'+' or (byte)'/');
        // What breaks off inside four letters loses at most the last two bytes.
        var whole = clean.AsSpan(0, clean.Length / 4 * 4).ToArray();
        var rest = clean.AsSpan(whole.Length);
        var padded = rest.Length >= 2 ? [.. whole, .. rest, .. "=="u8[..(4 - rest.Length)]] : whole;
        var bytes = new byte[Base64Size(padded.Length)];
        System.Buffers.Text.Base64.DecodeFromUtf8(padded, bytes, out _, out var written);
        return bytes[..written];
    }

    private static int Base64Size(int length) => System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(length);

    private static byte[] Quoted(byte[] text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=') bytes.Add(text[i]);
            else if (i + 2 < text.Length && text[i + 1] == '\r' && text[i + 2] == '\n') i += 2;
            else if (i + 1 < text.Length && text[i + 1] == '\n') i++;
            else if (i + 2 < text.Length && byte.TryParse([(char)text[i + 1], (char)text[i + 2]], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else bytes.Add(text[i]);
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"=\?(?<charset>[^?*\s]{1,40})(\*[^?]{0,20})?\?(?<form>[BbQq])\?(?<text>[^?\s]*)\?=", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex(@"\?=\s+=\?", RegexOptions.NonBacktracking)]
    private static partial Regex Between();

    [GeneratedRegex(@"<script\b.*?</script\s*>|<style\b.*?</style\s*>|<head\b.*?</head\s*>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"<\s*(br|/p|/div|/tr|/li|/h[1-6])\b[^>]*>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Breaks();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
