using Nines.Kernel;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>The answer to one export.</summary>
/// <param name="Whole">False: the body is no such message and nothing of it was taken.</param>
/// <param name="Rejected">Data points that were not taken.</param>
/// <param name="Message">Why, in words; empty where all was taken.</param>
internal readonly record struct OtlpAnswer(bool Whole, long Rejected, string Message);

/// <summary>The one use case behind both OTLP transports: decode, make durable, book, answer what was not taken.</summary>
internal sealed class OtlpDoor : ISignalReplay
{
    private readonly SignalHub _hub;
    private readonly SignalIntake _intake;
    private readonly TimeProvider _clock;
    private readonly SeriesIndex _index;
    private readonly OtlpDecoder _decoder;
    private readonly Lock _gate = new();

    /// <summary>A door to the hub.</summary>
    public OtlpDoor(SignalHub hub, SignalIntake intake, TimeProvider clock)
    {
        (_hub, _intake, _clock) = (hub, intake, clock);
        _index = new SeriesIndex(SeriesSeed.New());
        _decoder = new OtlpDecoder(_index.Hasher);
    }

    /// <inheritdoc />
    public int Kind => LogKinds.Otlp;

    /// <summary>Takes one ExportMetricsServiceRequest; when it answers, what was taken is durable.</summary>
    /// <exception cref="StorageException">It could not be made durable; the sender is to try again.</exception>
    public async ValueTask<OtlpAnswer> AcceptAsync(ReadOnlyMemory<byte> protobuf, CancellationToken stop)
    {
        using var batch = SampleBatch.Rent(SignalSource.Otlp, _clock.UnixMs());
        var refusals = new OtlpRefusals();
        if (!Decode(protobuf.Span, batch, refusals)) return new(false, 0, "the body is not an ExportMetricsServiceRequest, or it breaks off");
        await _intake.AcceptAsync(Kind, protobuf, batch, stop);
        return new(true, refusals.Total, refusals.ToString());
    }

    /// <inheritdoc />
    public void Replay(in SignalRecord record)
    {
        using var batch = SampleBatch.Rent(SignalSource.Otlp, record.AtUnixMs);
        if (Decode(record.Body.Span, batch, new OtlpRefusals())) _hub.Apply(batch);
    }

    // One body at a time: the decoder remembers histograms from one to the next.
    private bool Decode(ReadOnlySpan<byte> body, SampleBatch batch, OtlpRefusals refusals)
    {
        lock (_gate)
        {
            var generation = _hub.Generation;
            batch.Generation = generation;
            var sink = new HubSink(_index.Begin(generation, batch.NowUnixMs), _hub, batch);
            return _decoder.TryDecode(body, batch.NowUnixMs, ref sink, refusals);
        }
    }

    private ref struct HubSink(SeriesIndex.View view, SignalHub hub, SampleBatch batch) : IOtlpSink
    {
        private SeriesIndex.View _view = view;

        public readonly bool TryFind(SeriesKey key, out int series) => _view.TryGet(key, out series);

        public bool TryAdd(SeriesKey key, List<Label> labels, SampleKind kind, out int series)
        {
            series = SignalHub.Refused;
            if (!Labels.TryCreate(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(labels), out var made)) return false;
            series = hub.Resolve(made, kind, SignalSource.Otlp);
            _view.Add(key, series);
            return true;
        }

        public readonly void Write(int series, long unixMs, double value, long startMs) => batch.Add(series, unixMs, value, startMs);
    }
}

/// <summary>Two random words for a door's index, so that no sender can aim at a collision of its hash.</summary>
internal static class SeriesSeed
{
    /// <summary>A new pair; it never leaves the process.</summary>
    public static (ulong A, ulong B) New()
    {
        Span<ulong> words = stackalloc ulong[2];
        System.Security.Cryptography.RandomNumberGenerator.Fill(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words));
        return (words[0], words[1]);
    }
}
