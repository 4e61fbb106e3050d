using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Nines.Kernel;

namespace Nines.Shell;

/// <summary>
/// Calls the server's own HTTP API for a command and turns every answer into a value or problems with the same
/// sentences that the page shows.
/// </summary>
public sealed class ApiClient(HttpClient http)
{
    /// <summary>Where the server is.</summary>
    public Uri Address => http.BaseAddress!;

    /// <summary>GET of JSON.</summary>
    public Task<Outcome<T>> GetAsync<T>(string path, CancellationToken stop) => SendAsync<T>(new(HttpMethod.Get, path), stop);

    /// <summary>POST of JSON.</summary>
    public Task<Outcome<T>> PostAsync<T>(string path, object body, CancellationToken stop) =>
        SendAsync<T>(new(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: HouseJson.Options) }, stop);

    /// <summary>Any request with an answer in JSON.</summary>
    /// <exception cref="UnreachableException">Nobody answers at that address.</exception>
    public async Task<Outcome<T>> SendAsync<T>(HttpRequestMessage request, CancellationToken stop)
    {
        using var response = await ReachAsync(request, stop);
        if (!response.IsSuccessStatusCode) return Outcome<T>.Failed(await ReadProblemsAsync(response, stop));
        if (typeof(T) == typeof(string)) return (T)(object)await response.Content.ReadAsStringAsync(stop);
        var value = await response.Content.ReadFromJsonAsync<T>(HouseJson.Options, stop);
        return value is null ? Problem.NotFound($"{request.RequestUri} answered nothing.") : value;
    }

    /// <summary>GET of which only the status and the server's clock matter.</summary>
    public async Task<(HttpStatusCode Status, DateTimeOffset? Date)> AskAsync(string path, CancellationToken stop)
    {
        using var response = await ReachAsync(new(HttpMethod.Get, path), stop);
        return (response.StatusCode, response.Headers.Date);
    }

    /// <summary>POST whose answer is a file, written as it comes.</summary>
    /// <returns>How many bytes came.</returns>
    public async Task<Outcome<long>> DownloadAsync(string path, Stream to, CancellationToken stop)
    {
        using var response = await ReachAsync(new(HttpMethod.Post, path), stop, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode) return Outcome<long>.Failed(await ReadProblemsAsync(response, stop));
        try
        {
            await response.Content.CopyToAsync(to, stop);
            return to.Length;
        }
        catch (HttpRequestException)
        {
            return new Problem(ProblemKind.Unavailable, "The server ended the answer early.", "Look into its log, then ask again.");
        }
    }

    private async Task<HttpResponseMessage> ReachAsync(
        HttpRequestMessage request, CancellationToken stop, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        try
        {
            return await http.SendAsync(request, completion, stop);
        }
        catch (HttpRequestException e)
        {
            throw new UnreachableException($"No Nines server answers at {http.BaseAddress}. Start one with \"nines serve\", or name it with --server URL or NINES_SERVER.", e);
        }
    }

    private static async Task<IReadOnlyList<Problem>> ReadProblemsAsync(HttpResponseMessage response, CancellationToken stop)
    {
        try
        {
            var details = await response.Content.ReadFromJsonAsync<ProblemAnswer>(HouseJson.Options, stop);
            if (details?.Problems is { Count: > 0 } problems && problems.Any(p => p.IsError)) return problems;
        }
        catch (JsonException)
        {
            // Not an answer of Nines; the status must do.
        }

        var kind = response.StatusCode switch
        {
            HttpStatusCode.NotFound => ProblemKind.NotFound,
            HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => ProblemKind.Denied,
            _ => ProblemKind.Unavailable,
        };
        return [new(kind, $"The server answered {(int)response.StatusCode} {response.ReasonPhrase}.")];
    }
}

/// <summary>Nobody answers at the server's address (exit code 5).</summary>
public sealed class UnreachableException(string message, Exception inner) : Exception(message, inner);
