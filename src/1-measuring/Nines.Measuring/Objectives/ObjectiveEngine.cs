using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Indicators;
using Nines.Measuring.Signals;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>
/// The running engine: the objectives of the newest state, their streams, and one cycle after another. It holds what
/// samples add up to; what it concludes goes to the journal.
/// </summary>
public sealed class ObjectiveEngine : IManifestFollower
{
    private readonly IReadOnlyList<IObjectiveDefinitions> _definitions;
    private readonly SignalHub _hub;
    private readonly Evaluation _scratch = new();
    private readonly Lock _changing = new();
    private IReadOnlyList<Objective>[] _seen = [];

    /// <summary>An engine without objectives; <see cref="Refresh"/> brings them.</summary>
    public ObjectiveEngine(IndicatorBook book, SignalHub hub, IEnumerable<IObjectiveDefinitions> definitions)
    {
        (_hub, _definitions) = (hub, [.. definitions]);
        Set = new(book);
    }

    /// <summary>What is watched.</summary>
    public ObjectiveSet Set { get; }

    /// <summary>The streams behind it.</summary>
    public IndicatorBook Book => Set.Book;

    /// <summary>What is wrong with how the objectives hang together.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>True when a state defines other objectives than those watched.</summary>
    public bool IsStale(HouseState state)
    {
        var seen = _seen;
        if (seen.Length != _definitions.Count) return true;
        for (var i = 0; i < seen.Length; i++)
            if (!ReferenceEquals(seen[i], _definitions[i].From(state))) return true;
        return false;
    }

    /// <summary>Watches what a state defines from now on; alerts of objectives new to this engine stand as the journal says.</summary>
    public void Refresh(HouseState state)
    {
        lock (_changing)
        {
            if (!IsStale(state)) return;
            IReadOnlyList<Objective>[] lists = [.. _definitions.Select(d => d.From(state))];
            var known = Set.All.Select(w => w.Objective.Name).ToHashSet();
            Problems = Set.Replace([.. lists.SelectMany(l => l)]);
            var told = state.Get<ObjectivesState>();
            lock (Book.Gate)
            {
                foreach (var watched in Set.All)
                    if (!known.Contains(watched.Objective.Name)) watched.Alerts = Resume(watched, told.Of(watched.Objective.Name).Alerts);
            }

            _hub.SetBindings(IndicatorBindings.For(Set), Book);
            _seen = lists;
        }
    }

    void IManifestFollower.Follow(HouseState state) => Refresh(state);

    /// <summary>Alerts stand as the journal says, also those that another node began or ended while this one stood by.</summary>
    public void TakeOver(HouseState state)
    {
        var told = state.Get<ObjectivesState>();
        lock (_changing)
        {
            lock (Book.Gate)
            {
                foreach (var watched in Set.All) watched.Alerts = Resume(watched, told.Of(watched.Objective.Name).Alerts);
            }
        }
    }

    /// <summary>One cycle: every objective once. News is what the journal must hear.</summary>
    public void EvaluateAll(Instant now, List<object> news)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        lock (_changing)
        {
            foreach (var watched in Set.All)
            {
                // Held for one objective at a time: samples wait microseconds, never a whole cycle.
                lock (Book.Gate)
                {
                    var absence = AbsenceRule.Judge(watched, Book, nowMs);
                    Evaluator.Evaluate(watched, nowMs, _scratch);
                    watched.Alerts = BurnAlerts.Step(watched, watched.Alerts, _scratch, absence, news);
                }
            }
        }
    }

    /// <summary>
    /// Reads the blocks that far edges will step into within some minutes, so that no evaluation waits for the store. The
    /// reads themselves hold no lock.
    /// </summary>
    public async Task<int> ReadAheadAsync(int minutes, ISignalStore store, CancellationToken stop)
    {
        var wanted = new List<(MinuteStream Stream, int Block, int Version)>();
        foreach (var watched in Set.All)
            lock (Book.Gate)
                foreach (var part in watched.Parts) part.LookAhead(minutes, wanted);
        foreach (var (stream, block, version) in wanted.Distinct())
        {
            var data = await store.ReadBlockAsync(stream.Id, block, stop);
            lock (Book.Gate) stream.TakeAhead(block, version, data);
        }

        return wanted.Count;
    }

    /// <summary>Forgets old minutes in memory and answers which blocks of which streams the store may forget.</summary>
    public IReadOnlyList<(int Stream, int BeforeBlock)> Trim(Instant now, Duration keep)
    {
        lock (Book.Gate)
        {
            foreach (var watched in Set.All) keep = Duration.Max(keep, Needed(watched.Objective.Window));
            var before = (now - keep).ToUnixTimeMilliseconds() / Minute.Ms;
            var dropped = new List<(int, int)>();
            foreach (var stream in Book.Streams)
            {
                stream.Trim(before);
                dropped.Add((stream.Id, stream.BlockOf(before)));
            }

            return dropped;
        }
    }

    // A calendar period looks at the one before it; a week more serves charts and what is usual at an hour of the week.
    private static Duration Needed(ObjectiveWindow window) =>
        (window is CalendarWindow ? window.Nominal * 2 : window.Nominal) + Duration.FromDays(8);

    /// <summary>
    /// An alert that fires by burning holds all its pairs until events say otherwise: after a restart in the middle of
    /// a total silence the page stays (semantics.md 3).
    /// </summary>
    private static AlertState Resume(WatchedObjective watched, AlertState told)
    {
        ulong verdicts = 0;
        for (var i = 0; i < watched.Plan.Rules.Count; i++)
        {
            var state = watched.Plan.Rules[i].Severity == BurnSeverity.Page ? told.Page : told.Ticket;
            if (state.Phase == AlertPhase.Firing) verdicts |= 1UL << i;
        }

        return told with { Verdicts = verdicts };
    }
}
