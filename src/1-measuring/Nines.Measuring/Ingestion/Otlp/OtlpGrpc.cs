using System.Buffers.Binary;
using System.Text;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>OTLP over gRPC, by hand: one unary call is an HTTP/2 POST with a five-byte frame and the status in the trailers.</summary>
/// <remarks>Source: gRPC over HTTP/2 (PROTOCOL-HTTP2.md). Grpc.AspNetCore.Server would replace this file.</remarks>
internal static class OtlpGrpc
{
    /// <summary>Path of the one call that is served.</summary>
    public const string Path = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

    // Status codes of gRPC.
    private const int Ok = 0, InvalidArgument = 3, Unimplemented = 12, Unavailable = 14;

    private const int FrameHead = 5;

    /// <summary>The route's handler.</summary>
    public static async Task ExportAsync(HttpContext http, OtlpDoor door)
    {
        if (!HttpProtocol.IsHttp2(http.Request.Protocol) || http.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            await http.Response.WriteAsync("This address takes gRPC over HTTP/2 only. Send OTLP over HTTP to /v1/metrics.\n", http.RequestAborted);
            return;
        }

        http.Response.ContentType = "application/grpc";
        var (body, refusal) = await DoorBody.ReadAsync(http.Request, OtlpHttp.Limit + FrameHead, http.RequestAborted);
        if (refusal is not null)
        {
            End(http, OtlpHttp.CodeOf(refusal), refusal.What);
            return;
        }

        var (message, code, wrong) = await UnframeAsync(body, http.Request.Headers["grpc-encoding"].ToString(), BodyBudget.For(http), http.RequestAborted);
        if (wrong is not null)
        {
            End(http, code, wrong);
            return;
        }

        await TakeAsync(http, door, message);
    }

    private static async Task TakeAsync(HttpContext http, OtlpDoor door, ReadOnlyMemory<byte> message)
    {
        OtlpAnswer answer;
        try
        {
            answer = await door.AcceptAsync(message, http.RequestAborted);
        }
        catch (StorageException failed)
        {
            End(http, Unavailable, failed.Message);
            return;
        }

        if (!answer.Whole)
        {
            End(http, InvalidArgument, answer.Message);
            return;
        }

        await http.Response.Body.WriteAsync(Frame(OtlpHttp.Response(answer)), http.RequestAborted);
        End(http, Ok, "");
    }

    /// <summary>A message with its frame: a compression flag of 0 and four bytes of length.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> message)
    {
        var frame = new byte[FrameHead + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame.AsSpan(FrameHead));
        return frame;
    }

    /// <summary>The one message of a unary call, inflated where its flag says so.</summary>
    public static async ValueTask<(ReadOnlyMemory<byte> Message, int Code, string? Wrong)> UnframeAsync(ReadOnlyMemory<byte> body, string encoding, BodyLease lease, CancellationToken stop)
    {
        if (body.Length < FrameHead) return (default, InvalidArgument, "the call has no message");
        var length = BinaryPrimitives.ReadUInt32BigEndian(body.Span[1..]);
        if (length != body.Length - FrameHead)
            return (default, InvalidArgument, $"the frame says {length} bytes and {body.Length - FrameHead} came; Export takes one message");
        var message = body[FrameHead..];
        if (body.Span[0] == 0) return (message, Ok, null);
        if (encoding != "gzip") return (default, Unimplemented, $"the message encoding \"{(encoding.Length > 40 ? encoding[..40] : encoding)}\" is not taken here; send gzip, or none");
        var (inflated, refusal) = await DoorBody.GunzipAsync(message, OtlpHttp.Limit, lease, stop);
        if (refusal is null) return (inflated, Ok, null);
        return (default, OtlpHttp.CodeOf(refusal), refusal.What);
    }

    /// <summary>Ends the call with a status in the trailers.</summary>
    public static void End(HttpContext http, int code, string message)
    {
        http.Response.AppendTrailer("grpc-status", code.ToString());
        if (message.Length > 0) http.Response.AppendTrailer("grpc-message", Percent(message));
    }

    // grpc-message is percent-encoded: everything outside of printable ASCII, and the percent sign.
    private static string Percent(string message)
    {
        var text = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(message))
            _ = b is >= 0x20 and <= 0x7e and not (byte)'%' ? text.Append((char)b) : text.Append('%').Append(b.ToString("X2"));
        return text.ToString();
    }
}
