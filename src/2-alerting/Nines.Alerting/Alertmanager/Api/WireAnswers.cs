using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Alertmanager.Api;

/// <summary>Answers in Alertmanager's own forms: a sentence is a JSON string, a refused body an object of code and message.</summary>
internal static class WireAnswers
{
    private const int FlushAt = 64 * 1024;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes rows straight into the answer; what is written leaves before the next rows are.</summary>
    public static async Task RowsAsync<T>(HttpContext http, IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write)
    {
        http.Response.ContentType = "application/json";
        var pipe = http.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(pipe, Relaxed);
        json.WriteStartArray();
        var sent = 0L;
        foreach (var row in rows)
        {
            write(json, row);
            if (json.BytesCommitted + json.BytesPending - sent < FlushAt) continue;
            json.Flush();
            sent = json.BytesCommitted;
            await pipe.FlushAsync(http.RequestAborted);
        }

        json.WriteEndArray();
        json.Flush();
        await pipe.FlushAsync(http.RequestAborted);
    }

    /// <summary>
    /// Sends what is written piece by piece, from one array that is small enough for the quick heap. Between two pieces what is there may
    /// leave: a list of fifty thousand is never there as a whole.
    /// </summary>
    public static async Task PiecesAsync(HttpContext http, Func<RawJson, IEnumerable<int>> write)
    {
        http.Response.ContentType = "application/json";
        var json = new RawJson(FlushAt + (8 * 1024));
        foreach (var written in write(json))
        {
            if (written < FlushAt) continue;
            await http.Response.BodyWriter.WriteAsync(json.Written, http.RequestAborted);
            json.Clear();
        }

        await http.Response.BodyWriter.WriteAsync(json.Written, http.RequestAborted);
    }

    /// <summary>One object.</summary>
    public static async Task OneAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, Relaxed);
        write(json);
        json.Flush();
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    public static Task SayAsync(HttpContext http, int status, string sentence)
    {
        http.Response.StatusCode = status;
        return OneAsync(http, json => json.WriteStringValue(sentence));
    }

    public static Task RefuseAsync(HttpContext http, BodyRefusal refusal)
    {
        http.Response.StatusCode = refusal.Status;
        return OneAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("code", refusal.Code);
            json.WriteString("message", refusal.Message);
            json.WriteEndObject();
        });
    }

    /// <summary>The body, bounded; false where it was refused and the answer is written.</summary>
    public static async Task<(bool Taken, byte[] Body)> BodyAsync(HttpContext http, int limit, CancellationToken stop)
    {
        if (await UnfitAsync(http)) return (false, []);
        var (outcome, body) = await BoundedBody.ReadAsync(http.Request.Body, limit, BodyBudget.For(http), stop);
        if (outcome == BodyOutcome.Whole) return (true, body);
        await RefuseAsync(http, outcome, limit);
        return (false, []);
    }

    private static async Task<bool> UnfitAsync(HttpContext http)
    {
        var type = http.Request.ContentType;
        if (type is null || type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)) return false;
        await RefuseAsync(http, new(415, 415, $"unsupported media type \"{Short(type)}\", only [application/json] are allowed"));
        return true;
    }

    private static Task RefuseAsync(HttpContext http, BodyOutcome outcome, int limit)
    {
        if (outcome == BodyOutcome.Full) http.Response.Headers.RetryAfter = "5";
        return RefuseAsync(http, outcome == BodyOutcome.TooLarge
            ? new(413, 413, $"the body is larger than the {limit} bytes that are taken at once; send fewer alerts a request")
            : new(503, 503, BodyLease.Full));
    }

    /// <summary>The body in a pooled array, bounded; null where it was refused and the answer is written.</summary>
    public static async Task<PooledBody?> PooledBodyAsync(HttpContext http, int limit)
    {
        if (await UnfitAsync(http)) return null;
        var lease = BodyBudget.For(http);
        var body = new PooledBody((int)Math.Clamp(http.Request.ContentLength ?? 0, 0, limit));
        var (outcome, whole) = (BodyOutcome.Full, false);
        try
        {
            outcome = await body.FillAsync(http.Request.Body, limit, lease, http.RequestAborted);
            whole = outcome == BodyOutcome.Whole;
            if (whole) return body;
        }
        finally
        {
            if (!whole) body.Dispose();
        }

        await RefuseAsync(http, outcome, limit);
        return null;
    }

    /// <summary>What went wrong in the store: 503, because senders give up at a 4xx and come again after a 5xx.</summary>
    public static Task DownAsync(HttpContext http, StorageException e)
    {
        http.Response.Headers.RetryAfter = "5";
        return RefuseAsync(http, new(503, 503, e.Message));
    }

    private static string Short(string text) => text.Length > 60 ? text[..60] : text;
}
