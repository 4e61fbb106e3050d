using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Nines.Measuring.Ingestion;

/// <summary>Why a body could not be read, with the HTTP status that says so.</summary>
/// <param name="Status">400, 413 or 415.</param>
/// <param name="What">One sentence.</param>
internal sealed record BodyRefusal(int Status, string What);

/// <summary>Reads the body of a request in bounded memory: as sent, or inflated from gzip or deflate.</summary>
internal static class DoorBody
{
    private const int Chunk = 64 * 1024;

    /// <summary>Reads it all, or says why not. The answer is a copy of its own.</summary>
    /// <param name="request">Its Content-Length and Content-Encoding are honoured.</param>
    /// <param name="limit">Most bytes after inflating; a body that grows beyond is dropped there, whatever it would become.</param>
    /// <param name="stop">Ends the wait.</param>
    public static async ValueTask<(ReadOnlyMemory<byte> Body, BodyRefusal? Refusal)> ReadAsync(HttpRequest request, int limit, CancellationToken stop)
    {
        if (request.ContentLength > limit) return (default, TooLarge(limit));
        var encoding = request.Headers.ContentEncoding.ToString();
        return encoding.ToLowerInvariant() switch
        {
            "" or "identity" => await CopyAsync(request.Body, limit, stop),
            "gzip" or "x-gzip" => await InflateAsync(new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true), limit, stop),
            "deflate" => await InflateAsync(new ZLibStream(request.Body, CompressionMode.Decompress, leaveOpen: true), limit, stop),
            _ => (default, new BodyRefusal(StatusCodes.Status415UnsupportedMediaType, $"The content encoding \"{Short(encoding)}\" is not taken here. Send gzip, or nothing.")),
        };
    }

    /// <summary>Inflates gzip bytes that are in memory already.</summary>
    public static async ValueTask<(ReadOnlyMemory<byte> Body, BodyRefusal? Refusal)> GunzipAsync(ReadOnlyMemory<byte> packed, int limit, CancellationToken stop) =>
        await InflateAsync(new GZipStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress), limit, stop);

    private static async ValueTask<(ReadOnlyMemory<byte> Body, BodyRefusal? Refusal)> InflateAsync(Stream packed, int limit, CancellationToken stop)
    {
        await using (packed)
        {
            try
            {
                return await CopyAsync(packed, limit, stop);
            }
            catch (InvalidDataException)
            {
                return (default, new BodyRefusal(StatusCodes.Status400BadRequest, "The body is not the compressed data that its Content-Encoding promises, or it breaks off."));
            }
        }
    }

    private static async ValueTask<(ReadOnlyMemory<byte> Body, BodyRefusal? Refusal)> CopyAsync(Stream from, int limit, CancellationToken stop)
    {
        var into = new ArrayBufferWriter<byte>(Chunk);
        while (true)
        {
            var read = await from.ReadAsync(into.GetMemory(Chunk), stop);
            if (read == 0) return (into.WrittenMemory, null);
            into.Advance(read);
            if (into.WrittenCount > limit) return (default, TooLarge(limit));
        }
    }

    private static BodyRefusal TooLarge(int limit) => new(
        StatusCodes.Status413PayloadTooLarge, $"The body is larger than the {limit / (1024 * 1024)} MiB that this door takes. Send it in smaller parts.");

    private static string Short(string text) => text.Length > 40 ? text[..40] : text;
}
