using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Tickets;

/// <summary>Asks one tracker: JSON in and out, with its token; whatever is no success ends the try with a reason.</summary>
public sealed class TrackerHttp
{
    // What a tracker answers about one ticket is small; more is no answer.
    private const int LongestAnswer = 1024 * 1024;

    private readonly Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _send;
    private readonly TicketTracker _tracker;
    private readonly string _token;

    internal TrackerHttp(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, TicketTracker tracker, string token) =>
        (_send, _tracker, _token) = (send, tracker, token);

    /// <summary>One request; the answer's JSON, an empty object where it has none.</summary>
    /// <exception cref="TrackerRefusedException">The tracker did not take it.</exception>
    public async Task<JsonNode> AskAsync(HttpMethod method, string path, JsonNode? body, string delivery, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, new Uri(_tracker.Url.ToString().TrimEnd('/') + path));
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.TryAddWithoutValidation("User-Agent", "Nines");
        request.Headers.TryAddWithoutValidation("Nines-Delivery-Id", delivery);
        if (_token.Length > 0)
            request.Headers.Authorization = _tracker.User.Length > 0
                ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_tracker.User}:{_token}")))
                : new AuthenticationHeaderValue("Bearer", _token);
        using var response = await _send(request, stop);
        var text = await ReadAsync(response, stop);
        if (!response.IsSuccessStatusCode) throw new TrackerRefusedException(Judge(response, text));
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text) ?? new JsonObject();
    }

    private SendOutcome Judge(HttpResponseMessage response, string text)
    {
        var status = (int)response.StatusCode;
        var words = text.Length > 200 ? text[..200] + "…" : text;
        var reason = $"The tracker {_tracker.Name} answered {status} {response.ReasonPhrase}.{(words.Length > 0 ? " " + words.ReplaceLineEndings(" ") : "")}";
        var wait = response.Headers.RetryAfter?.Delta is { } delta ? Duration.FromTimeSpan(delta) : (Duration?)null;
        // A wrong token or a lack of rights is mended at the tracker; the ticket shall get there then.
        return status is 401 or 403 or 408 or 409 or 425 or 429 or >= 500 ? new(SendVerdict.Retry, reason, wait) : new(SendVerdict.Refused, reason);
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(stop);
        var buffer = new byte[16 * 1024];
        using var all = new MemoryStream();
        int read;
        while ((read = await stream.ReadAsync(buffer, stop)) > 0)
        {
            all.Write(buffer, 0, read);
            if (all.Length > LongestAnswer) throw new JsonException("The answer is too long.");
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }
}

/// <summary>A tracker did not take a request: the try ends with this outcome.</summary>
public sealed class TrackerRefusedException(SendOutcome outcome) : Exception(outcome.Reason)
{
    /// <summary>How the try ends.</summary>
    public SendOutcome Outcome { get; } = outcome;
}
