using System.Text;
using System.Text.Json;
using Nines.Alerting.Silences;
using NodaTime;

namespace Nines.Alerting.Alertmanager;

/// <summary>A silence as it was posted.</summary>
/// <param name="Uuid">The silence to change; empty for a new one.</param>
/// <param name="Matchers">Which alerts.</param>
/// <param name="StartsAt">From when.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="CreatedBy">Who answers for it.</param>
/// <param name="Comment">Why.</param>
public sealed record PostedSilence(string Uuid, IReadOnlyList<Matcher> Matchers, Instant StartsAt, Instant EndsAt, string CreatedBy, string Comment)
{
    /// <summary>Reads a body by Alertmanager's rules.</summary>
    /// <returns>The silence, or why it cannot be read, or the sentence that Alertmanager answers as a JSON string.</returns>
    public static (PostedSilence? Silence, BodyRefusal? Refusal, string? Sentence) Read(ReadOnlySpan<byte> body)
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty) return (null, Missing("silence"), null);
        try
        {
            var json = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : (null, Unfit("an object"), null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, Unfit("JSON"), null);
        }
    }

    private static (PostedSilence? Silence, BodyRefusal? Refusal, string? Sentence) Read(JsonElement root)
    {
        foreach (var name in (ReadOnlySpan<string>)["comment", "createdBy", "endsAt", "matchers", "startsAt"])
            if (!Has(root, name)) return (null, Missing(name), null);
        foreach (var name in (ReadOnlySpan<string>)["comment", "createdBy", "endsAt", "startsAt"])
            if (root.GetProperty(name).ValueKind != JsonValueKind.String) return (null, Unfit($"a text for {name}"), null);
        var list = root.GetProperty("matchers");
        if (list.ValueKind != JsonValueKind.Array) return (null, Unfit("an array for matchers"), null);
        if (list.GetArrayLength() == 0) return (null, new(422, 612, "matchers in body should have at least 1 items"), null);
        var matchers = new List<Matcher>();
        foreach (var one in list.EnumerateArray())
        {
            var (matcher, refusal, sentence) = One(one, matchers.Count);
            if (matcher is null) return (null, refusal, sentence);
            matchers.Add(matcher);
        }

        if (!Time(root, "startsAt", out var starts)) return (null, Unfit("an RFC 3339 time for startsAt"), null);
        if (!Time(root, "endsAt", out var ends)) return (null, Unfit("an RFC 3339 time for endsAt"), null);
        var uuid = Has(root, "id") && root.GetProperty("id") is { ValueKind: JsonValueKind.String } id ? id.GetString()! : "";
        return (new(uuid, matchers, starts ?? Instant.MinValue, ends ?? Instant.MinValue, root.GetProperty("createdBy").GetString()!, root.GetProperty("comment").GetString()!), null, null);
    }

    private static (Matcher? Matcher, BodyRefusal? Refusal, string? Sentence) One(JsonElement one, int index)
    {
        if (one.ValueKind != JsonValueKind.Object) return (null, Unfit("an object for a matcher"), null);
        foreach (var name in (ReadOnlySpan<string>)["isRegex", "name", "value"])
            if (!Has(one, name)) return (null, Missing($"matchers.{index}.{name}"), null);
        if (one.GetProperty("name").ValueKind != JsonValueKind.String || one.GetProperty("value").ValueKind != JsonValueKind.String
            || one.GetProperty("isRegex").ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return (null, Unfit("texts and a truth value for a matcher"), null);
        var (label, value) = (one.GetProperty("name").GetString()!, one.GetProperty("value").GetString()!);
        var equal = !Has(one, "isEqual") || one.GetProperty("isEqual").ValueKind != JsonValueKind.False;
        if (label.Length == 0) return (null, null, $"silence invalid: invalid label matcher {index}: invalid label name \"\"");
        try
        {
            return (new(label, (one.GetProperty("isRegex").GetBoolean(), equal) switch
            {
                (false, true) => MatchKind.Equal,
                (false, false) => MatchKind.NotEqual,
                (true, true) => MatchKind.Regex,
                _ => MatchKind.NotRegex,
            }, value), null, null);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return (null, null, $"silence invalid: invalid label matcher {index}: invalid regular expression \"{value}\": {e.Message}");
        }
    }

    private static bool Has(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static bool Time(JsonElement root, string name, out Instant? at) => WireTime.TryRead(Encoding.UTF8.GetBytes(root.GetProperty(name).GetString()!), out at);

    private static BodyRefusal Missing(string name) => new(422, 602, $"{name} in body is required");

    private static BodyRefusal Unfit(string wanted) => new(400, 400, $"parsing silence body from \"\" failed, because {wanted} was expected");
}
