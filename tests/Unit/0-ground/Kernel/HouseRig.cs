using Microsoft.Extensions.Logging.Abstractions;
using Nines.Kernel;

namespace Nines.Tests.Unit.Ground;

/// <summary>Starts houses over one journal, as restarts do.</summary>
internal sealed class HouseRig : IAsyncDisposable
{
    private readonly List<House> _houses = [];

    public WatchedJournal Journal { get; } = new();

    public ManualClock Clock { get; } = new();

    public async Task<House> StartAsync(Fold? fold = null)
    {
        var house = new House(
            Journal, WatchedJournal.Known, [fold ?? new TallyFold()], [new OnCounted()], new IdSource(new Random(1)), Clock, NullLogger<House>.Instance);
        _houses.Add(house);
        await house.StartAsync(default);
        return house;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var house in _houses) await house.DisposeAsync();
    }
}

internal static class HouseUse
{
    /// <summary>Counts a name; the answer is the count that the decision saw.</summary>
    public static Task<Decided<int>> CountAsync(this House house, string name, string? key = null) => house.DecideAsync<int>(Actor.Local, deciding =>
    {
        deciding.Write(new("tests", name), new Counted(name));
        return deciding.State.Get<Tally>().Of(name);
    }, key);

    public static int Count(this House house, string name) => house.State.Get<Tally>().Of(name);
}
