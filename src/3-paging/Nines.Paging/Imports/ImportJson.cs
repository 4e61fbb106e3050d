using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Nines.Paging.Imports;

/// <summary>Reads values of another program's answers; what is missing is empty, nothing throws.</summary>
public static class ImportJson
{
    public static JsonElement? At(this JsonElement? owner, string name) => owner is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement? At(this JsonElement owner, string name) => At((JsonElement?)owner, name);

    public static string Text(this JsonElement? value) => value is not { } given ? "" : given.ValueKind switch
    {
        JsonValueKind.String => given.GetString() ?? "",
        JsonValueKind.Number => given.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "",
    };

    public static string Text(this JsonElement owner, string name) => owner.At(name).Text();

    public static int Whole(this JsonElement owner, string name, int otherwise = 0) => double.TryParse(owner.Text(name), CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e9 ? (int)number : otherwise;

    public static IEnumerable<JsonElement> List(this JsonElement? value) => value is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<JsonElement> List(this JsonElement owner, string name) => owner.At(name).List();

    /// <summary>A moment with its offset; null for anything else.</summary>
    public static Instant? Moment(string text) => OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true } parsed ? parsed.Value.ToInstant() : null;

    /// <summary>A moment in a zone's local time; a text without an offset is local already.</summary>
    public static LocalDateTime? Local(string text, string zone)
    {
        if (Moment(text) is { } at && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } found) return at.InZone(found).LocalDateTime;
        return LocalDateTimePattern.ExtendedIso.Parse(text) is { Success: true } local ? local.Value : null;
    }
}
