using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nines.Tests.Stories;

/// <summary>One mail that arrived.</summary>
internal sealed record Mail(string To, string Subject, string Body);

/// <summary>
/// A mail server on loopback that takes every mail and remembers it. (That Nines speaks SMTP as the world does is
/// proven in tests/Interop against a real one.)
/// </summary>
internal sealed class Mailbox : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Mail> _mails = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    private Mailbox()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Every mail, oldest first.</summary>
    public IReadOnlyList<Mail> Mails => [.. _mails];

    /// <summary>The settings that make Nines send here.</summary>
    public (string, string)[] Settings =>
        [("channels:smtpHost", "127.0.0.1"), ("channels:smtpPort", $"{((IPEndPoint)_listener.LocalEndpoint).Port}"), ("channels:smtpTls", "none"), ("channels:smtpFrom", "nines@example.com")];

    /// <summary>True while it hangs up on everybody.</summary>
    public bool Down { get; set; }

    public static Mailbox Open() => new();

    /// <summary>The manifest of somebody who is reached by mail only.</summary>
    public static string Manifest(string name) =>
        $"apiVersion: nines/v1\nkind: Person\nmetadata: {{ name: {name} }}\nspec: {{ contacts: {{ email: {name}@example.com }} }}\n";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TakeAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The box is closed.
        }
    }

    private async Task TakeAsync(NetworkStream stream)
    {
        if (Down) return;
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        var to = "";
        await writer.WriteLineAsync("220 mailbox");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.StartsWith("RCPT TO:", StringComparison.Ordinal)) to = line[8..].Trim('<', '>', ' ');
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                await ReadAsync(reader, to);
            }

            await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 taken");
            if (line == "QUIT") return;
        }
    }

    private async Task ReadAsync(StreamReader reader, string to)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".") lines.Add(line.StartsWith('.') ? line[1..] : line);
        var empty = lines.IndexOf("");
        // A folded header goes on in a line that begins with a space (RFC 5322, 2.2.3).
        var headers = string.Join('\n', lines.Take(empty)).Replace("\n ", " ", StringComparison.Ordinal).Split('\n');
        var subject = headers.First(h => h.StartsWith("Subject: ", StringComparison.Ordinal))[9..];
        _mails.Enqueue(new(to, Plain(Words(subject)), Plain(Unquote(lines.Skip(empty + 1)))));
    }

    /// <summary>RFC 2047 words as text.</summary>
    private static string Words(string header) => string.Concat(header.Split(' ').Select(word => word.StartsWith("=?utf-8?B?", StringComparison.Ordinal)
        ? Encoding.UTF8.GetString(Convert.FromBase64String(word[10..^2]))
        : word + " ")).Trim();

    private static string Unquote(IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines).Replace("=\n", "", StringComparison.Ordinal);
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=') bytes.Add((byte)text[i]);
            else
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string Plain(string text) => text.Replace('\u00a0', ' ');
}
