using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Nines.Catalog;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>
/// Every room of the house as it is registered, in one container for a million processes: what is one of a kind in a real
/// process is here one of a kind in a scope, and each simulated process is such a scope. Building a container for each would
/// be a thirteenth of a simulated year.
/// </summary>
internal sealed class SimHouse
{
    private static readonly ConditionalWeakTable<Action<IServiceCollection>, SimHouse> Houses = [];
    private static readonly Action<IServiceCollection> Sound = _ => { };

    private readonly ServiceProvider _container;

    private SimHouse(Action<IServiceCollection> planted, IEnumerable<Type> ownParts)
    {
        var house = new ServiceCollection();
        HostServices.AddHouse(house, new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["notifications:owner"] = "keepers",
            ["notifications:publicUrl"] = "https://nines.example.com",
        }).Build());
        house.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        house.RemoveAll<IOutboxSender>();
        foreach (var kind in Kinds) house.AddSingleton<IOutboxSender>(s => new SimSender(kind, s.GetRequiredService<SimNetwork>()));
        house.AddSingleton<ImpactReading>(s => new SimImpact(s.GetRequiredService<ObjectiveQueries>(), s.GetRequiredService<SimMinutes>()));
        house.AddSingleton<Duty>(s => new SnapshotDuty(s.GetRequiredService<House>()) { Every = Duration.FromDays(5) });
        house.AddScoped<SimParts>();
        foreach (var part in ownParts) house.AddScoped(part, s => s.GetRequiredService<SimParts>().All[part]);
        planted(house);
        var container = new ServiceCollection();
        foreach (var one in house) container.Add(OncePerProcess(one));
        _container = container.BuildServiceProvider();
    }

    /// <summary>The ways out.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ContactKinds.All;

    /// <summary>The services of one process.</summary>
    /// <param name="parts">What is of this process alone: clock, store, network …; of each type one.</param>
    /// <param name="planted">What somebody put into the house; null for none. Asked once.</param>
    public static IServiceProvider Process(IReadOnlyDictionary<Type, object> parts, Action<IServiceCollection>? planted)
    {
        var services = Houses.GetValue(planted ?? Sound, p => new(p, parts.Keys))._container.CreateScope().ServiceProvider;
        services.GetRequiredService<SimParts>().All = parts;
        return services;
    }

    /// <summary>What the rooms make is made anew for each process; what the framework makes knows nothing of any.</summary>
    private static ServiceDescriptor OncePerProcess(ServiceDescriptor one)
    {
        if (one.Lifetime != ServiceLifetime.Singleton || one.ImplementationInstance is not null || !IsOurs(one.ImplementationType ?? one.ServiceType)) return one;
        return one.ImplementationFactory is { } make ? new(one.ServiceType, make, ServiceLifetime.Scoped) : new(one.ServiceType, one.ImplementationType!, ServiceLifetime.Scoped);
    }

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Nines", StringComparison.Ordinal) == true;

    private sealed class SimParts
    {
        public IReadOnlyDictionary<Type, object> All { get; set; } = new Dictionary<Type, object>();
    }
}
