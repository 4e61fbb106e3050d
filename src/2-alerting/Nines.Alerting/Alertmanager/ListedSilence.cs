using System.Text.Json;
using Nines.Alerting.Silences;
using NodaTime;

namespace Nines.Alerting.Alertmanager;

/// <summary>A silence as this API lists it.</summary>
/// <param name="Silence">The silence.</param>
/// <param name="State"><c>active</c>, <c>pending</c> or <c>expired</c>.</param>
public sealed record ListedSilence(Silence Silence, string State)
{
    private static readonly string[] Order = ["active", "pending", "expired"];

    /// <summary>Active ones by their end, then those to come by their start, then those that ended, the last first.</summary>
    public static IReadOnlyList<ListedSilence> All(SilenceBook book, IReadOnlyList<Matcher> filter, Instant now) =>
    [
        .. book.Open.Values.Select(s => Of(s, open: true, now)).Concat(book.Ended.Select(s => Of(s, open: false, now)))
            .Where(s => filter.All(f => Asks(f, s.Silence)))
            .OrderBy(s => Array.IndexOf(Order, s.State))
            .ThenBy(s => s.State switch { "active" => s.Silence.EndsAt, "pending" => s.Silence.StartsAt, _ => Instant.FromUnixTimeTicks(-s.Silence.EndsAt.ToUnixTimeTicks()) })
            .ThenBy(s => s.Silence.Id, StringComparer.Ordinal),
    ];

    /// <summary>One silence.</summary>
    public static ListedSilence Of(Silence silence, bool open, Instant now) =>
        new(silence, !open || silence.EndsAt <= now ? "expired" : silence.ActiveAt(now) ? "active" : "pending");

    /// <summary>Writes it as Alertmanager does.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", SilenceUuid.Of(Silence.Id));
        json.WriteStartObject("status");
        json.WriteString("state", State);
        json.WriteEndObject();
        WireTime.Write(json, JsonEncodedText.Encode("updatedAt"), State == "expired" ? Silence.EndsAt : Silence.StartsAt);
        json.WriteString("comment", Silence.Comment);
        json.WriteString("createdBy", Silence.Owner);
        WireTime.Write(json, JsonEncodedText.Encode("endsAt"), Silence.EndsAt);
        json.WriteStartArray("matchers");
        foreach (var matcher in Silence.Matchers)
        {
            json.WriteStartObject();
            json.WriteBoolean("isEqual", matcher.Kind is MatchKind.Equal or MatchKind.Regex);
            json.WriteBoolean("isRegex", matcher.Kind is MatchKind.Regex or MatchKind.NotRegex);
            json.WriteString("name", matcher.Label);
            json.WriteString("value", matcher.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WireTime.Write(json, JsonEncodedText.Encode("startsAt"), Silence.StartsAt);
        json.WriteEndObject();
    }

    /// <summary>As Alertmanager asks: the filter holds where a matcher of the same name has a value that it chooses.</summary>
    private static bool Asks(Matcher filter, Silence silence) =>
        silence.Matchers.Any(m => m.Label == filter.Label && filter.Matches(Alerts.AlertLabels.Of((m.Label, m.Value))));
}
