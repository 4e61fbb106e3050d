using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Nines.Kernel;
using Nines.Measuring.Signals;
using Nines.Shell;

namespace Nines.Measuring.Ingestion.RemoteWrite;

/// <summary>What the door answers: a status of the remote-write protocol and a sentence where it refuses.</summary>
internal readonly record struct WriteAnswer(int Status, string? Sentence = null)
{
    public static WriteAnswer Accepted { get; } = new(StatusCodes.Status204NoContent);
}

/// <summary>
/// Remote write 1.0: bytes in, 204 once what matters is durable. A 4xx tells the sender to drop the body, a 5xx to send it again
/// (prometheus.io/docs/specs/prw/remote_write_spec). Single samples that are refused are counted by the hub and do not fail the body.
/// </summary>
internal sealed class RemoteWriteDoor(SignalHub hub, SignalIntake intake, IOptions<IngestionOptions> settings, SeriesIndex index) : ISignalReplay
{
    private const int LargestPooled = 8 * 1024 * 1024;

    private readonly TextCache _texts = new();
    private readonly NativeSeries _natives = new(index.Hasher);
    private readonly IngestionOptions _options = settings.Value;

    public int Kind => LogKinds.RemoteWrite;

    /// <summary>Figures of this door since the start.</summary>
    public RemoteWriteFigures Figures { get; } = new();

    public ValueTask<WriteAnswer> AcceptAsync(ReadOnlyMemory<byte> body, long nowUnixMs, CancellationToken stop) => AcceptAsync(body, nowUnixMs, lease: null, stop);

    /// <param name="body">As sent.</param>
    /// <param name="nowUnixMs">When it came.</param>
    /// <param name="lease">What it may unpack to among all bodies; null where only its own limit counts.</param>
    /// <param name="stop">Ends the wait.</param>
    public async ValueTask<WriteAnswer> AcceptAsync(ReadOnlyMemory<byte> body, long nowUnixMs, BodyLease? lease, CancellationToken stop)
    {
        using var batch = SampleBatch.Rent(SignalSource.RemoteWrite, nowUnixMs);
        var answer = Decode(body.Span, batch, lease);
        Figures.Count(answer.Status, body.Length);
        if (answer.Status != StatusCodes.Status204NoContent) return answer;
        await intake.AcceptAsync(Kind, body, batch, stop);
        return answer;
    }

    public void Replay(in SignalRecord record)
    {
        using var batch = SampleBatch.Rent(SignalSource.RemoteWrite, record.AtUnixMs);
        if (Decode(record.Body.Span, batch, lease: null).Status == StatusCodes.Status204NoContent) hub.Apply(batch);
    }

    private WriteAnswer Decode(ReadOnlySpan<byte> body, SampleBatch batch, BodyLease? lease)
    {
        if (!SnappyBlock.TryReadLength(body, out var length, out _))
            return new(StatusCodes.Status400BadRequest, "The body is not a snappy block: it begins with no length. Send snappy's block format, not the framed one.");
        if (length > _options.RemoteWriteBodyLimit)
            return new(StatusCodes.Status413PayloadTooLarge, $"The body unpacks to {length} bytes; at most {_options.RemoteWriteBodyLimit} are taken. Send fewer series a request (max_samples_per_send).");
        if (lease?.TryGrow(length) == false) return new(StatusCodes.Status503ServiceUnavailable, BodyLease.Full);
        // The pool would keep the rare huge array, at twice its size, for good.
        var pooled = length <= LargestPooled;
        var message = pooled ? ArrayPool<byte>.Shared.Rent((int)length + SnappyBlock.Slack) : GC.AllocateUninitializedArray<byte>((int)length + SnappyBlock.Slack);
        try
        {
            if (SnappyBlock.Decode(body, message) < 0)
                return new(StatusCodes.Status400BadRequest, "The body is damaged: it does not unpack to the length that it declares.");
            var reader = new WriteRequestReader(hub, index, batch, _options.LabelLimit, _options.SeriesLimit, _texts, _natives);
            var wrongAt = reader.Read(message.AsSpan(0, (int)length));
            Figures.CountHistograms(reader.HistogramCount, reader.SkippedHistogramCount);
            return wrongAt < 0 ? WriteAnswer.Accepted
                : new(StatusCodes.Status400BadRequest, $"The body is no remote-write request: what stands at byte {wrongAt} of the unpacked message is no series.");
        }
        finally
        {
            if (pooled) ArrayPool<byte>.Shared.Return(message);
        }
    }
}
