using Nines.Kernel;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Nines.Catalog.Manifests;

/// <summary>
/// Builds the tree of one document from YAML events. Aliases share the node they name instead of copying it, and count
/// as often as they are used, so that a text of a few lines cannot grow to billions of values.
/// </summary>
internal sealed class YamlTree
{
    private readonly Parser _events;
    private readonly string? _file;
    private readonly int _firstLine;
    private readonly ProblemList _problems;
    private readonly ManifestLimits _limits;
    private readonly Dictionary<string, ManifestNode?> _anchors = new(StringComparer.Ordinal);
    private long _values;
    private long _characters;

    private YamlTree(string text, string? file, int firstLine, ProblemList problems, ManifestLimits limits)
    {
        _events = new(new Scanner(new StringReader(text), skipComments: true));
        (_file, _firstLine, _problems, _limits) = (file, firstLine, problems, limits);
    }

    /// <summary>The root, or null when there is none or it cannot be read.</summary>
    public static ManifestNode? Read(string text, string? file, int firstLine, ProblemList problems, ManifestLimits limits)
    {
        var tree = new YamlTree(text, file, firstLine, problems, limits);
        try
        {
            return tree.ReadDocument();
        }
        catch (Refused e)
        {
            problems.Invalid(e.What, e.Remedy, null, e.Place);
        }
        catch (YamlException e)
        {
            problems.Invalid(Sentence(e), "Mend the YAML there; indent with spaces and quote text that holds : or #.", null, tree.PlaceOf(e.Start));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The scanner has paths that throw plain exceptions on odd bytes; the text is at fault, not the house.
            problems.Invalid("The text is not readable as YAML.", "Mend or remove the bytes that are no text.", null, new(file, firstLine, 1));
        }

        return null;
    }

    private ManifestNode? ReadDocument()
    {
        _events.MoveNext();
        _events.MoveNext();
        if (_events.Current is not DocumentStart) return null;
        _events.MoveNext();
        var root = ReadNode(depth: 1);
        _events.MoveNext();
        if (_events.Current is DocumentStart second)
            throw new Refused("A second document begins here without a marker.", "Write a line --- before it.", PlaceOf(second.Start));
        return root;
    }

    private ManifestNode ReadNode(int depth)
    {
        var here = _events.Current ?? throw new Refused("The text ends too early.", "Complete it.", new(_file, _firstLine, 1));
        var place = PlaceOf(here.Start);
        if (depth > _limits.Depth) throw new Refused($"The text is nested deeper than {_limits.Depth} levels.", "Write it flatter.", place);
        if (here is AnchorAlias alias) return ReadAlias(alias, place);

        var anchor = here is NodeEvent { Anchor.IsEmpty: false } node ? node.Anchor.Value : null;
        if (anchor is not null) _anchors[anchor] = null;
        Count(1, place);
        ManifestNode read = here switch
        {
            Scalar scalar => ReadScalar(scalar, place),
            SequenceStart => ReadSequence(place, depth),
            MappingStart => ReadMapping(place, depth),
            _ => throw new Refused("The text ends too early.", "Complete it.", place),
        };
        if (anchor is not null) _anchors[anchor] = read;
        return read;
    }

    private ManifestScalar ReadScalar(Scalar scalar, SourcePlace place)
    {
        _events.MoveNext();
        CountCharacters(scalar.Value.Length, place);
        return new(scalar.Value, scalar.Style is not ScalarStyle.Plain, place);
    }

    private ManifestNode ReadAlias(AnchorAlias alias, SourcePlace place)
    {
        _events.MoveNext();
        var known = _anchors.TryGetValue(alias.Value.Value, out var target);
        if (!known) throw new Refused($"There is no anchor \"{alias.Value.Value}\" before this alias.", "Define it with & above.", place);
        if (target is null) throw new Refused($"The anchor \"{alias.Value.Value}\" contains itself.", "Write the value out.", place);
        Count(target.Size, place);
        CountCharacters(target.Characters, place);
        return target;
    }

    private ManifestSequence ReadSequence(SourcePlace place, int depth)
    {
        _events.MoveNext();
        var items = new List<ManifestNode>();
        while (_events.Current is not SequenceEnd) items.Add(ReadNode(depth + 1));
        _events.MoveNext();
        return new(items, place);
    }

    private ManifestMapping ReadMapping(SourcePlace place, int depth)
    {
        _events.MoveNext();
        var entries = new Dictionary<string, ManifestEntry>(StringComparer.Ordinal);
        var order = new List<string>();
        var merged = new List<ManifestNode>();
        while (_events.Current is not MappingEnd)
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not ManifestScalar name) throw new Refused("A field's name must be text.", "Write name: value.", key.Place);
            if (name is { Text: "<<", Quoted: false }) merged.Add(value);
            else if (!entries.TryAdd(name.Text, new(name.Text, key.Place, value)))
                _problems.Invalid($"The field \"{name.Text}\" stands here twice.", $"Keep one; the first is on line {entries[name.Text].NamePlace.Line}.", null, key.Place);
            else order.Add(name.Text);
        }

        _events.MoveNext();
        foreach (var node in merged) Merge(node, entries, order);
        return new([.. order.Select(n => entries[n])], place);
    }

    /// <summary>The merge key of YAML 1.1: fields of another mapping that are not written here.</summary>
    private static void Merge(ManifestNode node, Dictionary<string, ManifestEntry> entries, List<string> order)
    {
        if (node is ManifestSequence many)
        {
            foreach (var one in many.Items.OfType<ManifestMapping>()) Merge(one, entries, order);
            return;
        }

        if (node is not ManifestMapping mapping) throw new Refused("<< takes the fields of a mapping.", "Give it an alias of a mapping.", node.Place);
        foreach (var entry in mapping.Entries)
            if (entries.TryAdd(entry.Name, entry)) order.Add(entry.Name);
    }

    private void Count(long values, SourcePlace place)
    {
        _values += values;
        if (_values > _limits.Values)
            throw new Refused($"The document holds more than {_limits.Values} values once its aliases are followed.", "Write it smaller.", place);
    }

    /// <summary>One long text behind many aliases is small to send and huge to write out.</summary>
    private void CountCharacters(long characters, SourcePlace place)
    {
        _characters += characters;
        if (_characters > _limits.Characters)
            throw new Refused($"The document holds more than {_limits.Characters} characters once its aliases are followed.", "Write it smaller.", place);
    }

    private SourcePlace PlaceOf(Mark mark) => new(_file, _firstLine + (int)mark.Line - 1, (int)mark.Column);

    private static string Sentence(YamlException e)
    {
        var text = e.Message;
        // YamlDotNet puts its own place before some messages: "(Line: 3, Col: 4, Idx: 40) - (…): …".
        var colon = text.StartsWith("(Line", StringComparison.Ordinal) ? text.IndexOf("): ", StringComparison.Ordinal) : -1;
        if (colon >= 0) text = text[(colon + 3)..];
        text = text.Trim();
        return $"This is not YAML: {(text.EndsWith('.') ? text : text + ".")}";
    }

    private sealed class Refused(string what, string remedy, SourcePlace place) : Exception(what)
    {
        public string What { get; } = what;

        public string Remedy { get; } = remedy;

        public SourcePlace Place { get; } = place;
    }
}
