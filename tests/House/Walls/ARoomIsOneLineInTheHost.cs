using Nines.Shell;

namespace Nines.Tests.House.Walls;

/// <summary>A room costs the host one line: its module, in the list of rooms, in the order of the floors.</summary>
internal static class ARoomIsOneLineInTheHost
{
    /// <param name="modules">Names of all module classes, in the order of the host's list, with their floor.</param>
    /// <param name="host">The host's sources.</param>
    public static IEnumerable<Violation> Check(IReadOnlyList<(string Module, int Floor)> modules, IReadOnlyList<SourceFile> host)
    {
        foreach (var (module, _) in modules)
        {
            var lines = host.SelectMany(f => f.Code.Split('\n').Where(l => Names(l, module)).Select(_ => f.Path)).ToArray();
            if (lines.Length != 1)
                yield return new(module, $"The host names it on {lines.Length} lines{(lines.Length == 0 ? "" : $" ({string.Join(", ", lines)})")}.", "A room is one line in Rooms.All; what else it needs it registers itself.");
        }

        for (var i = 1; i < modules.Count; i++)
            if (modules[i].Floor < modules[i - 1].Floor)
                yield return new(modules[i].Module, $"It stands behind {modules[i - 1].Module}, which is on a higher floor.", "List rooms in the order of the loop, ground first.");
    }

    public static IEnumerable<Violation> Twins(IEnumerable<Module> modules) =>
        from twins in modules.GroupBy(m => m.Name)
        where twins.Count() > 1
        select new Violation(string.Join(" and ", twins.Select(t => t.GetType().Name)), $"Both are called \"{twins.Key}\".", "A room's name is its own.");

    // A whole word: one module's name may end with another's.
    private static bool Names(string line, string module)
    {
        for (var at = line.IndexOf(module, StringComparison.Ordinal); at >= 0; at = line.IndexOf(module, at + 1, StringComparison.Ordinal))
            if (at == 0 || !char.IsLetterOrDigit(line[at - 1])) return true;
        return false;
    }
}

public class ARoomIsOneLineInTheHostTests
{
    private static int FloorOf(Module module) => Repository.Projects.First(p => p.Name == module.GetType().Assembly.GetName().Name || (p.Floor == 8 && module.GetType().Assembly.GetName().Name == "nines")).Floor;

    [Fact]
    public void Rooms_OfTheHouse_AreOneLineEach()
    {
        var listed = Host.Rooms.All.Select(m => (m.GetType().Name, FloorOf(m))).ToArray();
        var unlisted = Product.Types.Where(t => t.IsSubclassOf(typeof(Module)) && !t.IsAbstract && listed.All(l => l.Name != t.Name)).Select(t => (t.Name, 8));
        Hold.Holds(ARoomIsOneLineInTheHost.Check([.. listed, .. unlisted],
            [.. Repository.Sources.Where(f => f.Path.StartsWith("src/8-host/", StringComparison.Ordinal) && !f.Code.Contains("class " + f.Name[..^3] + " : Module", StringComparison.Ordinal) && !f.Name.EndsWith("Module.cs", StringComparison.Ordinal))]));
    }

    [Fact]
    public void Rooms_OfTheHouse_HaveNamesOfTheirOwn() => Hold.Holds(ARoomIsOneLineInTheHost.Twins(Host.Rooms.All));

    [Fact]
    public void Check_PlantedSecondLine_IsFound() => Hold.Finds(
        "AlertsModule: The host names it on 2 lines (a.cs, b.cs). A room is one line in Rooms.All; what else it needs it registers itself.",
        ARoomIsOneLineInTheHost.Check([("AlertsModule", 2)], [new("a.cs", "[\nnew AlertsModule(),\n]"), new("b.cs", "AlertsModule.Extra();")]));

    [Fact]
    public void Check_ANameThatEndsWithAnother_IsNotItsLine() => Assert.Empty(ARoomIsOneLineInTheHost.Check([("AlertsModule", 2)], [new("a.cs", "new AlertsModule(),\nnew OldAlertsModule(),")]));

    [Fact]
    public void Check_PlantedUnlistedRoom_IsFound() => Hold.Finds(
        "AlertsModule: The host names it on 0 lines. A room is one line in Rooms.All; what else it needs it registers itself.",
        ARoomIsOneLineInTheHost.Check([("AlertsModule", 2)], [new("a.cs", "// AlertsModule")]));

    [Fact]
    public void Check_PlantedOrder_IsFound() => Hold.Finds(
        "SignalsModule: It stands behind AlertsModule, which is on a higher floor. List rooms in the order of the loop, ground first.",
        ARoomIsOneLineInTheHost.Check([("AlertsModule", 2), ("SignalsModule", 1)], [new("a.cs", "new AlertsModule(),\nnew SignalsModule(),")]));
}
