using Nines.Catalog;

namespace Nines.Host.Simulation;

/// <summary>What every process of every world shares, because nothing of it changes.</summary>
internal sealed class SimSettings
{
    /// <summary>The ways out.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ContactKinds.All;

    public HostOptions Options { get; } = new() { Listen = new("http://127.0.0.1:0"), Log = false };

    public IConfiguration Configuration { get; } = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["notifications:owner"] = "keepers",
        ["notifications:publicUrl"] = "https://nines.example.com",
    }).Build();
}
