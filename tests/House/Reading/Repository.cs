using System.Xml.Linq;

namespace Nines.Tests.House;

/// <summary>The working copy that the walls are held against, read once.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", ".git", ".vs", ".idea", "TestResults", "artifacts", "nines-data"];
    private static readonly string[] TextKinds =
        [".cs", ".razor", ".csproj", ".props", ".targets", ".md", ".json", ".yaml", ".yml", ".css", ".ts", ".mjs", ".html", ".txt", ".sh", ".slnx", ".proto", ""];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file and folder that belongs to the repository, as paths from its root.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(new(Root)).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>The text files.</summary>
    public static IReadOnlyList<SourceFile> Texts { get; } =
        [.. Files.Where(f => TextKinds.Contains(Path.GetExtension(f))).Select(f => new SourceFile(f, File.ReadAllText(Path.Combine(Root, f))))];

    /// <summary>The product's C# and Razor files.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. Texts.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal) && (f.IsCSharp || f.Path.EndsWith(".razor", StringComparison.Ordinal)))];

    public static IReadOnlyList<Room> Rooms { get; } = Room.In(Texts);

    /// <summary>The product's projects with what they name.</summary>
    public static IReadOnlyList<Project> Projects { get; } =
        [.. Texts.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal) && f.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(Project.Read)];

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Nines.slnx"))) return at.FullName;
        throw new DirectoryNotFoundException("Nines.slnx is not above the test's own folder: run the tests from a working copy.");
    }

    private static IEnumerable<string> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
            if (file.Name != ".git") yield return file.FullName;
        foreach (var inner in folder.EnumerateDirectories().Where(d => !NotOurs.Contains(d.Name) && d.LinkTarget is null))
            foreach (var file in Walk(inner))
                yield return file;
    }
}

/// <summary>A project of the product: its floor, and the projects and packages that it names.</summary>
internal sealed record Project(string Path, string Name, int Floor, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    public static Project Read(SourceFile file)
    {
        var xml = XDocument.Parse(file.Text);
        return new(file.Path, System.IO.Path.GetFileNameWithoutExtension(file.Path), FloorOf(file.Path),
            [.. xml.Descendants("ProjectReference").Select(r => System.IO.Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))],
            [.. xml.Descendants("PackageReference").Select(r => r.Attribute("Include")!.Value)]);
    }

    /// <summary>The number in <c>src/N-floor/…</c>.</summary>
    public static int FloorOf(string path) => path.Split('/') is ["src", [>= '0' and <= '8' and var floor, '-', ..], ..] ? floor - '0'
        : throw new InvalidOperationException($"{path} stands on no floor: product code goes to src/N-floor/.");
}
