using Microsoft.AspNetCore.Http;
using Nines.Shell;

namespace Nines.Measuring.Ingestion;

/// <summary>Why a body could not be read, with the HTTP status that says so.</summary>
/// <param name="Status">400, 413, 415 or 503.</param>
/// <param name="What">One sentence.</param>
internal sealed record BodyRefusal(int Status, string What);

/// <summary>Reads the body of a request in bounded memory: as sent, or inflated from gzip or deflate.</summary>
internal static class DoorBody
{
    /// <summary>Reads it all, or says why not. The answer is a copy of its own.</summary>
    /// <param name="request">Its Content-Length and Content-Encoding are honoured.</param>
    /// <param name="limit">Most bytes after inflating; a body that grows beyond is dropped there, whatever it would become.</param>
    /// <param name="stop">Ends the wait.</param>
    public static async ValueTask<(ReadOnlyMemory<byte> Body, BodyRefusal? Refusal)> ReadAsync(HttpRequest request, int limit, CancellationToken stop)
    {
        if (request.ContentLength > limit) return (default, TooLarge(limit));
        return await ReadAsync(request.Body, request.Headers.ContentEncoding.ToString(), limit, BodyBudget.For(request.HttpContext), stop);
    }

    /// <summary>Reads a stream of some encoding.</summary>
    public static async ValueTask<(ReadOnlyMemory<byte> Body, BodyRefusal? Refusal)> ReadAsync(Stream sent, string encoding, int limit, BodyLease lease, CancellationToken stop)
    {
        return encoding.ToLowerInvariant() switch
        {
            "" or "identity" => await CopyAsync(sent, limit, lease, stop),
            "gzip" or "x-gzip" => await InflateAsync(WholeInflate.Gzip(sent), limit, lease, stop),
            "deflate" => await InflateAsync(WholeInflate.Zlib(sent), limit, lease, stop),
            _ => (default, new BodyRefusal(StatusCodes.Status415UnsupportedMediaType, $"The content encoding \"{Short(encoding)}\" is not taken here. Send gzip, or nothing.")),
        };
    }

    /// <summary>Inflates gzip bytes that are in memory already.</summary>
    public static async ValueTask<(ReadOnlyMemory<byte> Body, BodyRefusal? Refusal)> GunzipAsync(ReadOnlyMemory<byte> packed, int limit, BodyLease lease, CancellationToken stop) =>
        await InflateAsync(WholeInflate.Gzip(new MemoryStream(packed.ToArray(), writable: false)), limit, lease, stop);

    private static async ValueTask<(ReadOnlyMemory<byte> Body, BodyRefusal? Refusal)> InflateAsync(WholeInflate packed, int limit, BodyLease lease, CancellationToken stop)
    {
        await using (packed)
        {
            try
            {
                return await CopyAsync(packed, limit, lease, stop);
            }
            catch (InvalidDataException)
            {
                return (default, new BodyRefusal(StatusCodes.Status400BadRequest, "The body is not the compressed data that its Content-Encoding promises, or it breaks off."));
            }
        }
    }

    private static async ValueTask<(ReadOnlyMemory<byte> Body, BodyRefusal? Refusal)> CopyAsync(Stream from, int limit, BodyLease lease, CancellationToken stop)
    {
        var (outcome, bytes) = await BoundedBody.ReadAsync(from, limit, lease, stop);
        return outcome switch
        {
            BodyOutcome.TooLarge => (default, TooLarge(limit)),
            BodyOutcome.Full => (default, new BodyRefusal(StatusCodes.Status503ServiceUnavailable, BodyLease.Full)),
            _ => (bytes, null),
        };
    }

    private static BodyRefusal TooLarge(int limit) => new(
        StatusCodes.Status413PayloadTooLarge, $"The body is larger than the {limit / (1024 * 1024)} MiB that this door takes. Send it in smaller parts.");

    private static string Short(string text) => text.Length > 40 ? text[..40] : text;
}
