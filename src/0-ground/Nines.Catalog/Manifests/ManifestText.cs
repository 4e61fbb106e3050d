using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nines.Catalog.Manifests;

/// <summary>Writes a manifest's values as YAML or JSON again.</summary>
public static class ManifestText
{
    /// <summary>Block YAML; texts that YAML could take for something else are quoted.</summary>
    public static string ToYaml(ManifestNode node)
    {
        var text = new StringBuilder();
        Write(text, node, indent: 0, inList: false);
        return text.ToString();
    }

    /// <summary>Indented JSON; unquoted numbers, true, false and null keep their type.</summary>
    public static string ToJson(ManifestNode node)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) Write(json, node);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, ManifestNode node)
    {
        switch (node)
        {
            case ManifestMapping mapping:
                json.WriteStartObject();
                foreach (var entry in mapping.Entries)
                {
                    json.WritePropertyName(entry.Name);
                    Write(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case ManifestSequence sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Items) Write(json, item);
                json.WriteEndArray();
                break;
            case ManifestScalar { IsNull: true }:
                json.WriteNullValue();
                break;
            case ManifestScalar { Quoted: false, Text: "true" or "false" } flag:
                json.WriteBooleanValue(flag.Text == "true");
                break;
            case ManifestScalar { Quoted: false } number when IsJsonNumber(number.Text):
                json.WriteRawValue(number.Text);
                break;
            case ManifestScalar scalar:
                json.WriteStringValue(scalar.Text);
                break;
        }
    }

    private static void Write(StringBuilder text, ManifestNode node, int indent, bool inList)
    {
        switch (node)
        {
            case ManifestMapping { Entries.Count: > 0 } mapping:
                var first = true;
                foreach (var entry in mapping.Entries)
                {
                    if (!(inList && first)) text.Append(' ', indent);
                    first = false;
                    text.Append(Quote(entry.Name, quoted: false)).Append(':');
                    WriteValue(text, entry.Value, indent + 2);
                }

                break;
            case ManifestSequence { Items.Count: > 0 } sequence:
                foreach (var item in sequence.Items)
                {
                    text.Append(' ', indent).Append("- ");
                    if (item is ManifestMapping { Entries.Count: > 0 }) Write(text, item, indent + 2, inList: true);
                    else if (item is ManifestSequence { Items.Count: > 0 }) Write(text.Append('\n'), item, indent + 2, inList: false);
                    else text.Append(Inline(item)).Append('\n');
                }

                break;
            default:
                text.Append(Inline(node)).Append('\n');
                break;
        }
    }

    private static void WriteValue(StringBuilder text, ManifestNode value, int indent)
    {
        if (value is ManifestMapping { Entries.Count: > 0 } or ManifestSequence { Items.Count: > 0 }) Write(text.Append('\n'), value, indent, inList: false);
        else text.Append(' ').Append(Inline(value)).Append('\n');
    }

    private static string Inline(ManifestNode node) => node switch
    {
        ManifestMapping => "{}",
        ManifestSequence => "[]",
        ManifestScalar { IsNull: true } => "null",
        ManifestScalar scalar => Quote(scalar.Text, scalar.Quoted),
        _ => "",
    };

    private static string Quote(string text, bool quoted)
    {
        var plain = text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
            && char.IsAsciiLetterOrDigit(text[0]);
        if (plain && (!quoted || !LooksTyped(text))) return text;
        return plain && !quoted ? text : JsonSerializer.Serialize(text, Relaxed);
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static bool LooksTyped(string text) =>
        text is "true" or "false" or "null" or "True" or "False" or "Null" or "TRUE" or "FALSE" or "NULL" or "yes" or "no" or "on" or "off"
        || double.TryParse(text, NumberStyles.Any, CultureInfo.InvariantCulture, out _) || char.IsAsciiDigit(text[0]);

    private static bool IsJsonNumber(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            var reader = new Utf8JsonReader(bytes);
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == bytes.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
