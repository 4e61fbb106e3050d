using System.Text;
using System.Text.Json;

namespace Nines.Alerting.Integrations;

/// <summary>
/// A body of whatever type as a JSON value, so that one mapping reads all: JSON as it is, a form's fields as an object,
/// anything else as text whose first line is the title. What the address's query says goes over it.
/// </summary>
internal static class SentBody
{
    private static readonly string[] FormFields = ["title", "summary", "message", "text", "severity", "dedup", "state", "service", "details", "payload"];

    /// <summary>The value, or null with a problem.</summary>
    /// <param name="json">Takes problems.</param>
    /// <param name="body">As sent.</param>
    /// <param name="type">Content type, without parameters or with; empty for none.</param>
    /// <param name="query">Of the address.</param>
    public static JsonElement? Read(SentJson json, ReadOnlyMemory<byte> body, string type, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        var start = body.Span.TrimStart(" \t\r\n"u8);
        // Senders forget the type more often than the brace; curl -d even says that JSON is a form.
        var looksJson = !start.IsEmpty && start[0] is (byte)'{' or (byte)'[';
        JsonElement? value;
        if (looksJson || type.Contains("json", StringComparison.OrdinalIgnoreCase)) value = json.Parse(body);
        else value = Words(json, Encoding.UTF8.GetString(body.Span), type, query.Count > 0);
        return value is { ValueKind: JsonValueKind.Object } fields && query.Count > 0 ? Over(fields, query) : value;
    }

    private static JsonElement? Words(SentJson json, string text, string type, bool hasQuery)
    {
        if (string.IsNullOrWhiteSpace(text) && !hasQuery)
        {
            json.Wrong("", "The body is empty.", "Send what is wrong: curl -d 'disk full' …");
            return null;
        }

        if (type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) && Form(text) is { Count: > 0 } form)
            return form.TryGetValue("payload", out var payload) && payload.StartsWith('{') ? json.Parse(Encoding.UTF8.GetBytes(payload)) : Object(form);
        var trimmed = text.Trim();
        var line = trimmed.IndexOf('\n', StringComparison.Ordinal);
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        if (trimmed.Length > 0) words["title"] = line < 0 ? trimmed : trimmed[..line];
        if (line > 0) words["details"] = trimmed[(line + 1)..];
        return Object(words);
    }

    /// <summary>A form's fields; none where the text is no form that this door knows (curl's -d sends any text as one).</summary>
    private static Dictionary<string, string> Form(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&', 200))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at > 0) fields[Decode(pair[..at])] = Decode(pair[(at + 1)..]);
        }

        return fields.Keys.Any(k => FormFields.Contains(k, StringComparer.Ordinal)) ? fields : [];
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static JsonElement Over(JsonElement fields, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in fields.EnumerateObject())
            if (NameOf(field) is { } name) all[name] = field.Value;
        foreach (var (name, value) in query.Take(32)) all[name] = value;
        try
        {
            return JsonSerializer.SerializeToElement(all);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            // Half a character somewhere inside: the body alone still reads, field by field.
            return fields;
        }
    }

    private static string? NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement Object(Dictionary<string, string> fields) => JsonSerializer.SerializeToElement(fields);
}
