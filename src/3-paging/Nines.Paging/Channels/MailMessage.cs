using System.Globalization;
using System.Text;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>
/// A plain text mail as bytes for the wire: RFC 5322 headers, RFC 2047 words for what is not ASCII, RFC 2045
/// quoted-printable for the body, lines ended by CR LF. What a caller gives cannot add a header.
/// </summary>
/// <param name="From">Sender's address.</param>
/// <param name="To">Receiver's address.</param>
/// <param name="Subject">Any text; line breaks become spaces.</param>
/// <param name="Body">Any text.</param>
/// <param name="MessageId">Without angle brackets; the same at every try, so that a mail server can drop a second copy.</param>
/// <param name="Thread">Id of the mail that began the thread, without brackets; null for the first.</param>
/// <param name="List">Id of the list that mail programs sort it by (RFC 2919); null for none.</param>
/// <param name="Page">The page that it is about, for filters; null for none.</param>
/// <param name="Urgent">True where mail programs should mark it.</param>
/// <param name="Sender">Name of the sender.</param>
/// <param name="Unsubscribe">Where a mail program ends it with one press (RFC 8058); null where it cannot be ended.</param>
public sealed record MailMessage(
    string From, string To, string Subject, string Body, string MessageId, string? Thread = null, string? List = null, string? Page = null, bool Urgent = false,
    string Sender = "Nines", string? Unsubscribe = null)
{
    // RFC 2047: an encoded word has at most 75 characters; the frame "=?utf-8?B?" and "?=" takes 12 of them.
    private const int WordBytes = (75 - 12) / 4 * 3;

    // RFC 2045: at most 76 characters a line, the soft break included.
    private const int LongestLine = 76;

    /// <summary>The whole message, without the dot stuffing of SMTP.</summary>
    public byte[] ToBytes(Instant now)
    {
        var text = new StringBuilder();
        Header(text, "Date", now.ToDateTimeOffset().ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " +0000");
        Header(text, "From", $"{Name(OneLine(Sender))} <{OneLine(From)}>");
        Header(text, "To", $"<{OneLine(To)}>");
        Header(text, "Subject", Words(OneLine(Subject)));
        Header(text, "Message-ID", $"<{OneLine(MessageId)}>");
        if (Thread is not null)
        {
            Header(text, "In-Reply-To", $"<{OneLine(Thread)}>");
            Header(text, "References", $"<{OneLine(Thread)}>");
        }

        if (List is not null) Header(text, "List-Id", $"{Name(Sender == "Nines" ? "Pages of Nines" : OneLine(Sender))} <{OneLine(List)}>");
        if (Unsubscribe is not null)
        {
            Header(text, "List-Unsubscribe", $"<{OneLine(Unsubscribe)}>");
            Header(text, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        if (Page is not null) Header(text, "X-Nines-Page", OneLine(Page));
        if (Urgent) Header(text, "Importance", "high");

        // RFC 3834: keeps holiday replies from answering a page.
        Header(text, "Auto-Submitted", "auto-generated");
        Header(text, "MIME-Version", "1.0");
        Header(text, "Content-Type", "text/plain; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "quoted-printable");
        text.Append("\r\n").Append(QuotedPrintable(Body));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Text for a header: as it is where it is ASCII, else as encoded words that never split a character.</summary>
    internal static string Words(string text)
    {
        if (text.All(c => c is >= ' ' and < '\x7f')) return text;
        var words = new List<string>();
        var bytes = new List<byte>(WordBytes);
        Span<byte> one = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(one);
            if (bytes.Count + length > WordBytes) Flush();
            for (var i = 0; i < length; i++) bytes.Add(one[i]);
        }

        Flush();
        return string.Join("\r\n ", words);

        void Flush()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=");
            bytes.Clear();
        }
    }

    /// <summary>A name before an address: words as they are, others in quotes (RFC 5322, 3.2.4) or as encoded words.</summary>
    internal static string Name(string name) => name.Any(c => c is < ' ' or >= '\x7f')
        ? Words(name)
        : name.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-') ? name : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The body in quoted-printable; every kind of line break becomes CR LF.</summary>
    internal static string QuotedPrintable(string body)
    {
        var text = new StringBuilder();
        foreach (var line in body.ReplaceLineEndings("\n").Split('\n'))
        {
            var used = 0;
            var bytes = Encoding.UTF8.GetBytes(line);
            for (var i = 0; i < bytes.Length; i++)
            {
                var last = i == bytes.Length - 1;
                var plain = bytes[i] is >= 33 and <= 126 and not (byte)'=' || (bytes[i] is (byte)' ' or (byte)'\t' && !last);
                var size = plain ? 1 : 3;
                if (used + size > LongestLine - 1)
                {
                    text.Append("=\r\n");
                    used = 0;
                }

                if (plain) text.Append((char)bytes[i]);
                else text.Append('=').Append(bytes[i].ToString("X2", CultureInfo.InvariantCulture));
                used += size;
            }

            text.Append("\r\n");
        }

        return text.ToString();
    }

    private static void Header(StringBuilder text, string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
