using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Nines.Alerting.Alerts;

/// <summary>
/// Writes what a call brought field by field: it is the largest entry of the journal, and a storm writes fifty thousand
/// alerts a second. The form is that of any event (its golden holds it); reading goes the usual way.
/// </summary>
internal sealed class AlertTakenJson : JsonConverter<AlertTaken>
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Again = JsonEncodedText.Encode("again");
    private static readonly JsonEncodedText Labels = JsonEncodedText.Encode("labels");
    private static readonly JsonEncodedText Severity = JsonEncodedText.Encode("severity");
    private static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
    private static readonly JsonEncodedText Service = JsonEncodedText.Encode("service");
    private static readonly JsonEncodedText Title = JsonEncodedText.Encode("title");
    private static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");
    private static readonly JsonEncodedText StartedAt = JsonEncodedText.Encode("startedAt");
    private static readonly JsonEncodedText Annotations = JsonEncodedText.Encode("annotations");
    private static readonly JsonEncodedText GeneratorUrl = JsonEncodedText.Encode("generatorUrl");
    private static readonly JsonEncodedText EndsAt = JsonEncodedText.Encode("endsAt");
    private static readonly JsonEncodedText TimesOut = JsonEncodedText.Encode("timesOut");
    private static readonly JsonEncodedText Route = JsonEncodedText.Encode("route");
    private static readonly JsonEncodedText Group = JsonEncodedText.Encode("group");
    private static readonly JsonEncodedText FlushAt = JsonEncodedText.Encode("flushAt");
    private static readonly JsonEncodedText Trail = JsonEncodedText.Encode("trail");
    private static readonly JsonEncodedText Also = JsonEncodedText.Encode("also");

    // Alerts of one call share most of their times; written by one thread, the house's writer, and right in any case.
    [ThreadStatic]
    private static (Instant At, string Text) Last;

    [ThreadStatic]
    private static (Instant At, string Text) Before;

    public override AlertTaken? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<Row>(ref reader, options) is { } row
            ? new(row.Id, row.Again, row.Labels, row.Severity, row.Source, row.Service, row.Title, row.Reason, row.StartedAt, row.Annotations, row.GeneratorUrl, row.EndsAt, row.TimesOut,
                row.Route, row.Group, row.FlushAt, row.Trail, row.Also)
            : null;

    public override void Write(Utf8JsonWriter writer, AlertTaken value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(Id, value.Id);
        writer.WriteBoolean(Again, value.Again);
        writer.WriteStartObject(Labels);
        foreach (var pair in value.Labels.Span) writer.WriteString(pair.Key, pair.Value);
        writer.WriteEndObject();
        writer.WriteString(Severity, value.Severity.Word());
        writer.WriteString(Source, value.Source);
        writer.WriteString(Service, value.Service);
        writer.WriteString(Title, value.Title);
        writer.WriteString(Reason, value.Reason);
        Time(writer, StartedAt, value.StartedAt);
        writer.WriteStartObject(Annotations);
        foreach (var (name, text) in value.Annotations) writer.WriteString(name, text);
        writer.WriteEndObject();
        writer.WriteString(GeneratorUrl, value.GeneratorUrl);
        if (value.EndsAt is { } ends) Time(writer, EndsAt, ends);
        else writer.WriteNull(EndsAt);
        writer.WriteBoolean(TimesOut, value.TimesOut);
        writer.WriteString(Route, value.Route);
        writer.WriteString(Group, value.Group);
        Time(writer, FlushAt, value.FlushAt);
        writer.WriteNumber(Trail, value.Trail);
        writer.WritePropertyName(Also);
        JsonSerializer.Serialize(writer, value.Also, options);
        writer.WriteEndObject();
    }

    private static void Time(Utf8JsonWriter writer, JsonEncodedText name, Instant at)
    {
        if (Last.Text is null || Last.At != at)
        {
            var next = Before.Text is not null && Before.At == at ? Before : (at, InstantPattern.ExtendedIso.Format(at));
            (Before, Last) = (Last, next);
        }

        writer.WriteString(name, Last.Text);
    }

    private sealed record Row(
        string Id, bool Again, AlertLabels Labels, AlertSeverity Severity, string Source, string Service, string Title, string Reason, Instant StartedAt,
        System.Collections.Immutable.ImmutableSortedDictionary<string, string> Annotations, string GeneratorUrl, Instant? EndsAt, bool TimesOut, string Route, string Group, Instant FlushAt,
        int Trail, IReadOnlyList<FurtherGroup>? Also = null);
}
