using System.Globalization;
using System.Net.Security;
using System.Text;
using Nines.Kernel;

namespace Nines.Paging.Channels;

/// <summary>How a connection to a mail server is secured.</summary>
public enum SmtpTls
{
    /// <summary>STARTTLS where the server offers it.</summary>
    Auto,

    /// <summary>STARTTLS, or no mail.</summary>
    Required,

    /// <summary>TLS from the first byte (port 465).</summary>
    Implicit,

    /// <summary>Never.</summary>
    None,
}

/// <summary>The mail server that takes Nines' mails.</summary>
/// <param name="Host">Its name, also the one that its certificate must show.</param>
/// <param name="Port">Its port.</param>
/// <param name="Tls">How the connection is secured.</param>
/// <param name="User">User name; null for a server that asks for none.</param>
/// <param name="Password">Password; null with <paramref name="User"/>.</param>
/// <param name="Hello">How Nines introduces itself.</param>
public sealed record SmtpServer(string Host, int Port, SmtpTls Tls, string? User, string? Password, string Hello);

/// <summary>
/// One mail over one connection (RFC 5321): EHLO, STARTTLS, AUTH PLAIN or LOGIN, MAIL, RCPT, DATA with dot stuffing. Small
/// on purpose; MailKit is the library that would replace it.
/// </summary>
internal sealed class SmtpSession(Stream connection, SmtpServer server, Func<Stream, CancellationToken, Task<Stream>> secure)
{
    private const int LongestReply = 64 * 1024;

    private readonly byte[] _buffer = new byte[4096];
    private Stream _stream = connection;
    private int _from;
    private int _to;
    private bool _secured;

    /// <summary>Upgrades a plain connection, checking the server's certificate against its name.</summary>
    public static async Task<Stream> SecureAsync(Stream plain, string host, CancellationToken stop)
    {
        var tls = new SslStream(plain, leaveInnerStreamOpen: false);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, stop);
        return tls;
    }

    /// <summary>Delivers one message. 4xx replies are tried again, 5xx replies to address or content are final.</summary>
    public async Task<SendOutcome> DeliverAsync(string from, string to, byte[] message, CancellationToken stop)
    {
        try
        {
            if (server.Tls == SmtpTls.Implicit) await UpgradeAsync(stop);
            await ExpectAsync(220, stop);
            var offers = await HelloAsync(stop);
            if (server.Tls is SmtpTls.Auto or SmtpTls.Required)
            {
                if (offers.ContainsKey("STARTTLS"))
                {
                    await AskAsync("STARTTLS", 220, stop);
                    await UpgradeAsync(stop);
                    // What was said in the clear counts no longer (RFC 3207, 4.2).
                    offers = await HelloAsync(stop);
                }
                else if (server.Tls == SmtpTls.Required) return new(SendVerdict.Retry, $"{server.Host} offers no STARTTLS, which is required.");
            }

            if (server.User is not null) await SignInAsync(offers, stop);
            var wide = !Ascii(from) || !Ascii(to);
            if (wide && !offers.ContainsKey("SMTPUTF8")) return new(SendVerdict.Refused, "The address is not ASCII, and the mail server takes no others.");
            await AskAsync($"MAIL FROM:<{from}>{(wide ? " SMTPUTF8" : "")}", 250, stop, final: true);
            await AskAsync($"RCPT TO:<{to}>", 250, stop, final: true);
            await AskAsync("DATA", 354, stop, final: true);
            await WriteAsync(Stuff(message), stop);
            var accepted = await ExpectAsync(250, stop, final: true);
            await QuitAsync(stop);
            return new(SendVerdict.Accepted, $"The mail server answered {accepted}.");
        }
        catch (SmtpRefusal refusal)
        {
            return new(refusal.Final ? SendVerdict.Refused : SendVerdict.Retry, refusal.Message);
        }
    }

    /// <summary>Doubles the dot that begins a line and ends the data with a line of one dot (RFC 5321, 4.5.2).</summary>
    internal static byte[] Stuff(byte[] message)
    {
        var stuffed = new List<byte>(message.Length + 64);
        var lineStart = true;
        foreach (var b in message)
        {
            if (lineStart && b == '.') stuffed.Add((byte)'.');
            stuffed.Add(b);
            lineStart = b == '\n';
        }

        if (stuffed.Count < 2 || stuffed[^1] != '\n') stuffed.AddRange("\r\n"u8);
        stuffed.AddRange(".\r\n"u8);
        return [.. stuffed];
    }

    private static bool Ascii(string text) => text.All(char.IsAscii);

    private async Task UpgradeAsync(CancellationToken stop)
    {
        // Bytes that came before the handshake were not protected by it: somebody may have put them there.
        if (_to > _from) throw new SmtpRefusal($"{server.Host} sent text before the encryption began.", false);
        _stream = await secure(_stream, stop);
        _secured = true;
    }

    private async Task<Dictionary<string, string>> HelloAsync(CancellationToken stop)
    {
        await WriteAsync(Encoding.ASCII.GetBytes($"EHLO {server.Hello}\r\n"), stop);
        var (code, lines) = await ReadReplyAsync(stop);
        if (code >= 500)
        {
            await AskAsync($"HELO {server.Hello}", 250, stop);
            return [];
        }

        if (code != 250) throw Refusal(code, lines, final: false);
        var offers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var at = line.IndexOfAny([' ', '=']);
            offers[at < 0 ? line : line[..at]] = at < 0 ? "" : line[(at + 1)..];
        }

        return offers;
    }

    private async Task SignInAsync(Dictionary<string, string> offers, CancellationToken stop)
    {
        if (!_secured && server.Host is not ("localhost" or "127.0.0.1" or "::1"))
            throw new SmtpRefusal($"{server.Host} offers no encryption, and a password is not sent in the clear.", false);
        var ways = offers.GetValueOrDefault("AUTH", "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (ways.Contains("PLAIN", StringComparer.OrdinalIgnoreCase))
        {
            await AskAsync("AUTH PLAIN " + Base64($"\0{server.User}\0{server.Password}"), 235, stop);
        }
        else if (ways.Contains("LOGIN", StringComparer.OrdinalIgnoreCase))
        {
            await AskAsync("AUTH LOGIN", 334, stop);
            await AskAsync(Base64(server.User!), 334, stop);
            await AskAsync(Base64(server.Password ?? ""), 235, stop);
        }
        else
        {
            throw new SmtpRefusal($"{server.Host} offers neither AUTH PLAIN nor AUTH LOGIN.", false);
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task QuitAsync(CancellationToken stop)
    {
        try
        {
            await AskAsync("QUIT", 221, stop);
        }
        catch (Exception e) when (e is IOException or SmtpRefusal)
        {
            // The mail is accepted; how the server says goodbye changes nothing.
        }
    }

    private async Task AskAsync(string line, int expected, CancellationToken stop, bool final = false)
    {
        await WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), stop);
        await ExpectAsync(expected, stop, final);
    }

    private async Task<string> ExpectAsync(int expected, CancellationToken stop, bool final = false)
    {
        var (code, lines) = await ReadReplyAsync(stop);
        // 251: the server forwards; it is an acceptance of RCPT like 250.
        return code == expected || (expected == 250 && code == 251) ? $"{code} {lines[^1]}" : throw Refusal(code, lines, final);
    }

    /// <summary>5xx to address or content is the last word; to greeting, encryption or sign-in it is our set-up, which somebody may mend.</summary>
    private static SmtpRefusal Refusal(int code, List<string> lines, bool final) =>
        new($"The mail server answered {code} {string.Join(' ', lines)}.", final && code >= 500);

    private async Task<(int Code, List<string> Lines)> ReadReplyAsync(CancellationToken stop)
    {
        var lines = new List<string>();
        var size = 0;
        while (true)
        {
            var line = await ReadLineAsync(stop);
            size += line.Length;
            if (size > LongestReply || line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                throw new IOException("The mail server does not speak SMTP.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-') return (code, lines);
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken stop)
    {
        var line = new List<byte>();
        while (line.Count <= LongestReply)
        {
            if (_from == _to)
            {
                _to = await _stream.ReadAsync(_buffer, stop);
                _from = 0;
                if (_to == 0) throw new IOException("The mail server closed the connection.");
            }

            var b = _buffer[_from++];
            if (b == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(b);
        }

        throw new IOException("The mail server does not speak SMTP.");
    }

    private async Task WriteAsync(byte[] bytes, CancellationToken stop)
    {
        await _stream.WriteAsync(bytes, stop);
        await _stream.FlushAsync(stop);
    }

    private sealed class SmtpRefusal(string message, bool final) : Exception(message)
    {
        public bool Final { get; } = final;
    }
}
