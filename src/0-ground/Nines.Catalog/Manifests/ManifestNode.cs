using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>One value of a manifest with the place where its author wrote it.</summary>
/// <param name="place">File, line and column.</param>
public abstract class ManifestNode(SourcePlace place)
{
    /// <summary>Where it stands.</summary>
    public SourcePlace Place { get; } = place;

    /// <summary>Values in it, itself included, aliases counted as often as they are used; bounds every walk.</summary>
    public abstract long Size { get; }

    /// <summary>Characters of its texts, aliases counted as often as they are used; bounds whatever writes it out again.</summary>
    public abstract long Characters { get; }

    /// <summary>What it is, in words for a message: <c>a list</c>.</summary>
    public abstract string Described { get; }
}

/// <summary>A single value.</summary>
/// <param name="text">As the author wrote it, without quotes.</param>
/// <param name="quoted">True when it stood in quotes or as a block: it is text, whatever it looks like.</param>
/// <param name="place">Where it stands.</param>
public sealed class ManifestScalar(string text, bool quoted, SourcePlace place) : ManifestNode(place)
{
    /// <summary>As the author wrote it, without quotes.</summary>
    public string Text { get; } = text;

    /// <summary>True when it stood in quotes or as a block.</summary>
    public bool Quoted { get; } = quoted;

    /// <summary>True for nothing, <c>null</c> and <c>~</c>.</summary>
    public bool IsNull => !Quoted && Text is "" or "null" or "Null" or "NULL" or "~";

    /// <inheritdoc />
    public override long Size => 1;

    /// <inheritdoc />
    public override long Characters => Text.Length;

    /// <inheritdoc />
    public override string Described => IsNull ? "nothing" : $"\"{(Text.Length > 60 ? Text[..60] + "…" : Text)}\"";
}

/// <summary>A list.</summary>
public sealed class ManifestSequence(IReadOnlyList<ManifestNode> items, SourcePlace place) : ManifestNode(place)
{
    /// <summary>Its items, in order.</summary>
    public IReadOnlyList<ManifestNode> Items { get; } = items;

    /// <inheritdoc />
    public override long Size { get; } = 1 + items.Sum(i => i.Size);

    /// <inheritdoc />
    public override long Characters { get; } = items.Sum(i => i.Characters);

    /// <inheritdoc />
    public override string Described => "a list";
}

/// <summary>Fields with values.</summary>
public sealed class ManifestMapping : ManifestNode
{
    private readonly Dictionary<string, ManifestEntry> _byName;

    /// <summary>Creates one; names are unique, the parser has seen to it.</summary>
    public ManifestMapping(IReadOnlyList<ManifestEntry> entries, SourcePlace place) : base(place)
    {
        Entries = entries;
        _byName = entries.ToDictionary(e => e.Name, StringComparer.Ordinal);
        Size = 1 + entries.Sum(e => 1 + e.Value.Size);
        Characters = entries.Sum(e => e.Name.Length + e.Value.Characters);
    }

    /// <summary>Its fields, in the author's order.</summary>
    public IReadOnlyList<ManifestEntry> Entries { get; }

    /// <inheritdoc />
    public override long Size { get; }

    /// <inheritdoc />
    public override long Characters { get; }

    /// <inheritdoc />
    public override string Described => "a mapping";

    /// <summary>The field of that name, or null.</summary>
    public ManifestEntry? Find(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>One field.</summary>
/// <param name="Name">Its name.</param>
/// <param name="NamePlace">Where the name stands.</param>
/// <param name="Value">Its value.</param>
public sealed record ManifestEntry(string Name, SourcePlace NamePlace, ManifestNode Value);
