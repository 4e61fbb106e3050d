using Nines.Alerting.Alerts;
using Nines.Catalog.Entries;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Changes;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents;
using Nines.Storage;
using Nines.Tests.Unit.Ground;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.Incidents;

public class ResolveWhileMergingTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 3, 0);

    [Fact]
    public async Task ResolveAsync_AnotherBecomesPartOfItWhileTheIndicatorsAreRead_AsksThemOfItsServices()
    {
        var house = new BareHouse();
        house.Write(Declared(1, "search"), Declared(2, "payments"));
        var indicators = new Burning(house, "payments") { Meanwhile = new IncidentMerged("inc2", "inc1", "local") };
        var desk = new IncidentDesk(house, new(new([new ServiceKind()]), Store.InMemory().Keys), indicators, new ManualClock());
        var early = await desk.ResolveAsync(Actor.Local, "inc1", new("A query."), "", default);
        Assert.Equal("payments has been good for 0 minutes; an incident is over after 30m of clean data.", Assert.Single(early.Problems).What);
        Assert.Equal(["search", "search payments"], indicators.Asked);
        Assert.True((await desk.ResolveAsync(Actor.Local, "inc1", new("A query.", "Test traffic."), "", default)).Ok);
    }

    private static IncidentDeclared Declared(int number, string service) => new(
        $"inc{number}", number, "It is slow", IncidentSeverity.Sev2, "In doubt the higher one.", [service], [], [], Now, null, null, [], [], "local", false);

    private sealed class Burning(BareHouse house, string service) : ImpactReading(null!)
    {
        public List<string> Asked { get; } = [];

        public object? Meanwhile { get; set; }

        public override IReadOnlyList<MeasuredImpact> Of(IReadOnlyCollection<string> services, Instant detected, Instant until)
        {
            Asked.Add(string.Join(' ', services));
            if (Meanwhile is { } news) house.Write(news);
            Meanwhile = null;
            return services.Contains(service) ? [new(service, Now - Duration.FromMinutes(5), Now, 10, 0.1, 0)] : [];
        }
    }

    /// <summary>A house of folds only: what is written is known at once.</summary>
    private sealed class BareHouse : IHouse
    {
        private static readonly Fold[] Folds = [new IncidentBookFold(), new AlertBookFold(), new PageBookFold(), new ChangeBookFold(), new ManifestsFold()];

        public HouseState State { get; private set; } = HouseState.Empty(Folds);

        public void Write(params object[] events)
        {
            foreach (var one in events)
                State = State.Apply(Folds, [new(new(State.Position + 1, new("incident", "inc"), State.Position + 1, "x", Now, "local", 0, null, ReadOnlyMemory<byte>.Empty), one)], State.Position + 1);
        }

        public Task<Decided<T>> DecideAsync<T>(Actor actor, Func<Deciding, Outcome<T>> decide, string? key = null, CancellationToken stop = default)
        {
            var deciding = new Deciding(State, Now, new IdSource(new Random(1)), actor);
            var outcome = decide(deciding);
            if (outcome.Ok) Write([.. deciding.Written.Select(w => w.Event)]);
            return Task.FromResult(new Decided<T>(outcome, State.Position));
        }

        public IDisposable Watch(Action<HouseState, IReadOnlyList<Recorded>> published) => throw new NotSupportedException();

        public IDisposable Hold(Func<IReadOnlyList<Recorded>, Task> before) => throw new NotSupportedException();

        public ValueTask<HouseState> StateAtAsync(long position, CancellationToken stop) => throw new NotSupportedException();
    }
}
