namespace Nines.Tests.House.Walls;

/// <summary>No folder is called by a name that anything fits into.</summary>
internal static class NamesAreTheFieldsOwn
{
    private static readonly string[] Bags = ["Utils", "Util", "Utilities", "Common", "Helpers", "Helper", "Managers", "Manager", "Models", "Model", "Misc", "Shared"];

    public static IEnumerable<Violation> Check(IEnumerable<string> files) =>
        from folder in files.Select(f => Path.GetDirectoryName(f)!.Replace('\\', '/')).Distinct(StringComparer.Ordinal)
        where Bags.Contains(folder.Split('/')[^1], StringComparer.OrdinalIgnoreCase)
        select new Violation(folder, "Anything fits into a folder of this name.", "Name it after what it does, in the field's words.");
}

public class NamesAreTheFieldsOwnTests
{
    [Fact]
    public void Folders_OfTheRepository_AreNamedAfterWhatTheyDo() => Hold.Holds(NamesAreTheFieldsOwn.Check(Repository.Files));

    [Fact]
    public void Check_PlantedFolder_IsFound() => Hold.Finds(
        "src/1-x/X/Utils: Anything fits into a folder of this name. Name it after what it does, in the field's words.",
        NamesAreTheFieldsOwn.Check(["src/1-x/X/Utils/A.cs", "src/1-x/X/Utils/B.cs", "src/1-x/X/Windows/C.cs"]));
}
