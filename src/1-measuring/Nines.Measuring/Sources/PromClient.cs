using System.Globalization;
using Nines.Measuring.Ingestion.Access;

namespace Nines.Measuring.Sources;

/// <summary>Asks a Prometheus-compatible server; every failure is an answer with an error in words.</summary>
internal sealed class PromClient(AccessClients clients, TimeProvider clock)
{
    /// <summary>Name of the client in the composition.</summary>
    public const string Client = "sources";

    // One piece of one query; a larger answer means that the piece is to be smaller.
    private const int MaxAnswer = 32 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads one piece of a query.</summary>
    public Task<PromAnswer> ReadAsync(DataSource source, SourceQuery query, ReadPiece piece, CancellationToken stop)
    {
        var text = query.Text;
        if (query.Counter)
        {
            if (!CounterQuery.TryUnwrap(query.Text, out var selector, out var error)) return Task.FromResult(PromAnswer.Failed(error));
            text = selector;
            if (!piece.History)
                return PostAsync(source, "api/v1/query", [new("query", $"{selector}[{piece.ToMs - piece.FromMs}ms]"), new("time", Seconds(piece.ToMs))], stop);
        }

        return PostAsync(source, "api/v1/query_range", [new("query", text), new("start", Seconds(piece.FromMs + ReadPlan.MinuteMs)), new("end", Seconds(piece.ToMs)), new("step", "60")], stop);
    }

    /// <summary>Asks one address with a form and reads a query result.</summary>
    public async Task<PromAnswer> PostAsync(DataSource source, string path, IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, At(source.Url!, path)) { Content = new FormUrlEncodedContent(form) };
        var (status, body, error) = await SendAsync(source, request, stop);
        return error is null ? PromAnswer.Read(status, body) : PromAnswer.Failed(error, tooMuch: status == 200);
    }

    /// <summary>Fetches one address; the error in words where it fails.</summary>
    public async Task<(ReadOnlyMemory<byte> Body, string? Error)> GetAsync(DataSource source, string path, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At(source.Url!, path));
        var (status, body, error) = await SendAsync(source, request, stop);
        return (body, error ?? (status == 200 ? null : PromAnswer.Refusal(status)));
    }

    private async Task<(int Status, ReadOnlyMemory<byte> Body, string? Error)> SendAsync(DataSource source, HttpRequestMessage request, CancellationToken stop)
    {
        if (AccessClients.Prepare(request, source.Access) is { } wrong) return (0, default, wrong);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            using var client = clients.For(Client, source.Access);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            if ((int)answer.StatusCode is >= 300 and < 400) return (0, default, $"It redirects to {answer.Headers.Location}; write the address that it ends at.");
            return await BodyAsync(answer, both.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (0, default, $"It did not answer within {Patience.TotalSeconds:F0} seconds.");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            return (0, default, $"It cannot be reached: {failed.GetBaseException().Message.TrimEnd('.')}.");
        }
    }

    private static async Task<(int Status, ReadOnlyMemory<byte> Body, string? Error)> BodyAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(stop);
        var body = new System.Buffers.ArrayBufferWriter<byte>(64 * 1024);
        while (true)
        {
            var read = await stream.ReadAsync(body.GetMemory(64 * 1024), stop);
            if (read == 0) return ((int)answer.StatusCode, body.WrittenMemory, null);
            body.Advance(read);
            if (body.WrittenCount > MaxAnswer) return ((int)answer.StatusCode, default, $"Its answer is larger than {MaxAnswer / 1024 / 1024} MiB.");
        }
    }

    private static Uri At(Uri url, string path) => new(url.AbsoluteUri.TrimEnd('/') + "/" + path);

    private static string Seconds(long unixMs) => (unixMs / 1000.0).ToString("F3", CultureInfo.InvariantCulture);
}
