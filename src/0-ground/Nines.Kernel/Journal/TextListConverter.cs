using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nines.Kernel;

/// <summary>
/// Lists of texts without a null among them. The serialiser is strict about nulls of properties, not of what stands in a
/// list; whoever reads a body must not meet one there.
/// </summary>
internal sealed class TextListConverter : JsonConverter<IReadOnlyList<string>>
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("Write a list of texts, such as [\"a\", \"b\"].");
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            texts.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("Write only texts in this list, such as [\"a\", \"b\"]."));
        return texts;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var text in value) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
