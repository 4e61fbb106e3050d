using System.Text.Json;

namespace Nines.Measuring.Ingestion.AccessLogs;

/// <summary>Names of the fields in a log of JSON lines; a dot leads into an object. Null takes the usual names.</summary>
public sealed record JsonFields
{
    /// <summary>Time of the request.</summary>
    public string? Time { get; init; }

    /// <summary>HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>Path with or without query.</summary>
    public string? Path { get; init; }

    /// <summary>HTTP status.</summary>
    public string? Status { get; init; }

    /// <summary>How long it took.</summary>
    public string? Duration { get; init; }

    /// <summary>The caller's address.</summary>
    public string? Address { get; init; }

    /// <summary>The User-Agent header.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Seconds of one unit of <see cref="Duration"/>: 1, 0.001, 0.000001 or 0.000000001.</summary>
    public double DurationUnit { get; init; } = 1;
}

/// <summary>A log of JSON lines: one object a line.</summary>
internal sealed class JsonFormat : ILineFormat
{
    private const int MaxDepth = 16;

    private readonly Dictionary<string, Part> _parts = [];
    private readonly Dictionary<string, int> _extras = [];
    private readonly double _unit;

    /// <summary>A format with these names.</summary>
    /// <param name="fields">Names of the fields that have a meaning.</param>
    /// <param name="extraFields">Further fields, in the order of their slots from <see cref="AccessField.Extra"/>.</param>
    public JsonFormat(JsonFields fields, IReadOnlyList<string> extraFields)
    {
        _unit = fields.DurationUnit;
        Name(Part.Time, fields.Time, "time", "timestamp", "ts", "@timestamp", "time_iso8601", "time_local", "msec");
        Name(Part.Method, fields.Method, "method", "request_method", "http_method", "verb");
        Name(Part.Path, fields.Path, "path", "uri", "request_uri", "url");
        Name(Part.Status, fields.Status, "status", "status_code", "code", "response_code");
        Name(Part.Duration, fields.Duration, "duration", "request_time", "latency", "response_time", "elapsed");
        Name(Part.Address, fields.Address, "remote_addr", "client_ip", "remote_ip");
        Name(Part.UserAgent, fields.UserAgent, "user_agent", "http_user_agent", "userAgent");
        if (fields.Path is null) _parts["request"] = Part.Request;
        for (var i = 0; i < extraFields.Count; i++) _extras[extraFields[i]] = i;
    }

    private enum Part
    {
        Time,
        Method,
        Path,
        Status,
        Duration,
        Address,
        UserAgent,
        Request,
    }

    /// <inheritdoc />
    public bool TryParse(ReadOnlySpan<byte> line, AccessLine into)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && Object(ref reader, "", into) && into.UnixMs > 0 && into.Status > 0;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how the reader refuses escapes that are not valid Unicode.
            return false;
        }
    }

    private bool Object(ref Utf8JsonReader reader, string prefix, AccessLine into)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = prefix + reader.GetString();
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                if (!Object(ref reader, name + ".", into)) return false;
                continue;
            }

            if (reader.TokenType == JsonTokenType.StartArray) reader.Skip();
            else if (!Value(ref reader, name, into)) return false;
        }

        return true;
    }

    private bool Value(ref Utf8JsonReader reader, string name, AccessLine into)
    {
        var isPart = _parts.TryGetValue(name, out var part);
        var isExtra = _extras.TryGetValue(name, out var extra);
        if ((!isPart && !isExtra) || reader.TokenType == JsonTokenType.Null) return true;
        var room = into.Room(reader.ValueSpan.Length);
        var length = reader.TokenType == JsonTokenType.String ? reader.CopyString(room) : Copy(reader.ValueSpan, room);
        var value = room[..length];
        if (isExtra) into.Keep(AccessField.Extra + extra, length);
        return !isPart || Take(part, value, into);
    }

    private bool Take(Part part, ReadOnlySpan<byte> value, AccessLine into)
    {
        switch (part)
        {
            case Part.Time:
                if (!LogTime.TryParse(value, out var unixMs)) return false;
                into.UnixMs = unixMs;
                return true;
            case Part.Status: return LineValues.Status(value, into);
            case Part.Duration: return LineValues.Seconds(value, _unit, into);
            case Part.Request: LineValues.Request(value, into); return true;
            case Part.Method: into.Set(AccessField.Method, value); return true;
            case Part.Path: into.Set(AccessField.Path, value); return true;
            case Part.Address: into.Set(AccessField.Address, value); return true;
            default: into.Set(AccessField.UserAgent, value); return true;
        }
    }

    private static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        return from.Length;
    }

    private void Name(Part part, string? chosen, params ReadOnlySpan<string> usual)
    {
        if (chosen is not null) _parts[chosen] = part;
        else foreach (var name in usual) _parts.TryAdd(name, part);
    }
}
