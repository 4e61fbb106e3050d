using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Nines.Kernel;
using Nines.Shell;
using Nines.Storage;

namespace Nines.Host.Simulation;

/// <summary>
/// One process of the house, from its start to its death: every room as <see cref="Rooms"/> lists it, without web server,
/// and without the duties that measure (they write nothing that this way needs).
/// </summary>
internal sealed class SimProcess
{
    // Nothing on the way from alert to acknowledgement may need a look that no change of state and no due time asks for.
    public static NodaTime.Duration RareLook { get; } = NodaTime.Duration.FromMinutes(15);

    private static readonly HostOptions Options = new() { Listen = new("http://127.0.0.1:0"), Open = true, Log = false };

    // It looks once a minute at what the indicators say: for nothing, where there are none.
    private const string Looks = "incidents.measure";

    private readonly SimPump _pump = new();
    private readonly bool _measures;
    private readonly IServiceProvider _services;
    private int _fuse = -1;

    public SimProcess(SimWorld world)
    {
        World = world.Clock;
        Ledger = world.Ledger;
        _measures = world.Minutes.Measures;
        Clock = world.Clock.For(_pump);
        StartedAt = World.Now;
        _services = Compose(world);
    }

    public SimClock World { get; }

    public SimLedger Ledger { get; }

    /// <summary>The clock as this process sees it.</summary>
    public TimeProvider Clock { get; }

    /// <summary>True time of its start.</summary>
    public TimeSpan StartedAt { get; }

    /// <summary>True once its doors are open.</summary>
    public bool Ready { get; private set; }

    public bool Dead => _pump.Dead;

    public string? Stray => _pump.Stray;

    /// <summary>Told when it died.</summary>
    public Action? Died { get; set; }

    public HouseState State => Get<House>().State;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Where snapshots go instead of to the disk, while somebody compares what the house knows.</summary>
    public SortedDictionary<string, byte[]>? Caught { get; private set; }

    /// <summary>The duties on the way.</summary>
    public IReadOnlyList<Duty> Duties { get; private set; } = [];

    public void Start() => Run(StartAsync);

    /// <summary>Runs something in this process.</summary>
    public void Run(Func<Task> work) => _pump.Run(() => _ = GuardAsync(work));

    public int Drain() => _pump.Drain();

    /// <summary>It dies after so many further points where it can.</summary>
    public void LightFuse(int points) => _fuse = points;

    /// <summary>True where the process is dead, or dies at this very point.</summary>
    public bool Dies(CrashPoint point)
    {
        if (Dead) return true;
        if (_fuse < 0 || _fuse-- > 0) return false;
        Ledger.Note("killed", point.ToString());
        Kill();
        return true;
    }

    /// <summary>Ends it as SIGKILL does.</summary>
    public void Kill()
    {
        if (Dead) return;
        _pump.Kill();
        Died?.Invoke();
    }

    /// <summary>
    /// What this process knows, against what journal and snapshots say up to the same position; the room in which they
    /// differ, or null.
    /// </summary>
    public string? Differs(IJournal durable, bool fromSnapshots)
    {
        var live = Get<House>();
        var caught = Caught = new(StringComparer.Ordinal);
        var past = new PastJournal(durable, live.State.Position, fromSnapshots);
        var again = new House(past, Get<EventCatalog>(), _services.GetServices<Fold>(), [], new IdSource(new SimRandom(0)), Clock, NullLogger<House>.Instance);
        var compared = CompareAsync(live, again);
        // Nothing of it waits for anything.
        if (!compared.IsCompletedSuccessfully) return $"the comparison itself: {compared.Exception?.InnerException?.Message ?? "it waits"}";
        Caught = null;
        return caught.Keys.FirstOrDefault(room => !past.Caught.TryGetValue(room, out var bytes) || !bytes.AsSpan().SequenceEqual(caught[room]));
    }

    private static async Task CompareAsync(House live, House again)
    {
        await again.StartAsync(CancellationToken.None);
        await again.SaveSnapshotsAsync(default, CancellationToken.None);
        await live.SaveSnapshotsAsync(default, CancellationToken.None);
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is StorageException)
        {
            // The caller heard that nothing was written.
        }
        catch (Exception e)
        {
            Ledger.Break(Broken.Failed, e.ToString());
        }
    }

    private async Task StartAsync()
    {
        var house = Get<House>();
        await house.StartAsync(CancellationToken.None);
        await Ledger.StartedAsync(this);
        foreach (var life in _services.GetServices<IRoomLife>().Where(l => OnTheWay(l.GetType()))) await life.StartAsync(CancellationToken.None);
        // Of one name the last counts: that is how a bug is planted in a duty's place.
        Duties = [.. _services.GetServices<Duty>().Where(d => OnTheWay(d.GetType()) && (_measures || d.Name != Looks)).GroupBy(d => d.Name, StringComparer.Ordinal).Select(g => g.Last())];
        new DutyRunner(house, Get<ILeases>(), Duties, Get<IdSource>(), Clock, NullLogger<DutyRunner>.Instance) { LongestSleep = RareLook }.Start();
        Ready = true;
    }

    private IServiceProvider Compose(SimWorld world)
    {
        var store = new Store(new SimJournal(world.Durable, this, world.Faults), NoSignals, world.Leases, world.Keys, () => ValueTask.CompletedTask);
        var parts = new ServiceCollection();
        HostServices.AddProcess(parts, Options, Clock, store, new HostReadiness());
        parts.Replace(ServiceDescriptor.Singleton(world.Ids));
        parts.AddSingleton(world.Minutes);
        parts.AddSingleton(new SimNetwork(world, this, world.Faults, world.NetworkRandom));
        return SimHouse.Process(parts.ToDictionary(p => p.ServiceType, p => p.ImplementationInstance!), world.Planted);
    }

    private static readonly MemorySignals NoSignals = new();

    /// <summary>Rooms that measure, draw or watch rules have no part in the way from an alert to its acknowledgement.</summary>
    // Nor what listens to doors that are not here: the runtime knows every listener until it is ended, and a killed process ends nothing, so each would stay in memory.
    private static bool OnTheWay(Type type) =>
        type.Namespace is not { } room || !(room.StartsWith("Nines.Measuring", StringComparison.Ordinal) || room.StartsWith("Nines.Shell.Live", StringComparison.Ordinal)
            || room.StartsWith("Nines.Alerting.Rules", StringComparison.Ordinal) || room.StartsWith("Nines.Paging.OwnObjective", StringComparison.Ordinal)
            || room.StartsWith("Nines.Responding.Security", StringComparison.Ordinal));
}
