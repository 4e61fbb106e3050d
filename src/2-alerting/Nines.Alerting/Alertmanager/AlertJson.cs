using System.Text.Json;
using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Alerting.Alertmanager;

/// <summary>Writes alerts as Alertmanager does, straight into the answer: no objects between, whatever the number.</summary>
public static class AlertJson
{
    private static readonly JsonEncodedText Annotations = JsonEncodedText.Encode("annotations");
    private static readonly JsonEncodedText EndsAt = JsonEncodedText.Encode("endsAt");
    private static readonly JsonEncodedText Fingerprint = JsonEncodedText.Encode("fingerprint");
    private static readonly JsonEncodedText Receivers = JsonEncodedText.Encode("receivers");
    private static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText StartsAt = JsonEncodedText.Encode("startsAt");
    private static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    private static readonly JsonEncodedText InhibitedBy = JsonEncodedText.Encode("inhibitedBy");
    private static readonly JsonEncodedText SilencedBy = JsonEncodedText.Encode("silencedBy");
    private static readonly JsonEncodedText MutedBy = JsonEncodedText.Encode("mutedBy");
    private static readonly JsonEncodedText State = JsonEncodedText.Encode("state");
    private static readonly JsonEncodedText Active = JsonEncodedText.Encode("active");
    private static readonly JsonEncodedText Suppressed = JsonEncodedText.Encode("suppressed");
    private static readonly JsonEncodedText UpdatedAt = JsonEncodedText.Encode("updatedAt");
    private static readonly JsonEncodedText GeneratorUrl = JsonEncodedText.Encode("generatorURL");
    private static readonly JsonEncodedText Labels = JsonEncodedText.Encode("labels");

    /// <summary>Writes one.</summary>
    public static void Write(Utf8JsonWriter json, in ListedAlert listed)
    {
        var alert = listed.Alert;
        json.WriteStartObject();
        json.WriteStartObject(Annotations);
        foreach (var (name, value) in alert.Annotations)
            if (!IsOurs(alert, name, value)) json.WriteString(name, value);
        json.WriteEndObject();
        Time(json, EndsAt, listed.EndsAt);
        json.WriteString(Fingerprint, alert.Labels.Fingerprint);
        json.WriteStartArray(Receivers);
        json.WriteStartObject();
        json.WriteString(Name, alert.Route);
        json.WriteEndObject();
        json.WriteEndArray();
        Time(json, StartsAt, alert.StartedAt);
        WriteStatus(json, listed);
        Time(json, UpdatedAt, alert.HeardAt);
        if (alert.GeneratorUrl.Length > 0) json.WriteString(GeneratorUrl, alert.GeneratorUrl);
        json.WriteStartObject(Labels);
        foreach (var pair in alert.Labels.Span) json.WriteString(pair.Key, pair.Value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes a time under a name.</summary>
    public static void Time(Utf8JsonWriter json, JsonEncodedText name, Instant at)
    {
        Span<byte> text = stackalloc byte[WireTime.Length];
        WireTime.Write(text, at);
        json.WriteString(name, text);
    }

    private static void WriteStatus(Utf8JsonWriter json, in ListedAlert listed)
    {
        json.WriteStartObject(Status);
        Texts(json, InhibitedBy, listed.InhibitedBy);
        Texts(json, MutedBy, listed.MutedBy);
        Texts(json, SilencedBy, listed.SilencedBy);
        json.WriteString(State, listed.SilencedBy.Count + listed.InhibitedBy.Count + listed.MutedBy.Count > 0 ? Suppressed : Active);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, JsonEncodedText name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        for (var i = 0; i < texts.Count; i++) json.WriteStringValue(texts[i]);
        json.WriteEndArray();
    }

    // The runbook under Nines' own name, taken from what the sender calls runbook_url.
    private static bool IsOurs(Alert alert, string name, string value) =>
        name == "runbook" && alert.Annotations.TryGetValue("runbook_url", out var sent) && sent == value;
}
