using System.Globalization;
using System.Text;

namespace Nines.Alerting.Integrations.Mail;

/// <summary>What the listener does next for a session.</summary>
/// <param name="Reply">A line to send; empty where a delivery must be done first.</param>
/// <param name="Delivery">A message to be taken; its outcome is told with <see cref="SmtpSession.Delivered"/>.</param>
/// <param name="Close">The connection ends after the reply.</param>
internal sealed record SmtpStep(string Reply, SmtpDelivery? Delivery = null, bool Close = false);

/// <summary>One message for its recipients.</summary>
/// <param name="Recipients">Addresses that were accepted.</param>
/// <param name="Message">As sent, with dots unstuffed.</param>
internal sealed record SmtpDelivery(IReadOnlyList<string> Recipients, byte[] Message);

/// <summary>
/// The server's side of one SMTP conversation (RFC 5321, with SIZE, PIPELINING and 8BITMIME): bytes in, steps out, no
/// socket and no clock. A message ends at CR LF dot CR LF only, so that a lone line feed smuggles nothing in.
/// </summary>
/// <param name="host">How the server calls itself.</param>
/// <param name="limit">Bytes of a message.</param>
/// <param name="recipient">Judges an address: empty to accept, else the whole reply.</param>
internal sealed class SmtpSession(string host, int limit, Func<string, string> recipient)
{
    private const int LongestLine = 2048;
    private const int MostRecipients = 100;
    private const int MostErrors = 20;

    private readonly List<byte> _input = [];
    private readonly List<string> _recipients = [];
    private List<byte>? _message;
    private int _read;
    private bool _greeted;
    private bool _mail;
    private bool _tooLarge;
    private bool _waiting;
    private bool _lineTooLong;
    private int _errors;

    /// <summary>The line with which the server begins.</summary>
    public string Greeting => $"220 {host} ESMTP Nines takes alerts";

    /// <summary>Takes what came.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_read > 0)
        {
            _input.RemoveRange(0, _read);
            _read = 0;
        }

        _input.AddRange(bytes);
    }

    /// <summary>What to do next; null where more bytes are needed.</summary>
    public SmtpStep? Next()
    {
        while (!_waiting && Line() is { } line)
        {
            if (_lineTooLong)
            {
                _lineTooLong = false;
                return Wrong("500 The line is too long");
            }

            if ((_message is null ? Command(line) : Data(line)) is { } step) return step;
        }

        // A line without an end must not grow for ever; in a message only its first piece is kept.
        if (!_waiting && _input.Count - _read > LongestLine) Overlong();
        return null;
    }

    /// <summary>Tells what became of a delivery; answers the reply.</summary>
    public string Delivered(bool taken, string why)
    {
        _waiting = false;
        return taken ? "250 Taken: " + why : "451 Not taken, try again: " + why;
    }

    private SmtpStep? Data(ReadOnlyMemory<byte> line)
    {
        var text = line.Span;
        if (text is [(byte)'.'])
        {
            var message = _message!.ToArray();
            _message = null;
            var to = _recipients.ToArray();
            Reset();
            if (_tooLarge) return Wrong($"552 The message is larger than {limit} bytes");
            _waiting = true;
            return new("", new(to, message));
        }

        if (text.Length > 0 && text[0] == '.') text = text[1..];
        Append(text);
        Append("\r\n"u8);
        return null;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_message!.Count + bytes.Length > limit) _tooLarge = true;
        else _message.AddRange(bytes);
    }

    private SmtpStep Command(ReadOnlyMemory<byte> line)
    {
        if (line.Span.ContainsAnyExceptInRange((byte)0x20, (byte)0xff) || line.Span.Contains((byte)0x7f)) return Wrong("500 There are control characters in the command");
        var text = Encoding.UTF8.GetString(line.Span).TrimEnd();
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var (verb, rest) = space < 0 ? (text, "") : (text[..space], text[(space + 1)..].Trim());
        switch (verb.ToUpperInvariant())
        {
            case "EHLO" or "HELO" when rest.Length == 0:
                return Wrong("501 Say who you are: EHLO name");
            case "EHLO":
                _greeted = true;
                Reset();
                return new($"250-{host} at your service\r\n250-SIZE {limit}\r\n250-PIPELINING\r\n250 8BITMIME");
            case "HELO":
                _greeted = true;
                Reset();
                return new($"250 {host}");
            case "MAIL":
                return Mail(rest);
            case "RCPT":
                return Recipient(rest);
            case "DATA":
                return BeginData(rest);
            case "RSET":
                Reset();
                return new("250 Forgotten");
            case "NOOP":
                return new("250 Here");
            case "VRFY":
                return new("252 Send the mail to see");
            case "HELP":
                return new("214 Alerts go to NAME@anything or NAME+KEY@anything; see the page of integrations");
            case "QUIT":
                return new("221 Bye", Close: true);
            case "STARTTLS" or "AUTH" or "EXPN" or "TURN" or "BDAT":
                return Wrong("502 Not offered here");
            default:
                return Wrong("500 Not a command");
        }
    }

    private SmtpStep Mail(string rest)
    {
        if (!_greeted) return Wrong("503 Say EHLO first");
        if (_mail) return Wrong("503 There is a sender already; say RSET to begin anew");
        if (Address(rest, "FROM:", out _, out var parameters) is { } wrong) return Wrong(wrong);
        foreach (var parameter in parameters)
        {
            if (!parameter.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase)) continue;
            if (!long.TryParse(parameter.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return Wrong("501 SIZE is not a number");
            if (size > limit) return Wrong($"552 The message is larger than {limit} bytes");
        }

        _mail = true;
        return new("250 Go on");
    }

    private SmtpStep Recipient(string rest)
    {
        if (!_mail) return Wrong("503 Say MAIL FROM first");
        if (Address(rest, "TO:", out var address, out _) is { } wrong) return Wrong(wrong);
        if (address.Length == 0) return Wrong("501 There is no address");
        if (_recipients.Count >= MostRecipients) return Wrong($"452 More than {MostRecipients} recipients");
        if (recipient(address) is { Length: > 0 } refusal) return Wrong(refusal);
        _recipients.Add(address);
        return new("250 Known");
    }

    private SmtpStep BeginData(string rest)
    {
        if (rest.Length > 0) return Wrong("501 DATA takes nothing");
        if (_recipients.Count == 0) return Wrong(_mail ? "554 No recipient was accepted" : "503 Say MAIL FROM and RCPT TO first");
        _message = [];
        _tooLarge = false;
        return new("354 Send it; end with a dot on a line of its own");
    }

    /// <summary>Reads <c>FROM:&lt;a@b&gt; PARAMETER…</c>; answers a reply where it is none.</summary>
    private static string? Address(string text, string word, out string address, out IReadOnlyList<string> parameters)
    {
        (address, parameters) = ("", []);
        if (!text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) return $"501 Write {word}<address>";
        text = text[word.Length..].TrimStart();
        var end = text.IndexOf('>', StringComparison.Ordinal);
        if (text.Length == 0 || text[0] != '<' || end < 0) return $"501 Write {word}<address>";
        address = text[1..end];
        // A source route (RFC 5321, F.2) is ignored.
        if (address.StartsWith('@') && address.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon) address = address[(colon + 1)..];
        if (address.Length > 320 || address.Contains(' ')) return "501 That is no address";
        parameters = text[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return null;
    }

    private SmtpStep Wrong(string reply) => ++_errors >= MostErrors ? new("421 Too many mistakes; bye", Close: true) : new(reply);

    private void Reset()
    {
        _mail = false;
        _recipients.Clear();
    }

    /// <summary>The next line without its end. In a message only CR LF ends one; a command may end in LF, as people at a terminal type.</summary>
    private ReadOnlyMemory<byte>? Line()
    {
        for (var i = _read; i < _input.Count; i++)
        {
            if (_input[i] != '\n') continue;
            var hasReturn = i > _read && _input[i - 1] == '\r';
            if (_message is not null && !hasReturn) continue;
            var line = _input.GetRange(_read, i - _read - (hasReturn ? 1 : 0)).ToArray();
            _read = i + 1;
            return line;
        }

        return null;
    }

    private void Overlong()
    {
        // What came so far is let go; of a command only that it was too long is remembered, of a message that it was too large.
        if (_message is null)
        {
            _lineTooLong = true;
            _input.RemoveRange(_read, _input.Count - _read);
        }
        else if (_input.Count - _read > limit)
        {
            _tooLarge = true;
            // A return at the end may be half of the end of the line.
            var keep = _input[^1] == '\r' ? 1 : 0;
            _input.RemoveRange(_read, _input.Count - _read - keep);
        }
    }
}
