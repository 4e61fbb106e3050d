using System.Text.RegularExpressions;

namespace Nines.Tests.House.Walls;

/// <summary>The repository builds anywhere: no path of one machine, no address of a package registry, nothing left half done.</summary>
internal static partial class TheRepositoryNamesNoMachine
{
    // Written in two halves so that this file does not find itself.
    private static readonly Regex Machine = new(@"(?<![\w.~-])/(wo" + @"rk|ro" + @"ot|ho" + @"me/\w+|Us" + @"ers/\w+|tmp/to" + @"ols)(?=/|$|[\s""'`])", RegexOptions.Multiline);
    private static readonly Regex Registry = new(@"https?://[a-z0-9.-]*\b(npm" + @"js|nu" + @"get|deb" + @"ian|py" + @"pi|unp" + @"kg|jsdel" + @"ivr)\b[a-z0-9.-]*", RegexOptions.IgnoreCase);
    private static readonly Regex Unfinished = new(@"\b(TO" + @"DO|FIX" + @"ME|NotImpl" + @"ementedException)\b|\bSk" + @"ip\s*=\s*""");

    public static IEnumerable<Violation> Check(IEnumerable<SourceFile> texts)
    {
        foreach (var file in texts)
        {
            foreach (Match found in Machine.Matches(file.Text)) yield return At(file, found, "a path of one machine", "Use a path from the repository's root or a temporary folder asked from the system.");
            foreach (Match found in Registry.Matches(file.Text)) yield return At(file, found, "a package registry", "Say the package's name; which registry is the reader's own setting.");
            if (!file.IsCSharp) continue;
            foreach (Match found in Unfinished.Matches(file.Text)) yield return At(file, found, "something half done", "Finish it, or write it into an issue.");
        }
    }

    private static Violation At(SourceFile file, Match found, string what, string instead) =>
        new($"{file.Path}:{file.LineAt(found.Index)}", $"\"{found.Value.Trim()}\" names {what}.", instead);
}

public class TheRepositoryNamesNoMachineTests
{
    [Fact]
    public void Texts_OfTheRepository_NameNoMachineAndNoRegistry() => Hold.Holds(TheRepositoryNamesNoMachine.Check(Repository.Texts));

    [Fact]
    public void Check_PlantedPath_IsFound() => Hold.Finds(
        "a.md:1: \"/ro" + "ot\" names a path of one machine. Use a path from the repository's root or a temporary folder asked from the system.",
        TheRepositoryNamesNoMachine.Check([new("a.md", "cat /ro" + "ot/.profile; see docs/root/a.md")]));

    [Fact]
    public void Check_PlantedRegistry_IsFound() => Hold.Finds(
        "a.json:2: \"https://registry.npm" + "js.org\" names a package registry. Say the package's name; which registry is the reader's own setting.",
        TheRepositoryNamesNoMachine.Check([new("a.json", "{\n\"resolved\": \"https://registry.npm" + "js.org/htmx\" }")]));

    [Fact]
    public void Check_PlantedStub_IsFound() => Hold.Finds(
        "a.cs:1: \"NotImpl" + "ementedException\" names something half done. Finish it, or write it into an issue.",
        TheRepositoryNamesNoMachine.Check([new("a.cs", "throw new NotImpl" + "ementedException();")]));
}
