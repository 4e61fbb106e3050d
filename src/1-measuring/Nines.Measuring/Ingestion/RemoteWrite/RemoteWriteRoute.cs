using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Measuring.Ingestion.RemoteWrite;

/// <summary>The HTTP side of the remote-write door: headers, a bounded body, the answer.</summary>
internal static class RemoteWriteRoute
{
    public const string Pattern = "/api/v1/write";

    public static async Task<IResult> HandleAsync(HttpContext http, RemoteWriteDoor door, TimeProvider clock, IHostApplicationLifetime lifetime)
    {
        if (Unsupported(http.Request) is { } sentence) return Refuse(StatusCodes.Status415UnsupportedMediaType, sentence);
        var lease = BodyBudget.For(http);
        var (body, full) = await ReadAsync(http.Request, lease);
        try
        {
            if (full) return Busy(http);
            // Not the request's own token: a sender that hangs up must not interrupt a commit that others share.
            var answer = await door.AcceptAsync(body.AsMemory(), clock.UnixMs(), lease, lifetime.ApplicationStopping);
            if (answer.Status == StatusCodes.Status503ServiceUnavailable) return Busy(http);
            return answer.Sentence is null ? TypedResults.NoContent() : Refuse(answer.Status, answer.Sentence);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body.Array!);
        }
    }

    // A 5xx is sent again by the sender, later and with the same samples.
    private static IResult Busy(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "5";
        return Refuse(StatusCodes.Status503ServiceUnavailable, BodyLease.Full);
    }

    private static string? Unsupported(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length > 0 && !encoding.Equals("snappy", StringComparison.OrdinalIgnoreCase))
            return $"The body is encoded as \"{encoding}\"; remote write is encoded as snappy.";
        return request.ContentType is { } type && type.Contains("io.prometheus.write.v2", StringComparison.OrdinalIgnoreCase)
            ? "This door takes remote write 1.0 (prometheus.WriteRequest); leave protobuf_message at its default."
            : null;
    }

    private static IResult Refuse(int status, string sentence) => Results.Json(
        new ProblemAnswer("/problems/remote-write", sentence, status, "", [Problem.Invalid(sentence)]), HouseJson.Options, "application/problem+json", status);

    /// <summary>The whole body in a pooled array. The host's body limit bounds it; a longer one ends in 413.</summary>
    private static async Task<(ArraySegment<byte> Body, bool Full)> ReadAsync(HttpRequest request, BodyLease lease)
    {
        var known = (int)Math.Clamp(request.ContentLength ?? 0, 0, 16 * 1024 * 1024);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(known + 1, 64 * 1024));
        var count = 0;
        try
        {
            while (true)
            {
                if (count == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, count).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
                var read = await request.Body.ReadAsync(buffer.AsMemory(count));
                if (read == 0 || !lease.TryGrow(read)) return (new ArraySegment<byte>(buffer, 0, count), read > 0);
                count += read;
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }
}
