using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Nines.Measuring.Signals;

/// <summary>One name and value of a series' labels.</summary>
public readonly record struct Label(string Name, string Value);

/// <summary>The identity of a series: labels sorted by name (ordinal), the metric name among them as <c>__name__</c>.</summary>
public sealed class Labels : IEquatable<Labels>
{
    /// <summary>The label that carries the metric name.</summary>
    public const string MetricName = "__name__";

    private readonly Label[] pairs;

    private Labels(Label[] sorted)
    {
        pairs = sorted;
        Hash = HashOf(sorted);
    }

    public static Labels Empty { get; } = new([]);

    /// <summary>Sorted by name.</summary>
    public ReadOnlySpan<Label> Pairs => pairs;

    public int Count => pairs.Length;

    /// <summary>Stable over processes and versions: FNV-1a, 64 bit, over names and values.</summary>
    public ulong Hash { get; }

    /// <summary>The metric name, or empty.</summary>
    public string Name => this[MetricName];

    /// <summary>The value of a label; a missing label is an empty one, as everywhere in the Prometheus data model.</summary>
    public string this[string name]
    {
        get
        {
            foreach (var pair in pairs)
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
        Array.Sort(kept, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        for (var i = 1; i < kept.Length; i++)
            if (string.Equals(kept[i].Name, kept[i - 1].Name, StringComparison.Ordinal))
                return false;
        made = new Labels(kept);
        return true;
    }

    /// <summary>These labels and one more; a label of that name is replaced.</summary>
    public Labels With(string name, string value)
    {
        var list = new List<Label>(pairs.Length + 1);
        foreach (var pair in pairs)
            if (!string.Equals(pair.Name, name, StringComparison.Ordinal))
                list.Add(pair);
        list.Add(new(name, value));
        return TryCreate(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list), out var made) ? made : this;
    }

    /// <summary>These labels without the named one.</summary>
    public Labels Without(string name)
    {
        var at = Array.FindIndex(pairs, p => string.Equals(p.Name, name, StringComparison.Ordinal));
        if (at < 0) return this;
        return new Labels([.. pairs.AsSpan(0, at), .. pairs.AsSpan(at + 1)]);
    }

    public bool Equals(Labels? other)
    {
        if (ReferenceEquals(this, other)) return true;
        return other is not null && other.Hash == Hash && pairs.AsSpan().SequenceEqual(other.pairs);
    }

    public override bool Equals(object? obj) => Equals(obj as Labels);

    public override int GetHashCode() => (int)(Hash ^ (Hash >> 32));

    /// <summary>In the field's notation: <c>name{label="value",…}</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Name);
        var open = false;
        foreach (var pair in pairs)
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

    /// <summary>FNV-1a, 64 bit (Fowler, Noll, Vo), over UTF-16 code units with a separator that no label holds.</summary>
    private static ulong HashOf(Label[] pairs)
    {
        const ulong Prime = 1099511628211;
        var hash = 14695981039346656037UL;
        foreach (var pair in pairs)
        {
            foreach (var c in pair.Name) hash = (hash ^ c) * Prime;
            hash = (hash ^ 0x1FFFF) * Prime;
            foreach (var c in pair.Value) hash = (hash ^ c) * Prime;
            hash = (hash ^ 0x2FFFF) * Prime;
        }
        return hash;
    }
}
