using System.Text.RegularExpressions;

namespace Nines.Tests.House;

/// <summary>One source file as the walls read it: path from the repository's root, text, and code without comments and literals.</summary>
internal sealed partial class SourceFile(string path, string text)
{
    private readonly Lazy<string> _code = new(() => CodeMask.Of(text));

    public string Path { get; } = path;

    public string Name => System.IO.Path.GetFileName(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    public string Text { get; } = text;

    /// <summary>The text with comments and literals blanked; positions and lines are those of the text.</summary>
    public string Code => _code.Value;

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public int Lines => Text.Split('\n').Length - (Text.EndsWith('\n') ? 1 : 0);

    /// <summary>Names that the code uses, each with the line of its first use.</summary>
    public IEnumerable<(string Name, int Line)> Names() => NamePattern().Matches(Code)
        .DistinctBy(m => m.Value).Select(m => (m.Value, LineAt(m.Index)));

    /// <summary>Places in the code that match.</summary>
    public IEnumerable<(string Found, string Where)> Find(Regex pattern) =>
        pattern.Matches(Code).Select(m => (m.Value.Trim(), $"{Path}:{LineAt(m.Index)}"));

    public int LineAt(int position) => Text.AsSpan(0, Math.Min(position, Text.Length)).Count('\n') + 1;

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex NamePattern();
}
