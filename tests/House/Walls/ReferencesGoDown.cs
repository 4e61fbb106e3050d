namespace Nines.Tests.House.Walls;

/// <summary>References only go down: in the project files, and in what the compiler made of them.</summary>
internal static class ReferencesGoDown
{
    /// <summary>The ground's own order: kernel, then storage and shell, then catalog.</summary>
    private static readonly string[] GroundOrder = ["Nines.Kernel", "Nines.Storage", "Nines.Shell", "Nines.Catalog"];

    public static IEnumerable<Violation> InProjects(IReadOnlyList<Project> projects)
    {
        var byName = projects.ToDictionary(p => p.Name);
        foreach (var project in projects)
            foreach (var target in project.References)
            {
                if (!byName.TryGetValue(target, out var below)) yield return new(project.Path, $"{target} is no project of the product.", "Reference a floor below.");
                else if (!IsBelow(below, project)) yield return Upwards(project.Path, project.Name, below.Name);
            }
    }

    /// <param name="projects">The floors.</param>
    /// <param name="assemblies">An assembly's name with the names that its metadata references.</param>
    public static IEnumerable<Violation> InMetadata(IReadOnlyList<Project> projects, IEnumerable<(string Name, IEnumerable<string> References)> assemblies)
    {
        var byName = projects.ToDictionary(p => p.Name == "Nines" ? "nines" : p.Name);
        return from assembly in assemblies
               where byName.ContainsKey(assembly.Name)
               from target in assembly.References
               where byName.ContainsKey(target) && !IsBelow(byName[target], byName[assembly.Name])
               select Upwards(assembly.Name + ".dll", assembly.Name, target);
    }

    private static bool IsBelow(Project below, Project above) => below.Floor == 0 && above.Floor == 0
        ? Array.IndexOf(GroundOrder, below.Name) < Array.IndexOf(GroundOrder, above.Name)
        : below.Floor < above.Floor;

    private static Violation Upwards(string where, string from, string to) =>
        new(where, $"{from} references {to}, which is not below it.", "News climbs as events and through slots; move the type down or offer a slot.");
}

public class ReferencesGoDownTests
{
    private static Project On(int floor, string name, params string[] references) => new($"src/{floor}-x/{name}/{name}.csproj", name, floor, references, []);

    [Fact]
    public void Projects_OfTheHouse_ReferenceOnlyFloorsBelow() => Hold.Holds(ReferencesGoDown.InProjects(Repository.Projects));

    [Fact]
    public void Assemblies_OfTheHouse_ReferenceOnlyFloorsBelow()
    {
        var assemblies = Product.Assemblies.Select(a => (a.GetName().Name!, a.GetReferencedAssemblies().Select(r => r.Name!)));
        Hold.Holds(ReferencesGoDown.InMetadata(Repository.Projects, assemblies));
    }

    [Fact]
    public void InProjects_PlantedReferenceUpwards_IsFound() => Hold.Finds(
        "src/1-x/Low/Low.csproj: Low references High, which is not below it. News climbs as events and through slots; move the type down or offer a slot.",
        ReferencesGoDown.InProjects([On(1, "Low", "High"), On(2, "High", "Low")]));

    [Fact]
    public void InProjects_PlantedReferenceInsideTheGround_IsFound() => Hold.Finds(
        "src/0-x/Nines.Kernel/Nines.Kernel.csproj: Nines.Kernel references Nines.Shell, which is not below it. News climbs as events and through slots; move the type down or offer a slot.",
        ReferencesGoDown.InProjects([On(0, "Nines.Kernel", "Nines.Shell"), On(0, "Nines.Shell", "Nines.Kernel")]));

    [Fact]
    public void InMetadata_PlantedReferenceUpwards_IsFound() => Hold.Finds(
        "Low.dll: Low references High, which is not below it. News climbs as events and through slots; move the type down or offer a slot.",
        ReferencesGoDown.InMetadata([On(1, "Low"), On(2, "High")], [("Low", ["High", "System.Runtime"]), ("High", ["Low"])]));
}
