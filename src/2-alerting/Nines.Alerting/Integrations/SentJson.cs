using System.Globalization;
using System.Text;
using System.Text.Json;
using Nines.Kernel;

namespace Nines.Alerting.Integrations;

/// <summary>
/// A JSON body while it is read: every field that is wrong is noted, nothing throws. Texts that are half a character
/// (which the parser lets through and refuses when read) count as empty.
/// </summary>
internal sealed class SentJson
{
    private const int MaxDepth = 32;
    private const int MaxProblems = 100;

    private readonly List<Problem> _problems = [];

    /// <summary>All that is wrong so far.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The body's value; null, with a problem, where it is no JSON.</summary>
    public JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        // Old senders write Latin-1: a letter is lost then, and not the alert.
        if (!System.Text.Unicode.Utf8.IsValid(body.Span)) body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span));
        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = MaxDepth, AllowMultipleValues = true });
            var root = JsonElement.ParseValue(ref reader);
            if (!reader.Read()) return root;
            Wrong("", "There is more than one JSON value in the body.", "");
            return null;
        }
        catch (JsonException broken)
        {
            Wrong("", body.IsEmpty ? "The body is empty." : $"The body is not JSON, from line {(broken.LineNumber ?? 0) + 1}, byte {broken.BytePositionInLine ?? 0} on.", "");
            return null;
        }
    }

    /// <summary>The body's object; null, with a problem, where it is something else.</summary>
    public JsonElement? ParseObject(ReadOnlyMemory<byte> body)
    {
        if (Parse(body) is not { } root) return null;
        if (root.ValueKind == JsonValueKind.Object) return root;
        Wrong("", "The body is not a JSON object.", "");
        return null;
    }

    /// <summary>Notes a problem.</summary>
    public void Wrong(string path, string what, string remedy)
    {
        if (_problems.Count < MaxProblems) _problems.Add(Problem.Invalid(what, remedy, path.Length == 0 ? null : path));
    }

    /// <summary>A field; null where it is missing, or where its owner is no object.</summary>
    public static JsonElement? Find(JsonElement? owner, string name)
    {
        if (owner is not { ValueKind: JsonValueKind.Object } parent) return null;
        try
        {
            return parent.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // A name beside it is half a character.
            return null;
        }
    }

    /// <summary>A field's text; numbers, true and false as written; empty where it is missing, null, a list or an object.</summary>
    public static string Text(JsonElement? owner, string name) => Find(owner, name) is { } value ? Text(value) : "";

    /// <summary>A value's text.</summary>
    public static string Text(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() ?? "",
                JsonValueKind.Number => value.GetRawText(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => "",
            };
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>A field's object, or null.</summary>
    public static JsonElement? Object(JsonElement? owner, string name) =>
        Find(owner, name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    /// <summary>A field's list; empty where it is none.</summary>
    public static IReadOnlyList<JsonElement> List(JsonElement? owner, string name) =>
        Find(owner, name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray()] : [];

    /// <summary>A field's whole number, or null.</summary>
    public static long? Number(JsonElement? owner, string name) =>
        long.TryParse(Text(owner, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>An object's fields as texts; what is no single value as JSON. Bounded.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Texts(JsonElement? owner, int most = 64)
    {
        if (owner is not { ValueKind: JsonValueKind.Object } fields) yield break;
        foreach (var (name, value) in Named(fields).Take(most))
            yield return new(name, value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? SentText.Cut(value.GetRawText(), SentText.Details) : Text(value));
    }

    private static IEnumerable<(string Name, JsonElement Value)> Named(JsonElement fields)
    {
        foreach (var field in fields.EnumerateObject())
        {
            string name;
            try
            {
                name = field.Name;
            }
            catch (InvalidOperationException)
            {
                continue;
            }

            yield return (name, field.Value);
        }
    }
}
