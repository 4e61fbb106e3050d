using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Nines.Catalog;
using Nines.Kernel;

namespace Nines.Host.Simulation;

/// <summary>What every process of every world shares, because nothing of it changes.</summary>
internal sealed class SimSettings
{
    private SimSettings()
    {
        var house = new ServiceCollection();
        HostServices.AddHouse(house, new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["notifications:owner"] = "keepers",
            ["notifications:publicUrl"] = "https://nines.example.com",
        }).Build());
        house.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        house.RemoveAll<IOutboxSender>();
        House = [.. house];
    }

    /// <summary>The one set: rooms are registered once for a million processes.</summary>
    public static SimSettings Shared { get; } = new();

    /// <summary>The ways out.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ContactKinds.All;

    public HostOptions Options { get; } = new() { Listen = new("http://127.0.0.1:0"), Open = true, Log = false };

    /// <summary>The whole house as it is registered, but for what is of one process and for the ways out.</summary>
    public IReadOnlyList<ServiceDescriptor> House { get; }
}
