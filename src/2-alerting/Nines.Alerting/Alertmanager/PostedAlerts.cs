using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Alerting.Alertmanager;

/// <summary>One alert as it was posted.</summary>
/// <param name="Labels">Without empty values.</param>
/// <param name="Annotations">As sent; a runbook under Nines' name too.</param>
/// <param name="StartsAt">When it began.</param>
/// <param name="EndsAt">When it ends.</param>
/// <param name="TimesOut">True where that end was made from the resolve timeout.</param>
/// <param name="GeneratorUrl">Where its sender shows it; empty where it does not say.</param>
public readonly record struct PostedAlert(
    AlertLabels Labels, ImmutableSortedDictionary<string, string> Annotations, Instant StartsAt, Instant EndsAt, bool TimesOut, string GeneratorUrl);

/// <summary>A body that cannot be taken at all: Alertmanager's status, code and message.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">go-openapi's own code.</param>
/// <param name="Message">What is wrong.</param>
public sealed record BodyRefusal(int Status, int Code, string Message);

/// <summary>
/// Reads the body of <c>POST /api/v2/alerts</c> from its bytes, by Alertmanager's rules: times of year 1 are not set, empty
/// label values are dropped, no end is now plus the resolve timeout, and what is wrong with one alert does not keep out the
/// others. Names of labels may be any UTF-8, as Alertmanager takes them since 0.27.
/// </summary>
public sealed class PostedAlerts
{
    /// <summary>Names and values of one alert's labels together; what is longer identifies nothing that anybody reads.</summary>
    public const int LabelBytes = 64 * 1024;

    /// <summary>An annotation beyond this is cut: it is text for a person.</summary>
    public const int AnnotationBytes = 32 * 1024;

    private const int MostPairs = 128;

    private readonly TextPool _pool;
    private readonly Instant _now;
    private readonly Duration _timeout;
    private readonly List<KeyValuePair<string, string>> _labels = [];
    private readonly List<KeyValuePair<string, string>> _notes = [];
    private readonly List<PostedAlert> _alerts = [];
    private readonly List<string> _wrong = [];

    private PostedAlerts(TextPool pool, Instant now, Duration timeout) => (_pool, _now, _timeout) = (pool, now, timeout);

    /// <summary>What can be taken.</summary>
    public IReadOnlyList<PostedAlert> Alerts => _alerts;

    /// <summary>What is wrong with the others, in Alertmanager's words.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>Reads a body.</summary>
    /// <param name="body">JSON.</param>
    /// <param name="pool">Shares strings.</param>
    /// <param name="now">When it came.</param>
    /// <param name="timeout">The resolve timeout.</param>
    /// <param name="refusal">Why nothing of it can be taken; null where it can be read.</param>
    public static PostedAlerts Read(ReadOnlySpan<byte> body, TextPool pool, Instant now, Duration timeout, out BodyRefusal? refusal)
    {
        var read = new PostedAlerts(pool, now, timeout);
        refusal = null;
        if (body.Trim(" \t\r\n"u8).IsEmpty)
        {
            refusal = new(422, 602, "alerts in body is required");
            return read;
        }

        try
        {
            var json = new Utf8JsonReader(body);
            refusal = read.ReadAll(ref json);
        }
        catch (JsonException e)
        {
            refusal = new(400, 400, $"parsing alerts body from \"\" failed, because of line {e.LineNumber + 1}, byte {e.BytePositionInLine}: it is not JSON");
        }

        return read;
    }

    private BodyRefusal? ReadAll(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return null;
        if (json.TokenType != JsonTokenType.StartArray) return Unfit("an array of alerts", ref json);
        for (var i = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; i++)
            if (ReadOne(ref json, i) is { } refusal) return refusal;
        return null;
    }

    private BodyRefusal? ReadOne(ref Utf8JsonReader json, int index)
    {
        if (json.TokenType != JsonTokenType.StartObject) return Unfit($"an object for alert {index}", ref json);
        _labels.Clear();
        _notes.Clear();
        var (bytes, hasLabels) = (0, false);
        Instant? starts = null, ends = null;
        var url = "";
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref json);
            json.Read();
            if (json.TokenType == JsonTokenType.Null) continue;
            switch (field)
            {
                case Field.Labels:
                    hasLabels = true;
                    if (!Pairs(ref json, _labels, ref bytes)) return Unfit("texts for labels", ref json);
                    break;
                case Field.Annotations:
                    var ignored = 0;
                    if (!Pairs(ref json, _notes, ref ignored)) return Unfit("texts for annotations", ref json);
                    break;
                case Field.StartsAt:
                    if (!Time(ref json, out starts)) return Unfit("an RFC 3339 time for startsAt", ref json);
                    break;
                case Field.EndsAt:
                    if (!Time(ref json, out ends)) return Unfit("an RFC 3339 time for endsAt", ref json);
                    break;
                case Field.GeneratorUrl:
                    if (json.TokenType != JsonTokenType.String) return Unfit("a text for generatorURL", ref json);
                    url = Text(ref json, _pool);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        if (!hasLabels) return new(422, 602, $"{index}.labels in body is required");
        Add(bytes, starts, ends, url);
        return null;
    }

    private void Add(int bytes, Instant? starts, Instant? ends, string url)
    {
        var started = starts ?? ends ?? _now;
        if (_labels.Exists(l => l.Key.Length == 0)) _wrong.Add("invalid label set: invalid name \"\"");
        else if (bytes > LabelBytes || _labels.Count > MostPairs) _wrong.Add($"labels of {bytes} bytes and {_labels.Count} names are more than the {LabelBytes} bytes and {MostPairs} names that are taken");
        else if (ends < started) _wrong.Add("start time must be before end time");
        else if (AlertLabels.OfPairs(_labels) is { Pairs.Count: > 0 } labels) _alerts.Add(new(labels, _pool.Get(Bounded(_notes)), started, ends ?? _now + _timeout, ends is null, url));
        else _wrong.Add("at least one label pair required");
    }

    private static List<KeyValuePair<string, string>> Bounded(List<KeyValuePair<string, string>> notes)
    {
        if (notes.Count > MostPairs) notes.RemoveRange(MostPairs, notes.Count - MostPairs);
        for (var i = 0; i < notes.Count; i++)
            if (notes[i].Value.Length > AnnotationBytes) notes[i] = new(notes[i].Key, notes[i].Value[..AnnotationBytes] + "…");
        return notes;
    }

    private bool Pairs(ref Utf8JsonReader json, List<KeyValuePair<string, string>> to, ref int bytes)
    {
        if (json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bytes += json.ValueSpan.Length;
            var name = Text(ref json, _pool);
            json.Read();
            if (json.TokenType == JsonTokenType.Null)
            {
                to.Add(new(name, ""));
                continue;
            }

            if (json.TokenType != JsonTokenType.String) return false;
            bytes += json.ValueSpan.Length;
            to.Add(new(name, Text(ref json, _pool)));
        }

        return true;
    }

    private static string Text(ref Utf8JsonReader json, TextPool pool)
    {
        if (!json.ValueIsEscaped) return pool.Get(json.ValueSpan);
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: Go reads U+FFFD, and an alert must not get lost for it.
            return LooseText.Unescape(json.ValueSpan);
        }
    }

    private static bool Time(ref Utf8JsonReader json, out Instant? at)
    {
        at = null;
        // .NET's serializer, for one, writes the "+" of an offset as \u002B.
        return json.TokenType == JsonTokenType.String && WireTime.TryRead(Plain(ref json), out at);
    }

    private static ReadOnlySpan<byte> Plain(ref Utf8JsonReader json) => json.ValueIsEscaped ? Encoding.UTF8.GetBytes(LooseText.Unescape(json.ValueSpan)) : json.ValueSpan;

    private static Field FieldOf(ref Utf8JsonReader json)
    {
        var name = Plain(ref json);
        if (Ascii.EqualsIgnoreCase(name, "labels"u8)) return Field.Labels;
        if (Ascii.EqualsIgnoreCase(name, "annotations"u8)) return Field.Annotations;
        if (Ascii.EqualsIgnoreCase(name, "startsAt"u8)) return Field.StartsAt;
        if (Ascii.EqualsIgnoreCase(name, "endsAt"u8)) return Field.EndsAt;
        return Ascii.EqualsIgnoreCase(name, "generatorURL"u8) ? Field.GeneratorUrl : Field.Other;
    }

    private static BodyRefusal Unfit(string wanted, ref Utf8JsonReader json) =>
        new(400, 400, $"parsing alerts body from \"\" failed, because {wanted} should stand at byte {json.TokenStartIndex}, where {Word(json.TokenType)} stands");

    private static string Word(JsonTokenType type) => type switch
    {
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a truth value",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.Null => "null",
        _ => "something else",
    };

    private enum Field
    {
        Other,
        Labels,
        Annotations,
        StartsAt,
        EndsAt,
        GeneratorUrl,
    }
}
