using System.Text;

namespace Nines.Alerting.Integrations.Mail;

/// <summary>A mail as far as an alert needs it: decoded headers and the first text of its body. Reading never throws.</summary>
/// <param name="Headers">Names in lower case, the first of each.</param>
/// <param name="Text">The plain text; of HTML what remains without its tags.</param>
internal sealed record ReceivedMail(IReadOnlyDictionary<string, string> Headers, string Text)
{
    private const int MaxHeaders = 200;
    private const int MaxDepth = 5;

    /// <summary>A header's value; empty where it is missing.</summary>
    public string Header(string name) => Headers.GetValueOrDefault(name) ?? "";

    /// <summary>Reads a message as it came after DATA.</summary>
    public static ReceivedMail Read(ReadOnlySpan<byte> message)
    {
        var (headers, body) = Split(message);
        return new(headers, TextOf(headers, body, 0) ?? "");
    }

    private static (Dictionary<string, string> Headers, byte[] Body) Split(ReadOnlySpan<byte> message)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        string? name = null;
        var value = new StringBuilder();
        while (!message.IsEmpty)
        {
            var end = message.IndexOf((byte)'\n');
            var line = end < 0 ? message : message[..end];
            message = end < 0 ? default : message[(end + 1)..];
            line = line.TrimEnd((byte)'\r');
            if (line.IsEmpty) break;
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                value.Append(' ').Append(Encoding.UTF8.GetString(line).Trim());
                continue;
            }

            Keep();
            var colon = line.IndexOf((byte)':');
            name = colon > 0 && headers.Count < MaxHeaders ? Encoding.UTF8.GetString(line[..colon]).Trim().ToLowerInvariant() : null;
            value.Clear().Append(colon > 0 ? Encoding.UTF8.GetString(line[(colon + 1)..]).Trim() : "");
        }

        Keep();
        return (headers, message.ToArray());

        void Keep()
        {
            if (name is not null) headers.TryAdd(name, MailEncoding.Words(value.ToString()));
            name = null;
        }
    }

    private static string? TextOf(IReadOnlyDictionary<string, string> headers, byte[] body, int depth)
    {
        var (type, parameters) = ContentType(headers.GetValueOrDefault("content-type") ?? "text/plain");
        if (type.StartsWith("multipart/", StringComparison.Ordinal)) return depth < MaxDepth && parameters.GetValueOrDefault("boundary") is { Length: > 0 and <= 200 } boundary ? PartsText(body, boundary, depth) : null;
        if (!type.StartsWith("text/", StringComparison.Ordinal)) return null;
        var bytes = MailEncoding.Decode(body, headers.GetValueOrDefault("content-transfer-encoding") ?? "");
        var text = MailEncoding.Charset(parameters.GetValueOrDefault("charset") ?? "utf-8").GetString(bytes);
        return type == "text/html" ? MailEncoding.WithoutTags(text) : text;
    }

    private static string? PartsText(byte[] body, string boundary, int depth)
    {
        string? html = null;
        foreach (var part in Parts(body, boundary))
        {
            var (headers, content) = Split(part);
            var isHtml = (headers.GetValueOrDefault("content-type") ?? "").StartsWith("text/html", StringComparison.OrdinalIgnoreCase);
            if ((headers.GetValueOrDefault("content-disposition") ?? "").StartsWith("attachment", StringComparison.OrdinalIgnoreCase)) continue;
            if (TextOf(headers, content, depth + 1) is not { } text || string.IsNullOrWhiteSpace(text)) continue;
            if (!isHtml) return text;
            html ??= text;
        }

        return html;
    }

    private static List<byte[]> Parts(byte[] body, string boundary)
    {
        var parts = new List<byte[]>();
        var mark = Encoding.UTF8.GetBytes("--" + boundary);
        var from = -1;
        for (var at = 0; at <= body.Length && parts.Count < 50;)
        {
            var end = at < body.Length ? Array.IndexOf(body, (byte)'\n', at) : -1;
            var line = body.AsSpan(at, (end < 0 ? body.Length : end) - at);
            if (line.StartsWith(mark))
            {
                if (from >= 0) parts.Add(body[from..at]);
                from = end < 0 ? -1 : end + 1;
                if (line[mark.Length..].StartsWith("--"u8)) return parts;
            }

            if (end < 0) break;
            at = end + 1;
        }

        // A message that breaks off still has what came.
        if (from >= 0 && from < body.Length) parts.Add(body[from..]);
        return parts;
    }

    private static (string Type, Dictionary<string, string> Parameters) ContentType(string value)
    {
        var pieces = value.Split(';', 20);
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var piece in pieces.Skip(1))
            if (piece.IndexOf('=', StringComparison.Ordinal) is > 0 and var at) parameters.TryAdd(piece[..at].Trim(), piece[(at + 1)..].Trim().Trim('"'));
        return (pieces[0].Trim().ToLowerInvariant(), parameters);
    }
}
