using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Nines.Measuring.Signals;

/// <summary>One name and value of a series' labels.</summary>
public readonly record struct Label(string Name, string Value);

/// <summary>The identity of a series: labels sorted by name (ordinal), the metric name among them as <c>__name__</c>.</summary>
public sealed class Labels : IEquatable<Labels>
{
    /// <summary>The label that carries the metric name.</summary>
    public const string MetricName = "__name__";

    private readonly Label[] _pairs;

    private Labels(Label[] sorted)
    {
        _pairs = sorted;
        Hash = HashOf(sorted);
    }

    public static Labels Empty { get; } = new([]);

    /// <summary>Sorted by name.</summary>
    public ReadOnlySpan<Label> Pairs => _pairs;

    public int Count => _pairs.Length;

    /// <summary>64 bits over names and values, the same in every process.</summary>
    public ulong Hash { get; }

    /// <summary>The metric name, or empty.</summary>
    public string Name => this[MetricName];

    /// <summary>The value of a label; a missing label is an empty one, as everywhere in the Prometheus data model.</summary>
    public string this[string name]
    {
        get
        {
            foreach (var pair in _pairs)
                if (string.Equals(pair.Name, name, StringComparison.Ordinal))
                    return pair.Value;
            return "";
        }
    }

    public static Labels Of(string metricName, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var all = new Label[labels.Length + 1];
        all[0] = new(MetricName, metricName);
        for (var i = 0; i < labels.Length; i++) all[i + 1] = new(labels[i].Name, labels[i].Value);
        return TryCreate(all, out var made) ? made : throw new ArgumentException("a label stands twice", nameof(labels));
    }

    /// <summary>Sorts and takes over. Empty values are dropped (an empty label is a missing one); false where a name is empty or stands twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryCreate(ReadOnlySpan<Label> labels, [NotNullWhen(true)] out Labels? made)
    {
        made = null;
        var kept = new Label[labels.Length];
        var count = 0;
        foreach (var label in labels)
        {
            if (label.Name.Length == 0) return false;
            if (label.Value.Length > 0) kept[count++] = label;
        }
        if (count != kept.Length) Array.Resize(ref kept, count);
        Sort(kept);
        for (var i = 1; i < kept.Length; i++)
            if (string.Equals(kept[i].Name, kept[i - 1].Name, StringComparison.Ordinal))
                return false;
        made = new Labels(kept);
        return true;
    }

    /// <summary>By insertion: labels are few, and most senders have them sorted already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sort(Label[] labels)
    {
        if (labels.Length > 64)
        {
            Array.Sort(labels, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return;
        }
        for (var i = 1; i < labels.Length; i++)
        {
            var label = labels[i];
            var at = i;
            for (; at > 0 && string.CompareOrdinal(labels[at - 1].Name, label.Name) > 0; at--) labels[at] = labels[at - 1];
            labels[at] = label;
        }
    }

    /// <summary>These labels and one more; a label of that name is replaced.</summary>
    public Labels With(string name, string value)
    {
        var list = new List<Label>(_pairs.Length + 1);
        foreach (var pair in _pairs)
            if (!string.Equals(pair.Name, name, StringComparison.Ordinal))
                list.Add(pair);
        list.Add(new(name, value));
        return TryCreate(CollectionsMarshal.AsSpan(list), out var made) ? made : this;
    }

    /// <summary>These labels without the named one.</summary>
    public Labels Without(string name)
    {
        var at = Array.FindIndex(_pairs, p => string.Equals(p.Name, name, StringComparison.Ordinal));
        if (at < 0) return this;
        return new Labels([.. _pairs.AsSpan(0, at), .. _pairs.AsSpan(at + 1)]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Equals(Labels? other)
    {
        if (ReferenceEquals(this, other)) return true;
        return other is not null && other.Hash == Hash && _pairs.AsSpan().SequenceEqual(other._pairs);
    }

    public override bool Equals(object? obj) => Equals(obj as Labels);

    public override int GetHashCode() => (int)(Hash ^ (Hash >> 32));

    /// <summary>In the field's notation: <c>name{label="value",…}</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Name);
        var open = false;
        foreach (var pair in _pairs)
        {
            if (string.Equals(pair.Name, MetricName, StringComparison.Ordinal)) continue;
            text.Append(open ? ',' : '{').Append(pair.Name).Append("=\"");
            AppendEscaped(text, pair.Value);
            text.Append('"');
            open = true;
        }
        if (open) text.Append('}');
        return text.ToString();
    }

    internal static void AppendEscaped(StringBuilder text, string value)
    {
        foreach (var c in value)
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                _ => text.Append(c),
            };
    }

    /// <summary>Each text's own hash, folded in one after another, so that "a"+"bc" and "ab"+"c" differ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong HashOf(Label[] pairs)
    {
        var hasher = new SeriesHasher(0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F);
        var hash = (ulong)pairs.Length;
        foreach (var pair in pairs)
        {
            hash = BitOperations.RotateLeft(hash, 23) ^ hasher.Hash(MemoryMarshal.AsBytes(pair.Name.AsSpan())).Low;
            hash = (BitOperations.RotateLeft(hash, 23) ^ hasher.Hash(MemoryMarshal.AsBytes(pair.Value.AsSpan())).High) * 0x9FB21C651E98DF25;
        }
        return hash ^ (hash >> 32);
    }
}
