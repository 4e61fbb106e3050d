using System.Globalization;
using System.Text.Json;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>Turns the JSON form of an OTLP metrics export into its protobuf form, so that one decoder serves both.</summary>
/// <remarks>
/// Source: OTLP specification, "JSON Protobuf Encoding": lowerCamelCase names, 64-bit numbers as decimal text or number,
/// enumerations as numbers (names are taken too), unknown fields ignored. Exemplars, descriptions and schema addresses are not carried.
/// </remarks>
internal static class OtlpJson
{
    private const int MaxDepth = 48;

    /// <summary>Writes the protobuf form of <paramref name="json"/>; answers null, or the reason in words why it is no such document.</summary>
    public static string? Transcode(ReadOnlySpan<byte> json, ProtoWriter into)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "the JSON body must be one object with resourceMetrics";
            var wrong = Message(ref reader, OtlpSchema.Request, into);
            if (wrong is not null) return wrong;
            return reader.Read() ? "there is text after the end of the JSON object" : null;
        }
        catch (JsonException broken)
        {
            return $"the body is not valid JSON: line {(broken.LineNumber ?? 0) + 1}, byte {broken.BytePositionInLine ?? 0}";
        }
        catch (InvalidOperationException)
        {
            // The reader refuses text that is not UTF-8, or half a surrogate pair, this way.
            return $"the body holds text that is not valid Unicode near byte {reader.TokenStartIndex}";
        }
    }

    private static string? Message(ref Utf8JsonReader reader, OtlpMessage message, ProtoWriter into)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var field = message.Find(name);
            reader.Read();
            if (field is null || reader.TokenType == JsonTokenType.Null)
            {
                reader.Skip();
                continue;
            }

            var good = field.Repeated ? Repeated(ref reader, field, into, out var wrong) : Single(ref reader, field, into, out wrong);
            if (!good) return wrong ?? $"{message.Name}.{name} has a value of the wrong type: {Describe(reader.TokenType)}";
        }

        return null;
    }

    private static bool Repeated(ref Utf8JsonReader reader, OtlpField field, ProtoWriter into, out string? wrong)
    {
        wrong = null;
        if (reader.TokenType != JsonTokenType.StartArray) return false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // Numbers are written one by one: every protobuf reader takes packed and unpacked alike.
            if (!Single(ref reader, field, into, out wrong)) return false;
        }

        return true;
    }

    private static bool Single(ref Utf8JsonReader reader, OtlpField field, ProtoWriter into, out string? wrong)
    {
        wrong = null;
        switch (field.Kind)
        {
            case OtlpFieldKind.Message:
                if (reader.TokenType != JsonTokenType.StartObject) return false;
                var begun = into.Begin(field.Number);
                wrong = Message(ref reader, field.Message!, into);
                into.End(begun);
                return wrong is null;
            case OtlpFieldKind.Text:
                if (reader.TokenType != JsonTokenType.String) return false;
                into.Text(field.Number, reader.GetString()!);
                return true;
            case OtlpFieldKind.Bytes:
                if (reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out var bytes)) return false;
                into.Bytes(field.Number, bytes);
                return true;
            case OtlpFieldKind.Bool:
                if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False)) return false;
                into.Varint(field.Number, reader.GetBoolean() ? 1u : 0u);
                return true;
            default:
                return Number(ref reader, field, into);
        }
    }

    private static bool Number(ref Utf8JsonReader reader, OtlpField field, ProtoWriter into)
    {
        switch (field.Kind)
        {
            case OtlpFieldKind.Double when TryDouble(ref reader, out var number):
                into.Double(field.Number, number);
                return true;
            case OtlpFieldKind.Fixed64 when TryUnsigned(ref reader, out var unsigned):
                into.Fixed64(field.Number, unsigned);
                return true;
            case OtlpFieldKind.UInt64 when TryUnsigned(ref reader, out var unsigned):
                into.Varint(field.Number, unsigned);
                return true;
            case OtlpFieldKind.SFixed64 when TrySigned(ref reader, out var signed):
                into.Fixed64(field.Number, (ulong)signed);
                return true;
            case OtlpFieldKind.Int64 when TrySigned(ref reader, out var signed):
                into.Varint(field.Number, (ulong)signed);
                return true;
            case OtlpFieldKind.SInt32 when TrySigned(ref reader, out var signed) && signed is >= int.MinValue and <= int.MaxValue:
                into.ZigZag(field.Number, signed);
                return true;
            case OtlpFieldKind.Temporality when TryTemporality(ref reader, out var temporality):
                into.Varint(field.Number, temporality);
                return true;
            default:
                return false;
        }
    }

    private static bool TryDouble(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        if (reader.TokenType == JsonTokenType.Number) return reader.TryGetDouble(out value);
        if (reader.TokenType != JsonTokenType.String) return false;
        var text = reader.GetString();
        value = text switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => 0 };
        return value != 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryUnsigned(ref Utf8JsonReader reader, out ulong value)
    {
        value = 0;
        if (reader.TokenType == JsonTokenType.Number) return reader.TryGetUInt64(out value);
        return reader.TokenType == JsonTokenType.String && ulong.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static bool TrySigned(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        if (reader.TokenType == JsonTokenType.Number) return reader.TryGetInt64(out value);
        return reader.TokenType == JsonTokenType.String && long.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryTemporality(ref Utf8JsonReader reader, out ulong value)
    {
        if (reader.TokenType != JsonTokenType.String) return TryUnsigned(ref reader, out value);
        value = reader.GetString() switch
        {
            "AGGREGATION_TEMPORALITY_UNSPECIFIED" => 0,
            "AGGREGATION_TEMPORALITY_DELTA" => 1,
            "AGGREGATION_TEMPORALITY_CUMULATIVE" => 2,
            _ => ulong.MaxValue,
        };
        return value <= 2;
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "nothing",
    };
}
