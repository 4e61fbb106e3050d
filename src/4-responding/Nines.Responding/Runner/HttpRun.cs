using System.Net.Http.Headers;
using System.Text;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Responding.Runner;

/// <summary>One HTTP request: no redirect, no forbidden address, no more of the answer than a person reads.</summary>
internal sealed class HttpRun(GuardedConnections connections, TimeProvider clock)
{
    private const int LongestAnswer = 64 * 1024;

    public async Task<RunnerResult> RunAsync(string id, HttpAction asked, Duration timeout, CancellationToken stop)
    {
        if (!Uri.TryCreate(asked.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) return new(RunnerVerdict.Failed, $"\"{asked.Url}\" is not an address.");
        using var request = new HttpRequestMessage(new HttpMethod(asked.Method), url);
        if (Dress(request, id, asked, out var secrets) is { } lacking) return new(RunnerVerdict.Failed, lacking);
        using var bounded = new CancellationTokenSource(timeout.ToTimeSpan(), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, bounded.Token);
        try
        {
            using var answer = await connections.SendAsync(request, both.Token);
            var body = RunnerText.Clean(await ReadAsync(answer, both.Token), secrets);
            return Judge(asked, (int)answer.StatusCode, answer.ReasonPhrase ?? "", body);
        }
        catch (HttpRequestException e) when (e.InnerException is ForbiddenAddressException forbidden)
        {
            return new(RunnerVerdict.Failed, forbidden.Message);
        }
        catch (OperationCanceledException) when (bounded.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new(RunnerVerdict.Failed, $"There was no whole answer within {FieldDuration.Format(timeout)}.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException)
        {
            return new(RunnerVerdict.Failed, $"It could not be reached: {RunnerText.Clean(e.Message, secrets)}");
        }
    }

    /// <summary>Held against what is expected: a status of 200 to 299 unless it says otherwise.</summary>
    internal static RunnerResult Judge(HttpAction asked, int status, string phrase, string body)
    {
        var said = $"HTTP {status}{(phrase.Length > 0 ? " " + phrase : "")}{(body.Length > 0 ? "\n" + body : "")}";
        if (asked.Status is { Count: > 0 } wanted ? !wanted.Contains(status) : status is < 200 or >= 300) return new(RunnerVerdict.Unexpected, said);
        return asked.Contains.Length > 0 && !body.Contains(asked.Contains, StringComparison.Ordinal)
            ? new(RunnerVerdict.Unexpected, $"The answer does not hold \"{asked.Contains}\".\n{said}")
            : new(RunnerVerdict.AsExpected, said);
    }

    /// <summary>Puts headers and body on; why that cannot be done, or null.</summary>
    private static string? Dress(HttpRequestMessage request, string id, HttpAction asked, out List<string> secrets)
    {
        secrets = [];
        request.Headers.TryAddWithoutValidation("User-Agent", "Nines");
        request.Headers.TryAddWithoutValidation("Nines-Delivery-Id", id);
        if (asked.Body.Length > 0) request.Content = new StringContent(asked.Body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
        foreach (var (name, value) in asked.Headers) Put(request, name, value);
        foreach (var (name, reference) in asked.Secrets)
        {
            if (!SecretReference.TryParse(reference, out var kept)) return $"The header {name} names no secret.";
            var secret = SecretResolver.Resolve(kept!);
            if (!secret.Ok) return secret.Problems[0].What;
            secrets.Add(secret.Value);
            // Of "Bearer abc" also "abc" alone must not be shown.
            if (secret.Value.LastIndexOf(' ') is > 0 and var at) secrets.Add(secret.Value[(at + 1)..]);
            Put(request, name, secret.Value);
        }

        return null;
    }

    private static void Put(HttpRequestMessage request, string name, string value)
    {
        if (request.Content is { } content && name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
        {
            content.Headers.Remove(name);
            content.Headers.TryAddWithoutValidation(name, value);
        }
        else request.Headers.TryAddWithoutValidation(name, value);
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(stop);
        var buffer = new byte[LongestAnswer + 1];
        var count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return Encoding.UTF8.GetString(buffer, 0, Math.Min(count, LongestAnswer)) + (count > LongestAnswer ? "… (cut: the answer is longer)" : "");
    }
}
