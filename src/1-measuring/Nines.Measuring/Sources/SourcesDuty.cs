using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Objectives;
using NodaTime;

namespace Nines.Measuring.Sources;

/// <summary>Reads every data source once a minute, and its history before that, a piece at a time.</summary>
internal sealed partial class SourcesDuty(
    IHouse house, CompiledManifests manifests, ObjectiveEngine engine, CountedIntake intake, PromClient client, SourceBoard board,
    IOptions<SourcesOptions> options, TimeProvider clock, ILogger<SourcesDuty> log) : Duty
{
    private static readonly Duration Idle = Duration.FromSeconds(5);

    private readonly Dictionary<string, SourceRun> _runs = [];
    private readonly Dictionary<int, string> _blind = [];
    private Instant _due = clock.Now();

    /// <inheritdoc />
    public override string Name => "sources.read";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => _due;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        var queries = SourceQuery.Of(Used());
        var more = false;
        foreach (var group in queries.GroupBy(query => query.Source)) more |= await StepAsync(group.Key, [.. group], now, stop);
        board.Keep([.. queries.Select(query => query.Source)]);
        Tell(queries);
        var next = Instant.FromUnixTimeMilliseconds(ReadPlan.NextDueMs(now.ToUnixTimeMilliseconds()));
        _due = more ? clock.Now() + options.Value.Pause : now + Duration.Min(next - now, Idle);
    }

    private IEnumerable<(int, Indicators.IndicatorSpec)> Used()
    {
        foreach (var watched in engine.Set.All)
            if (watched.Indicator is { } indicator) yield return (indicator, engine.Book.SpecOf(indicator));
    }

    private async Task<bool> StepAsync(string name, IReadOnlyList<SourceQuery> queries, Instant now, CancellationToken stop)
    {
        var source = manifests.For(house.State).Find<DataSource>(name);
        if (!_runs.TryGetValue(name, out var run)) _runs[name] = run = new SourceRun(name, intake, client);
        var more = false;
        if (source is { IsReadable: true }) more = await run.StepAsync(source, queries, now.ToUnixTimeMilliseconds(), (long)options.Value.BackfillLength.TotalMilliseconds, stop);
        var before = board.Find(name)?.Error;
        var status = Status(name, source, run, queries, now);
        board.Put(status);
        if (status.Error != before && status.Error is { } error) LogFailing(log, name, error);
        return more;
    }

    private SourceStatus Status(string name, DataSource? source, SourceRun run, IReadOnlyList<SourceQuery> queries, Instant now)
    {
        var error = source is null ? $"There is no DataSource \"{name}\"."
            : !source.IsReadable ? $"The DataSource \"{name}\" is of type {source.Type}, which Nines does not read."
            : queries.Select(run.ErrorOf).FirstOrDefault(wrong => wrong is not null);
        var nowMs = now.ToUnixTimeMilliseconds();
        var length = options.Value.BackfillLength.TotalMilliseconds;
        var marks = queries.Select(run.MarkOf).ToArray();
        long? upTo = marks.Any(mark => mark is null) ? null : marks.Min();
        var progress = upTo is null ? 0 : Math.Clamp(1 - ((nowMs - upTo.Value - ReadPlan.RawMs) / length), 0, 1);
        var state = error is not null ? "failing" : upTo is null || nowMs - upTo > ReadPlan.RawMs ? "backfilling" : "live";
        return new(name, source?.Url?.ToString() ?? "", state, queries.Count, upTo is { } ms ? Instant.FromUnixTimeMilliseconds(ms) : null, progress, run.Samples, error);
    }

    // What Nines itself cannot read is its own fault, and not the service's (semantics.md 3, case c).
    private void Tell(IReadOnlyList<SourceQuery> queries)
    {
        var news = new Dictionary<int, string>();
        foreach (var query in queries)
        {
            if (board.Find(query.Source) is not { } status || status.Error is null) continue;
            var why = _runs[query.Source].ErrorOf(query) ?? (status.Queries > 0 && status.Url.Length == 0 ? status.Error : null);
            if (why is null) continue;
            foreach (var indicator in query.Indicators) news.TryAdd(indicator, $"{query.Source} cannot be read. {why}");
        }

        lock (engine.Book.Gate)
        {
            foreach (var (indicator, why) in news)
                if (_blind.GetValueOrDefault(indicator) != why) engine.Book.Blind(indicator, why);
            foreach (var indicator in _blind.Keys)
                if (!news.ContainsKey(indicator)) engine.Book.Blind(indicator, null);
        }

        _blind.Clear();
        foreach (var (indicator, why) in news) _blind[indicator] = why;
    }

    [LoggerMessage(1501, LogLevel.Warning, "The data source {Source} cannot be read. {Reason}")]
    private static partial void LogFailing(ILogger log, string source, string reason);
}
