using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Nines.Kernel;

/// <summary>The one JSON form of the house: events, HTTP bodies and <c>--json</c> output read alike.</summary>
public static class HouseJson
{
    /// <summary>Camel case, RFC 3339 instants in UTC, field-notation durations, enums as camel-case words; strict about nulls.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: false);

    /// <summary>The same, for people to read.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    private static JsonSerializerOptions Create(bool indented) => new(JsonSerializerDefaults.Web)
    {
        WriteIndented = indented,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new InstantConverter(), new DurationConverter(), new TextListConverter() },
    };

    private sealed class DurationConverter : JsonConverter<Duration>
    {
        public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            FieldDuration.TryParse(reader.GetString() ?? "", out var duration)
                ? duration
                : throw new JsonException("Write a duration such as 30s, 5m or 28d.");

        public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) =>
            writer.WriteStringValue(FieldDuration.Format(value));
    }
}
