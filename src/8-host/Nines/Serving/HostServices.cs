using Nines.Kernel;
using Nines.Shell;
using Nines.Storage;

namespace Nines.Host;

/// <summary>The composition: the ground's services, then every room's.</summary>
internal static class HostServices
{
    public static IReadOnlyList<Registration> Add(
        IServiceCollection services, IConfiguration settings, HostOptions options, TimeProvider clock, Store store, HostReadiness readiness)
    {
        AddProcess(services, options, clock, store, readiness);
        return AddHouse(services, settings);
    }

    /// <summary>What is of one process: its time, its store, its settings.</summary>
    public static void AddProcess(IServiceCollection services, HostOptions options, TimeProvider clock, Store store, HostReadiness readiness)
    {
        services.AddSingleton(options);
        services.AddSingleton(new ServingMode(options.Open, store.NodeFolder, options.Recover));
        services.AddSingleton(clock);
        services.AddSingleton(readiness);
        services.AddSingleton(store);
        services.AddSingleton(store.Journal);
        services.AddSingleton(store.Signals);
        services.AddSingleton(store.Leases);
        services.AddSingleton(store.Keys);
        services.AddSingleton(new IdSource());
    }

    /// <summary>Every room, for whatever process: clock and store are those of <see cref="AddProcess"/>.</summary>
    public static IReadOnlyList<Registration> AddHouse(IServiceCollection services, IConfiguration settings)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = HouseJson.Options.PropertyNamingPolicy;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.NumberHandling = HouseJson.Options.NumberHandling;
            foreach (var converter in HouseJson.Options.Converters) json.SerializerOptions.Converters.Add(converter);
        });
        var rooms = Rooms.Register(services, settings);
        services.AddSingleton(new EventCatalog(rooms.SelectMany(r => r.EventTypes)));
        services.AddSingleton(rooms);
        services.AddSingleton(s => new House(
            s.GetRequiredService<IJournal>(), s.GetRequiredService<EventCatalog>(), s.GetServices<Fold>(), s.GetServices<Reaction>(),
            s.GetRequiredService<IdSource>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<House>>()));
        services.AddSingleton<IHouse>(s => s.GetRequiredService<House>());
        services.AddSingleton<PastStates>();
        services.AddSingleton<Duty, SnapshotDuty>();
        services.AddSingleton<DutyRunner>();
        // A body that does not bind ends in an answer with words (FailureAnswers), not in an empty 400.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddHttpClient();
        services.AddSingleton<OwnMetrics>();
        services.AddOpenApi(ScopesInOpenApi.Add);
        return rooms;
    }
}
