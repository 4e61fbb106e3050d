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

    private async Task<HttpResponseMessage> ReachAsync(HttpRequestMessage request, CancellationToken stop)
    {
        try
        {
            return await http.SendAsync(request, stop);
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
