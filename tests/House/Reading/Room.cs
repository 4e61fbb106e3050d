using System.Text.RegularExpressions;

namespace Nines.Tests.House;

/// <summary>A room: the folder that holds a <c>*Module.cs</c>, with its files and its two pages of prose.</summary>
internal sealed partial record Room(string Folder, string Name, int Floor, IReadOnlyList<SourceFile> Files, string? Readme)
{
    private static readonly string[] Doors = ["Manifests", "Api", "Cli", "Ui"];

    /// <summary>The page in docs/ that describes it: <c>OnCall</c> is <c>docs/on-call.md</c>.</summary>
    public string DocsPage => $"docs/{CamelHump().Replace(Name, "-$1").ToLowerInvariant()}.md";

    /// <summary>Files at the room's root that hold rules: all but the wiring, the settings, the reactions, the duties and the edges that its README names.</summary>
    public IEnumerable<SourceFile> PureFiles => Files.Where(f => f.IsCSharp && f.Folder == Folder && !IsWiring(f.Name) && !Edges.Contains(f.Name));

    /// <summary>Files named under the heading "Edges" of the room's README.</summary>
    public IReadOnlySet<string> Edges => Readme is null
        ? new HashSet<string>()
        : EdgesSection().Matches(Readme).SelectMany(s => FileName().Matches(s.Value)).Select(m => m.Groups[1].Value).ToHashSet();

    /// <summary>True for a file of one of its doors.</summary>
    public bool IsDoor(SourceFile file) =>
        file.Path.StartsWith(Folder + "/", StringComparison.Ordinal) && file.Path[(Folder.Length + 1)..].Split('/') is [var first, _, ..] && Doors.Contains(first);

    public static IReadOnlyList<Room> In(IReadOnlyList<SourceFile> texts)
    {
        var folders = texts.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal) && ModuleFile().IsMatch(f.Name)).Select(f => f.Folder).Distinct().ToArray();
        return [.. folders.Select(folder => new Room(
            folder,
            folder.Split('/')[^1].Split('.')[^1],
            Project.FloorOf(folder + "/"),
            [.. texts.Where(f => f.Path.StartsWith(folder + "/", StringComparison.Ordinal) && !InAnInnerRoom(f, folder, folders))],
            texts.FirstOrDefault(f => f.Path == folder + "/README.md")?.Text))];
    }

    private static bool InAnInnerRoom(SourceFile file, string folder, string[] folders) =>
        folders.Any(other => other.Length > folder.Length && other.StartsWith(folder + "/", StringComparison.Ordinal) && file.Path.StartsWith(other + "/", StringComparison.Ordinal));

    private static bool IsWiring(string name) => WiringFile().IsMatch(name);

    [GeneratedRegex(@"^[A-Z]\w+Module\.cs$")]
    private static partial Regex ModuleFile();

    [GeneratedRegex(@"^(\w+Module|\w+Options|\w+OptionsValidator|On[A-Z]\w*|\w+Duty|\w+Log)\.cs$")]
    private static partial Regex WiringFile();

    [GeneratedRegex(@"(?<=[a-z0-9])([A-Z])")]
    private static partial Regex CamelHump();

    [GeneratedRegex(@"^##+ Edges.*?(?=^##|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex EdgesSection();

    [GeneratedRegex(@"`(\w+\.cs)`")]
    private static partial Regex FileName();
}
