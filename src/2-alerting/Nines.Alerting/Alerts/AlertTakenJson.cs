using System.Text.Json;
using System.Text.Json.Serialization;
using Nines.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Nines.Alerting.Alerts;

/// <summary>
/// Writes what a call brought field by field: it is the largest entry of the journal, and a storm writes fifty thousand
/// alerts a second. The form is that of any event (its golden holds it); reading goes the usual way.
/// </summary>
internal sealed class AlertTakenJson : JsonConverter<AlertTaken>
{
    // Written by one thread, the house's writer, and right in any case.
    [ThreadStatic]
    private static RawJson? Buffer;

    // Alerts of one call share most of their times: begin, end, flush.
    [ThreadStatic]
    private static (Instant At, string Text)[]? Times;

    public override AlertTaken? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<Row>(ref reader, options) is { } row
            ? new(row.Id, row.Again, row.Labels, row.Severity, row.Source, row.Service, row.Title, row.Reason, row.StartedAt, row.Annotations, row.GeneratorUrl, row.EndsAt, row.TimesOut,
                row.Route, row.Group, row.FlushAt, row.Trail, row.Also)
            : null;

    public override void Write(Utf8JsonWriter writer, AlertTaken value, JsonSerializerOptions options)
    {
        var json = Buffer ??= new(4096);
        json.Clear();
        json.Raw("{\"id\":"u8).Text(value.Id).Raw(value.Again ? ",\"again\":true"u8 : ",\"again\":false"u8)
            .Raw(",\"labels\":"u8).Members(value.Labels.Span)
            .Raw(",\"severity\":"u8).Text(value.Severity.Word())
            .Raw(",\"source\":"u8).Text(value.Source)
            .Raw(",\"service\":"u8).Text(value.Service)
            .Raw(",\"title\":"u8).Text(value.Title)
            .Raw(",\"reason\":"u8).Text(value.Reason)
            .Raw(",\"startedAt\":"u8).Text(Time(0, value.StartedAt))
            .Raw(",\"annotations\":{"u8);
        var first = true;
        foreach (var (name, text) in value.Annotations)
        {
            if (!first) json.Raw(","u8);
            first = false;
            json.Text(name).Raw(":"u8).Text(text);
        }

        json.Raw("},\"generatorUrl\":"u8).Text(value.GeneratorUrl).Raw(",\"endsAt\":"u8);
        if (value.EndsAt is { } ends) json.Text(Time(1, ends));
        else json.Raw("null"u8);
        json.Raw(value.TimesOut ? ",\"timesOut\":true"u8 : ",\"timesOut\":false"u8)
            .Raw(",\"route\":"u8).Text(value.Route)
            .Raw(",\"group\":"u8).Text(value.Group)
            .Raw(",\"flushAt\":"u8).Text(Time(2, value.FlushAt))
            .Raw(",\"trail\":"u8).Number(value.Trail)
            .Raw(",\"also\":"u8);
        if (value.Also is null) json.Raw("null"u8);
        else json.Raw(JsonSerializer.SerializeToUtf8Bytes(value.Also, options));
        json.Raw("}"u8);
        writer.WriteRawValue(json.Written.Span, skipInputValidation: true);
    }

    /// <summary>A time's text; that of the alert before where it is the same.</summary>
    private static string Time(int which, Instant at)
    {
        ref var last = ref (Times ??= new (Instant, string)[3])[which];
        if (last.Text is null || last.At != at) last = (at, InstantPattern.ExtendedIso.Format(at));
        return last.Text;
    }

    private sealed record Row(
        string Id, bool Again, AlertLabels Labels, AlertSeverity Severity, string Source, string Service, string Title, string Reason, Instant StartedAt,
        System.Collections.Immutable.ImmutableSortedDictionary<string, string> Annotations, string GeneratorUrl, Instant? EndsAt, bool TimesOut, string Route, string Group, Instant FlushAt,
        int Trail, IReadOnlyList<FurtherGroup>? Also = null);
}
