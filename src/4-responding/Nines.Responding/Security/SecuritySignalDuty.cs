using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Runner;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>Judges signals twice a minute: those that count in memory, and those that ask a data source.</summary>
internal sealed class SecuritySignalDuty(IHouse house, CompiledManifests manifests, SignalWatch watch, QueryRun queries, SecurityDesk desk) : Duty
{
    private static readonly Duration Every = Duration.FromSeconds(30);
    private static readonly Duration Patience = Duration.FromSeconds(10);

    private Instant _looked = Instant.MinValue;

    /// <inheritdoc />
    public override string Name => "security.signals";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        if (!SecurityPolicies.Signals(manifests.For(state)).Any(Counts)) return null;
        return _looked == Instant.MinValue ? Instant.MinValue : _looked + Every;
    }

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        _looked = now;
        watch.Follow(house.State);
        var (set, book) = (manifests.For(house.State), house.State.Get<SecurityBook>());
        var policy = SecurityPolicies.Of(set);
        var found = new List<(SecuritySignal, double)>();
        foreach (var signal in SecurityPolicies.Signals(set).Where(Counts))
        {
            var count = signal.Promql.Length > 0 ? await AskAsync(signal, stop) : watch.CountOf(signal, now.ToUnixTimeMilliseconds());
            if (count >= signal.AtLeast && FindingRules.Tells(book, policy, signal, now)) found.Add((signal, count.Value));
        }

        if (found.Count > 0) await desk.FoundAsync(Actor.Duty(Name), found, stop);
    }

    private static bool Counts(SecuritySignal signal) => signal.Own is not { } own || OwnFacts.InMemory(own);

    // A data source that does not answer finds nothing; that it does not is the room of sources' to say.
    private async Task<double?> AskAsync(SecuritySignal signal, CancellationToken stop) =>
        await queries.AskAsync(new(QueryComparison.AtLeast, signal.AtLeast) { Promql = signal.Promql, Source = signal.Source }, Patience, stop) is { Ok: true } answer ? answer.Value : null;
}
