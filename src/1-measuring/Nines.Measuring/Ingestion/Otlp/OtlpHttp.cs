using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>OTLP over HTTP: <c>POST /v1/metrics</c> with protobuf or JSON. Answers in the form of the request, as OTLP 1.x asks.</summary>
internal static class OtlpHttp
{
    /// <summary>Largest body after inflating. Senders batch to a few MiB; a bomb ends here.</summary>
    public const int Limit = 64 * 1024 * 1024;

    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    // Codes of google.rpc.Code.
    private const int InvalidArgument = 3, ResourceExhausted = 8, Unavailable = 14;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The route's handler.</summary>
    public static async Task ExportAsync(HttpContext http, OtlpDoor door)
    {
        var stop = http.RequestAborted;
        var type = MediaType(http.Request.ContentType);
        if (type is not (Protobuf or Json))
        {
            await FailAsync(http, Json, StatusCodes.Status415UnsupportedMediaType, InvalidArgument, $"send {Protobuf} or {Json}, not \"{type}\"");
            return;
        }

        var (body, refusal) = await DoorBody.ReadAsync(http.Request, Limit, stop);
        if (refusal is not null)
        {
            var code = CodeOf(refusal);
            if (code == Unavailable) http.Response.Headers.RetryAfter = "5";
            await FailAsync(http, type, refusal.Status, code, refusal.What);
            return;
        }

        if (type == Json)
        {
            var writer = new ProtoWriter();
            if (OtlpJson.Transcode(body.Span, writer) is { } wrong)
            {
                await FailAsync(http, type, StatusCodes.Status400BadRequest, InvalidArgument, wrong);
                return;
            }

            body = writer.ToArray();
        }

        await TakeAsync(http, type, door, body);
    }

    private static async Task TakeAsync(HttpContext http, string type, OtlpDoor door, ReadOnlyMemory<byte> body)
    {
        OtlpAnswer answer;
        try
        {
            answer = await door.AcceptAsync(body, http.RequestAborted);
        }
        catch (StorageException failed)
        {
            // OTLP: 503 with Retry-After is tried again by the sender, and nothing was booked.
            http.Response.Headers.RetryAfter = "5";
            await FailAsync(http, type, StatusCodes.Status503ServiceUnavailable, Unavailable, failed.Message);
            return;
        }

        if (answer.Whole) await AnswerAsync(http, type, StatusCodes.Status200OK, Response(type, answer));
        else await FailAsync(http, type, StatusCodes.Status400BadRequest, InvalidArgument, answer.Message);
    }

    /// <summary>Says no in the form of the request.</summary>
    public static Task FailAsync(HttpContext http, int status, int code, string message) =>
        FailAsync(http, MediaType(http.Request.ContentType) == Protobuf ? Protobuf : Json, status, code, message);

    /// <summary>The code of google.rpc.Status for a body that could not be read.</summary>
    public static int CodeOf(BodyRefusal refusal) => refusal.Status switch
    {
        StatusCodes.Status413PayloadTooLarge => ResourceExhausted,
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        _ => InvalidArgument,
    };

    /// <summary>ExportMetricsServiceResponse in protobuf.</summary>
    public static byte[] Response(in OtlpAnswer answer)
    {
        var writer = new ProtoWriter();
        if (answer.Rejected == 0) return [];
        var partial = writer.Begin(1);
        writer.Varint(1, (ulong)answer.Rejected);
        writer.Text(2, answer.Message);
        writer.End(partial);
        return writer.ToArray();
    }

    private static byte[] Response(string type, in OtlpAnswer answer)
    {
        if (type == Protobuf) return Response(answer);
        if (answer.Rejected == 0) return "{}"u8.ToArray();
        // proto3 JSON writes 64-bit numbers as text.
        return JsonSerializer.SerializeToUtf8Bytes(
            new { partialSuccess = new { rejectedDataPoints = answer.Rejected.ToString(), errorMessage = answer.Message } }, Plain);
    }

    // google.rpc.Status: 1 code, 2 message.
    private static Task FailAsync(HttpContext http, string type, int status, int code, string message)
    {
        if (type == Json) return AnswerAsync(http, type, status, JsonSerializer.SerializeToUtf8Bytes(new { code, message }, Plain));
        var writer = new ProtoWriter();
        writer.Varint(1, (ulong)code);
        writer.Text(2, message);
        return AnswerAsync(http, type, status, writer.ToArray());
    }

    private static async Task AnswerAsync(HttpContext http, string type, int status, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static string MediaType(string? contentType)
    {
        var text = contentType ?? "";
        var end = text.IndexOf(';', StringComparison.Ordinal);
        text = (end < 0 ? text : text[..end]).Trim().ToLowerInvariant();
        return text == "application/protobuf" ? Protobuf : text.Length > 60 ? text[..60] : text;
    }
}
