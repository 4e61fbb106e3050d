using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nines.Alerting.Alerts;

/// <summary>
/// What identifies an alert: label names and values, sorted by name, each name once, no empty values. One array, not a
/// dictionary, because fifty thousand alerts keep one each.
/// </summary>
[JsonConverter(typeof(AlertLabelsJson))]
public sealed class AlertLabels : IEquatable<AlertLabels>
{
    private readonly KeyValuePair<string, string>[] _pairs;

    private AlertLabels(KeyValuePair<string, string>[] pairs) => (_pairs, Number) = (pairs, Hash(pairs));

    /// <summary>No labels.</summary>
    public static AlertLabels None { get; } = new([]);

    /// <summary>
    /// FNV-1a, 64 bit, over name, 0xFF, value, 0xFF in the order of names, as 16 hexadecimal digits: Alertmanager's own
    /// fingerprint, so that both name an alert alike.
    /// </summary>
    public string Fingerprint => Number.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The fingerprint as a number: what is compared and kept.</summary>
    public ulong Number { get; }

    /// <summary>The pairs, sorted by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    internal ReadOnlySpan<KeyValuePair<string, string>> Span => _pairs;

    /// <summary>The value of a label; empty where there is none, as matchers see it.</summary>
    public string this[string name]
    {
        get
        {
            foreach (var pair in _pairs)
                if (pair.Key == name) return pair.Value;
            return "";
        }
    }

    /// <summary>Labels from pairs; empty values are dropped, of a name given twice the last counts.</summary>
    public static AlertLabels Of(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
            if (value.Length > 0) sorted[name] = value;
            else sorted.Remove(name);
        return sorted.Count == 0 ? None : new([.. sorted]);
    }

    /// <summary>Labels from a list that a sender most often sends sorted already.</summary>
    public static AlertLabels OfPairs(List<KeyValuePair<string, string>> pairs)
    {
        for (var i = 0; i < pairs.Count; i++)
            if (pairs[i].Value.Length == 0 || (i > 0 && string.CompareOrdinal(pairs[i - 1].Key, pairs[i].Key) >= 0)) return Of(pairs);
        return pairs.Count == 0 ? None : new([.. pairs]);
    }

    /// <summary>Labels from pairs.</summary>
    public static AlertLabels Of(params ReadOnlySpan<(string Name, string Value)> pairs)
    {
        var all = new List<KeyValuePair<string, string>>(pairs.Length);
        foreach (var (name, value) in pairs) all.Add(new(name, value));
        return Of(all);
    }

    /// <summary>Only the labels of some names.</summary>
    public AlertLabels Only(IReadOnlyCollection<string> names) => Of(_pairs.Where(p => names.Contains(p.Key)));

    /// <inheritdoc />
    public bool Equals(AlertLabels? other) => other is not null && Number == other.Number && Same(_pairs, other._pairs);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as AlertLabels);

    /// <inheritdoc />
    public override int GetHashCode() => Number.GetHashCode();

    /// <summary>As people write it: <c>{service="checkout"}</c>.</summary>
    public override string ToString() => "{" + string.Join(',', _pairs.Select(p =>
        $"{p.Key}=\"{p.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"")) + "}";

    /// <summary>Not the base library's comparison of sequences: a pair has none of its own, and one by reflection takes a microsecond.</summary>
    internal static bool Same(ReadOnlySpan<KeyValuePair<string, string>> a, ReadOnlySpan<KeyValuePair<string, string>> b)
    {
        if (a.Length != b.Length) return false;
        for (var i = 0; i < a.Length; i++)
            if (a[i].Key != b[i].Key || a[i].Value != b[i].Value) return false;
        return true;
    }

    private static ulong Hash(KeyValuePair<string, string>[] pairs)
    {
        var hash = 14695981039346656037UL;
        foreach (var (name, value) in pairs)
        {
            hash = (Add(hash, name) ^ 0xFF) * 1099511628211UL;
            hash = (Add(hash, value) ^ 0xFF) * 1099511628211UL;
        }

        return hash;
    }

    private static ulong Add(ulong hash, ReadOnlySpan<char> text)
    {
        var ascii = 0;
        for (; ascii < text.Length && text[ascii] < 0x80; ascii++) hash = (hash ^ text[ascii]) * 1099511628211UL;
        if (ascii == text.Length) return hash;
        text = text[ascii..];
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(bytes);
            for (var i = 0; i < length; i++) hash = (hash ^ bytes[i]) * 1099511628211UL;
        }

        return hash;
    }

    private sealed class AlertLabelsJson : JsonConverter<AlertLabels>
    {
        public override AlertLabels Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Of(JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options) ?? throw new JsonException("Labels are an object of texts."));

        public override void Write(Utf8JsonWriter writer, AlertLabels value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (name, text) in value._pairs) writer.WriteString(name, text);
            writer.WriteEndObject();
        }
    }
}
