using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Nines.Measuring.Ingestion.AccessLogs;

/// <summary>
/// A line format in nginx' own notation (<c>log_format</c>): texts between <c>$variables</c>. Common and combined are two of them.
/// One pass: each variable ends where the next text begins; inside quotes a backslash protects the next byte.
/// </summary>
internal sealed class VariableFormat : ILineFormat
{
    /// <summary>The common log format of the NCSA servers, Apache and nginx.</summary>
    public const string Common = "$remote_addr $ident $remote_user [$time_local] \"$request\" $status $body_bytes_sent";

    /// <summary>Common with referer and user agent: the default of nginx and of Apache's packages.</summary>
    public const string Combined = Common + " \"$http_referer\" \"$http_user_agent\"";

    /// <summary>Combined with the request time in seconds at the end.</summary>
    public const string Nginx = Combined + " $request_time";

    private readonly byte[] _lead;
    private readonly Segment[] _segments;

    private VariableFormat(byte[] lead, Segment[] segments) => (_lead, _segments) = (lead, segments);

    /// <summary>Compiles a format.</summary>
    /// <param name="format">Such as <see cref="Combined"/>.</param>
    /// <param name="extras">Variables whose values are kept, in the order of their slots from <see cref="AccessField.Extra"/>.</param>
    /// <param name="made">The format.</param>
    /// <param name="wrong">Why it is none, in words.</param>
    public static bool TryCompile(string format, IReadOnlyList<string> extras, [NotNullWhen(true)] out VariableFormat? made, [NotNullWhen(false)] out string? wrong)
    {
        made = null;
        var parts = new List<Segment>();
        var at = Text(format, 0, out var lead);
        while (at < format.Length)
        {
            var end = at + 1;
            var braced = end < format.Length && format[end] == '{';
            if (braced) end++;
            var start = end;
            while (end < format.Length && (char.IsAsciiLetterOrDigit(format[end]) || format[end] == '_')) end++;
            var name = format[start..end];
            if (braced && end < format.Length && format[end] == '}') end++;
            if (name.Length == 0)
            {
                wrong = $"The log format has a $ without a name at character {at + 1}.";
                return false;
            }

            at = Text(format, end, out var after);
            if (after.Length == 0 && at < format.Length)
            {
                wrong = $"${name} is followed by another variable without a text between them, so its end cannot be told.";
                return false;
            }

            parts.Add(new Segment(name, Encoding.UTF8.GetBytes(after), extras.ToList().IndexOf(name)));
        }

        wrong = Lacking(parts, extras);
        if (wrong is not null) return false;
        made = new VariableFormat(Encoding.UTF8.GetBytes(lead), [.. parts]);
        return true;
    }

    /// <inheritdoc />
    public bool TryParse(ReadOnlySpan<byte> line, AccessLine into)
    {
        if (!line.StartsWith(_lead)) return false;
        line = line[_lead.Length..];
        var quoted = _lead.Length > 0 && _lead[^1] == '"';
        foreach (var segment in _segments)
        {
            var end = segment.After.Length == 0 ? line.Length : Find(line, segment.After, quoted);
            if (end < 0 || !Take(segment, line[..end], into)) return false;
            line = line[(end + segment.After.Length)..];
            quoted = segment.After.Length > 0 && segment.After[^1] == '"';
        }

        return into.UnixMs > 0 && into.Status > 0;
    }

    private static bool Take(Segment segment, ReadOnlySpan<byte> value, AccessLine into)
    {
        if (segment.Extra >= 0) into.Set(AccessField.Extra + segment.Extra, value);
        switch (segment.Part)
        {
            case Part.Time:
                if (!LogTime.TryParse(value, out var unixMs)) return false;
                into.UnixMs = unixMs;
                return true;
            case Part.Status: return LineValues.Status(value, into);
            case Part.Seconds: return LineValues.Seconds(value, 1, into);
            case Part.Request: LineValues.Request(value, into); return true;
            case Part.Field: into.Set(segment.Field, value); return true;
            default: return true;
        }
    }

    private static int Find(ReadOnlySpan<byte> line, ReadOnlySpan<byte> text, bool quoted)
    {
        if (!quoted) return line.IndexOf(text);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\') i++;
            else if (line[i..].StartsWith(text)) return i;
        }

        return -1;
    }

    private static int Text(string format, int at, out string text)
    {
        var end = format.IndexOf('$', at);
        if (end < 0) end = format.Length;
        text = format[at..end];
        return end;
    }

    private static string? Lacking(List<Segment> segments, IReadOnlyList<string> extras)
    {
        if (!segments.Exists(segment => segment.Part == Part.Time)) return "The log format has no time: add $time_local, $time_iso8601 or $msec.";
        if (!segments.Exists(segment => segment.Part == Part.Status)) return "The log format has no status: add $status.";
        foreach (var extra in extras)
            if (!segments.Exists(segment => segment.Name == extra)) return $"The log format has no ${extra}, which a label asks for.";
        return null;
    }

    private enum Part
    {
        Skip,
        Time,
        Status,
        Seconds,
        Request,
        Field,
    }

    private sealed class Segment(string name, byte[] after, int extra)
    {
        public string Name { get; } = name;

        public byte[] After { get; } = after;

        public int Extra { get; } = extra;

        public Part Part { get; } = name switch
        {
            "time_local" or "time_iso8601" or "msec" or "time" => Part.Time,
            "status" => Part.Status,
            "request_time" => Part.Seconds,
            "request" => Part.Request,
            "request_method" or "request_uri" or "uri" or "remote_addr" or "http_user_agent" => Part.Field,
            _ => Part.Skip,
        };

        public AccessField Field { get; } = name switch
        {
            "request_method" => AccessField.Method,
            "remote_addr" => AccessField.Address,
            "http_user_agent" => AccessField.UserAgent,
            _ => AccessField.Path,
        };
    }
}
