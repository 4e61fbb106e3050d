using Microsoft.Extensions.Logging;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using NodaTime;

namespace Nines.Measuring.Ingestion.AccessLogs;

/// <summary>Follows every declared log: once a second it counts what was written, and keeps the place together with the counts.</summary>
internal sealed partial class FollowLogsDuty(IHouse house, CompiledManifests manifests, ObjectiveEngine engine, CountedIntake intake, TimeProvider clock, ILogger<FollowLogsDuty> log) : Duty, IDisposable
{
    // At most this much of one log at a time, so that a long history does not hold up the others.
    private const int ChunksAtOnce = 64;

    private const long StillAliveMs = 60_000;

    private static readonly Duration Every = Duration.FromSeconds(1);

    private readonly Dictionary<string, Followed> _followed = [];
    private Instant _due = clock.Now();

    /// <inheritdoc />
    public override string Name => "ingestion.follow-logs";

    // The files are this machine's.
    /// <inheritdoc />
    public override bool EveryNode => true;

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => manifests.For(state).Manifests<LogSource>().Count == 0 && _followed.Count == 0 ? null : _due;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        // An objective that came with its log must be listening before the first line is counted, or the lines would meet nobody.
        engine.Refresh(house.State);
        var declared = manifests.For(house.State).Of<LogSource>().ToDictionary(source => source.Name);
        foreach (var gone in _followed.Where(one => !declared.TryGetValue(one.Key, out var source) || !ReferenceEquals(source, one.Value.Source)).Select(one => one.Key).ToArray())
        {
            _followed[gone].Dispose();
            _followed.Remove(gone);
        }

        var more = false;
        foreach (var source in declared.Values)
        {
            if (!_followed.TryGetValue(source.Name, out var one)) _followed[source.Name] = one = Followed.Open(source, intake);
            more |= await ReadAsync(one, now, stop);
        }

        _due = more ? now : now + Every;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var one in _followed.Values) one.Dispose();
    }

    // True where there is more to read at once.
    private async Task<bool> ReadAsync(Followed one, Instant now, CancellationToken stop)
    {
        try
        {
            for (var i = 0; i < ChunksAtOnce; i++)
            {
                if (one.Tail.Next() is not { } chunk) return await QuietAsync(one, now.ToUnixTimeMilliseconds(), stop);
                var record = new CountedRecord(SignalSource.Log(one.Source.Name));
                one.Reading.Count(chunk.Lines.Span, new RecordSink(record));
                one.Reading.Flush(new RecordSink(record));
                record.Mark(one.Mark, chunk.End.ToString());
                await intake.AcceptAsync(record, stop);
                one.Tail.Counted(chunk);
                one.HeardMs = now.ToUnixTimeMilliseconds();
            }

            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or StorageException)
        {
            if (one.Failed != failed.Message) LogUnreadable(log, one.Source.Name, one.Source.Path, failed.Message);
            one.Failed = failed.Message;
            return false;
        }
    }

    // A readable log without new lines is a source that lives and has no events.
    private async Task<bool> QuietAsync(Followed one, long nowMs, CancellationToken stop)
    {
        one.Failed = null;
        if (nowMs - one.HeardMs < StillAliveMs) return false;
        var record = new CountedRecord(SignalSource.Log(one.Source.Name));
        one.Reading.StillAlive(new RecordSink(record), nowMs);
        await intake.AcceptAsync(record, stop);
        one.HeardMs = nowMs;
        return false;
    }

    [LoggerMessage(1301, LogLevel.Warning, "The log of {Source} at {Path} cannot be read now: {Reason}")]
    private static partial void LogUnreadable(ILogger log, string source, string path, string reason);

    private sealed class Followed(LogSource source, LogTail tail, LogReading reading) : IDisposable
    {
        public LogSource Source { get; } = source;

        public LogTail Tail { get; } = tail;

        public LogReading Reading { get; } = reading;

        public string Mark { get; } = MarkOf(source);

        public long HeardMs { get; set; }

        public string? Failed { get; set; }

        public static Followed Open(LogSource source, CountedIntake intake)
        {
            if (!LineFormats.TryCreate(source, out var format, out var wrong)) throw new InvalidOperationException(wrong);
            var start = LogPosition.Parse(intake.TextMark(MarkOf(source)));
            return new(source, new LogTail(source.Path, start, source.StartAtEnd), new LogReading(source, format));
        }

        public void Dispose() => Tail.Dispose();

        private static string MarkOf(LogSource source) => $"log/{source.Name}/{source.Path}";
    }

    private sealed class RecordSink(CountedRecord record) : ICountedSink
    {
        public void Add(Labels labels, SampleKind kind, long unixMs, double value) => record.Add(labels, kind, unixMs, value);
    }
}
