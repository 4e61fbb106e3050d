using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nines.Host;
using Nines.Shell;

namespace Nines.Tests.House;

/// <summary>The built product: its assemblies, and what its rooms register.</summary>
internal static class Product
{
    static Product()
    {
        Services = new ServiceCollection();
        Registrations = Host.Rooms.Register(Services, new ConfigurationBuilder().Build());
    }

    /// <summary>The host and everything of the product that it references.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = Load();

    public static ServiceCollection Services { get; }

    public static IReadOnlyList<Registration> Registrations { get; }

    public static IEnumerable<Type> Types => Assemblies.SelectMany(a => a.GetTypes());

    /// <summary>The commands of the house itself and of every room.</summary>
    public static IEnumerable<CliCommand> Commands => Types
        .Where(t => t.IsSubclassOf(typeof(CliCommand)) && !t.IsAbstract && t.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is not null)
        .Select(t => (CliCommand)Activator.CreateInstance(t, nonPublic: true)!);

    private static List<Assembly> Load()
    {
        var found = new List<Assembly> { typeof(NinesHost).Assembly };
        for (var i = 0; i < found.Count; i++)
            found.AddRange(found[i].GetReferencedAssemblies().Where(r => r.Name!.StartsWith("Nines.", StringComparison.Ordinal) && found.TrueForAll(f => f.GetName().Name != r.Name)).Select(Assembly.Load));
        return found;
    }
}
