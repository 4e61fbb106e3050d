using System.Globalization;
using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Manifests;

/// <summary>
/// One field of a manifest while a kind reads it: knows its path and place, converts, and reports what is wrong, so that
/// a kind reads like prose and every problem of a document comes out at once.
/// </summary>
public sealed class Field
{
    private readonly FieldsAsked _asked;
    private readonly bool _reported;

    internal Field(FieldsAsked asked, string path, ManifestNode? node, SourcePlace place, bool reported = false) =>
        (_asked, Path, Node, Place, _reported) = (asked, path, node, place, reported);

    /// <summary>A whole document, for reading what is no manifest of Nines; unknown fields are then the reader's to report.</summary>
    public static Field Of(ManifestDocument document, ProblemList problems) => new(new FieldsAsked(problems), "", document.Root, document.Place);

    /// <summary>Its path, such as <c>spec.objectives[0].target</c>; empty for the whole document.</summary>
    public string Path { get; }

    /// <summary>Where it stands, or where it should stand.</summary>
    public SourcePlace Place { get; }

    /// <summary>What was written; null when the field is missing.</summary>
    public ManifestNode? Node { get; }

    /// <summary>True when something other than nothing was written.</summary>
    public bool Given => Node is not null and not ManifestScalar { IsNull: true };

    /// <summary>Takes what is wrong.</summary>
    public ProblemList Problems => _asked.Problems;

    /// <summary>A field below, dots allowed; a problem where it is missing.</summary>
    /// <param name="name">Such as <c>spec.service</c>.</param>
    /// <param name="remedy">What to write; a general sentence when empty.</param>
    public Field Require(string name, string remedy = "")
    {
        var field = Optional(name);
        if (field.Given || field._reported) return field;
        if (!_reported) field.Wrong("This field is missing.", remedy.Length > 0 ? remedy : $"Write {name[(name.LastIndexOf('.') + 1)..]}: with its value.");
        return new(_asked, field.Path, null, field.Place, reported: true);
    }

    /// <summary>A field below, dots allowed.</summary>
    public Field Optional(string name)
    {
        var at = this;
        foreach (var step in name.Split('.')) at = at.Step(step);
        return at;
    }

    /// <summary>One field directly below, whose name may hold dots.</summary>
    public Field Below(string name) => Step(name);

    /// <summary>Names fields that belong here although this reading does not need them.</summary>
    public void Knows(params ReadOnlySpan<string> names)
    {
        if (Node is not ManifestMapping mapping) return;
        foreach (var name in names) _asked.Note(mapping, name, Path);
    }

    /// <summary>The items of a list; none where it is missing or no list (which is then a problem).</summary>
    public IReadOnlyList<Field> Items()
    {
        if (!Given) return [];
        if (Node is ManifestSequence list) return [.. list.Items.Select((item, i) => new Field(_asked, $"{Path}[{i}]", item, item.Place))];
        Wrong($"This must be a list, but is {Node!.Described}.", "Write its items each behind a dash, or between [ and ].");
        return [];
    }

    /// <summary>Texts of a list; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> Texts()
    {
        if (Node is ManifestScalar { IsNull: false } one) return [one.Text];
        return [.. Items().Select(i => i.Text()).Where(t => t.Length > 0)];
    }

    /// <summary>A free mapping of texts, such as labels; a list of texts is joined with commas.</summary>
    public IReadOnlyDictionary<string, string> TextMap()
    {
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Given) return map;
        if (!IsMapping()) return map;
        foreach (var entry in ((ManifestMapping)Node!).Entries)
        {
            var value = Step(entry.Name);
            map[entry.Name] = value.Node is ManifestSequence ? string.Join(',', value.Texts()) : value.Text();
        }

        return map;
    }

    /// <summary>Text; empty where it is missing or no text.</summary>
    public string Text()
    {
        if (!Given) return "";
        if (Node is ManifestScalar scalar) return scalar.Text;
        Wrong($"This must be text, but is {Node!.Described}.", "Write one value.");
        return "";
    }

    /// <summary>A number; null where it is missing or no number.</summary>
    public double? Number()
    {
        if (!Given) return null;
        if (Node is ManifestScalar { Quoted: true } quoted && IsNumber(quoted.Text, out var meant))
        {
            Problems.Deviation($"The number {quoted.Text} stands in quotes.", "Take the quotes off.", Path, Place);
            return meant;
        }

        if (Node is ManifestScalar { Quoted: false } scalar && IsNumber(scalar.Text, out var number)) return number;
        Wrong($"This must be a number, but is {Node!.Described}.", "Write digits, with a point before the fraction.");
        return null;
    }

    /// <summary>A whole number within bounds; null where it is missing or none.</summary>
    public long? Integer(long least = long.MinValue, long most = long.MaxValue)
    {
        if (Number() is not { } number) return null;
        if (number == Math.Floor(number) && number >= least && number <= most) return (long)number;
        Wrong($"{number.ToString(CultureInfo.InvariantCulture)} is not a whole number from {least} to {most}.", "Write one that is.");
        return null;
    }

    /// <summary>True or false; null where it is missing or neither.</summary>
    public bool? Flag()
    {
        if (!Given) return null;
        if (Node is ManifestScalar { Quoted: false, Text: "true" or "True" or "TRUE" }) return true;
        if (Node is ManifestScalar { Quoted: false, Text: "false" or "False" or "FALSE" }) return false;
        Wrong($"This must be true or false, but is {Node!.Described}.", "Write true or false, without quotes.");
        return null;
    }

    /// <summary>A duration in the field's notation; null where it is missing or none.</summary>
    public Duration? Duration()
    {
        if (!Given) return null;
        var text = Text();
        if (FieldDuration.TryParse(text, out var duration) && (duration > NodaTime.Duration.Zero || text is "0" or "0s" or "0m")) return duration;
        if (text.Length > 0) Wrong($"\"{text}\" is not a duration.", "Write one such as 30s, 5m, 1h or 28d.");
        return null;
    }

    /// <summary>One of some words; null where it is missing or another.</summary>
    public string? Choice(params string[] words)
    {
        if (!Given) return null;
        var text = Text();
        if (text.Length == 0) return null;
        if (words.Contains(text, StringComparer.Ordinal)) return text;
        if (words.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } otherCase)
        {
            Problems.Deviation($"\"{text}\" is written \"{otherCase}\".", $"Write {otherCase}.", Path, Place);
            return otherCase;
        }

        var meant = NearestName.Of(text, words);
        Wrong($"\"{text}\" is not allowed here.", $"{(meant is null ? "" : $"Did you mean \"{meant}\"? ")}Write one of {string.Join(", ", words)}.");
        return null;
    }

    /// <summary>A reference to a secret; null where it is missing or no reference. Plain secrets are refused.</summary>
    public SecretReference? Secret()
    {
        if (!Given) return null;
        var text = Text();
        if (SecretReference.TryParse(text, out var reference)) return reference;
        // The text itself may be the secret: it must not be repeated in a message or a log.
        Wrong("A secret must not stand in a manifest.", "Write where it is kept: env:NAME or file:/absolute/path.");
        return null;
    }

    /// <summary>False, with a problem, where something other than fields stands here.</summary>
    public bool IsMapping()
    {
        if (!Given) return false;
        if (Node is ManifestMapping) return true;
        Wrong($"This must be a mapping, but is {Node!.Described}.", "Write its fields below it, indented.");
        return false;
    }

    /// <summary>Reports an error at this field.</summary>
    public void Wrong(string what, string remedy) => Problems.Invalid(what, remedy, Path.Length > 0 ? Path : null, Place);

    /// <summary>Reports a departure from a published format at this field.</summary>
    public void Deviates(string what, string remedy) => Problems.Deviation(what, remedy, Path.Length > 0 ? Path : null, Place);

    /// <summary>Reports something worth knowing at this field.</summary>
    public void Notes(string what, string remedy) => Problems.Finding(what, remedy, Path.Length > 0 ? Path : null, Place);

    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private Field Step(string name)
    {
        var path = Path.Length > 0 ? $"{Path}.{name}" : name;
        if (Node is not ManifestMapping mapping)
        {
            var wrong = Given && _asked.NoteWrongType(Node!);
            if (wrong) Wrong($"This must be a mapping, but is {Node!.Described}.", "Write its fields below it, indented.");
            return new(_asked, path, null, Place, reported: Given || _reported);
        }

        _asked.Note(mapping, name, Path);
        var entry = mapping.Find(name);
        return entry is null ? new(_asked, path, null, Place) : new(_asked, path, entry.Value, entry.Value is ManifestScalar { IsNull: true } ? entry.NamePlace : entry.Value.Place);
    }
}
