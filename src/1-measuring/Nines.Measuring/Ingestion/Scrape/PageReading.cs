using System.Buffers;
using System.Net.Http.Headers;
using Nines.Measuring.Ingestion.Access;
using Nines.Measuring.Ingestion.Prometheus;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>Fetches one page over HTTP and streams it through its reader: bounded in time, bytes and samples, and with an error that says what to do.</summary>
internal static class PageReading
{
    private const int PieceSize = 128 * 1024;

    /// <summary>OpenMetrics first, as Prometheus asks.</summary>
    private static readonly MediaTypeWithQualityHeaderValue[] Accepted =
    [
        MediaTypeWithQualityHeaderValue.Parse("application/openmetrics-text;version=1.0.0;q=0.8"),
        MediaTypeWithQualityHeaderValue.Parse("text/plain;version=0.0.4;q=0.5"),
        MediaTypeWithQualityHeaderValue.Parse("*/*;q=0.1"),
    ];

    /// <summary>Reads the page into the batch.</summary>
    /// <returns>The bytes read, and why it failed, or null.</returns>
    public static async Task<(long Bytes, string? Error)> ReadAsync(HttpClient http, ScrapeTarget target, Uri address, TargetPage page, SampleBatch batch, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var type in Accepted) request.Headers.Accept.Add(type);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Nines", null));
        request.Headers.TryAddWithoutValidation("X-Prometheus-Scrape-Timeout-Seconds", FormattableString.Invariant($"{target.Timeout.TotalSeconds}"));
        if (AccessClients.Prepare(request, target.Access) is { } wrong) return (0, wrong);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        if (Refusal(response) is { } refusal) return (0, refusal);
        var format = response.Content.Headers.ContentType?.MediaType == "application/openmetrics-text" ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text;
        await using var sent = await response.Content.ReadAsStreamAsync(stop);
        if (response.Content.Headers.ContentEncoding.Count == 0) return await ParseAsync(sent, page, format, target.BodyLimit, batch, stop);
        if (!response.Content.Headers.ContentEncoding.SequenceEqual(["gzip"])) return (0, "It sent an encoding other than gzip, which nobody asked for.");
        await using var inflated = WholeInflate.Gzip(sent);
        return await ParseAsync(inflated, page, format, target.BodyLimit, batch, stop);
    }

    private static string? Refusal(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400) return $"It redirects more than 5 times, or to nowhere (HTTP {status}). Name the page that it ends at.";
        if (!response.IsSuccessStatusCode) return $"It answered HTTP {status}{(response.ReasonPhrase is { Length: > 0 } phrase ? " " + phrase : "")}.";
        return response.Content.Headers.ContentType?.MediaType == "text/html"
            ? "It answered HTML, which is no metrics page. Is the path right? Metrics usually stand at /metrics."
            : null;
    }

    private static async Task<(long Bytes, string? Error)> ParseAsync(Stream from, TargetPage page, ExpositionFormat format, long bodyLimit, SampleBatch batch, CancellationToken stop)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        var whole = false;
        try
        {
            page.Begin(batch, format);
            var (held, total) = (0, 0L);
            while (true)
            {
                if (held == piece.Length) return (total, $"Line {page.LineNumber + 1} is longer than {piece.Length / 1024} KiB.");
                var read = await from.ReadAsync(piece.AsMemory(held), stop);
                if (total == 0 && LooksLikeMarkup(piece.AsSpan(0, held + read))) return (total, "It answered HTML, which is no metrics page. Is the path right? Metrics usually stand at /metrics.");
                total += read;
                if (total > bodyLimit) return (total, $"It sent more than {bodyLimit} bytes. Raise bodyLimit, or let the target say less.");
                held += read;
                var used = page.Read(piece.AsSpan(0, held), isLast: read == 0);
                if (page.IsTooLong) return (total, $"It has more than {page.SampleLimit} samples. Raise sampleLimit, or let the target say less.");
                if (read == 0) break;
                piece.AsSpan(used, held - used).CopyTo(piece);
                held -= used;
            }
            if (format == ExpositionFormat.OpenMetrics && !page.HasEnd) return (total, "The page breaks off: it is OpenMetrics, but has no # EOF.");
            if (page.SampleCount == 0 && page.ErrorCount > 0) return (total, $"No line could be read; {page.Errors[0]}.");
            whole = true;
            page.Complete();
            return (total, null);
        }
        finally
        {
            if (!whole) page.Abandon();
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static bool LooksLikeMarkup(ReadOnlySpan<byte> begin)
    {
        var text = begin.TrimStart(" \t\r\n"u8);
        return text.Length > 0 && text[0] == '<';
    }
}
