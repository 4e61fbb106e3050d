using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Paging.Channels.Api;

namespace Nines.Paging.Channels.Slack;

/// <summary>The house's Slack workspace: its methods are called with the app's token, and what it sends is proven by its signature.</summary>
public sealed class SlackWorkspace
{
    // Slack's own words for "try again" (api.slack.com/methods/chat.postMessage, errors).
    private static readonly HashSet<string> Passing = new(["ratelimited", "rate_limited", "message_limit_exceeded", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"], StringComparer.Ordinal);

    private readonly ChannelDesk _desk;

    internal SlackWorkspace(ChannelDesk desk) => _desk = desk;

    /// <summary>True where the settings name an app.</summary>
    public bool Known => _desk.Settings.SlackToken.Length > 0;

    /// <summary>Calls a method with the app's own token, once.</summary>
    public async Task<SlackReply> CallAsync(string method, JsonObject body, CancellationToken stop) => ChannelDesk.Setting(_desk.Settings.SlackToken) switch
    {
        null => new(new(SendVerdict.Refused, "No Slack app is configured: set channels:slackToken to its bot token."), "", null),
        { Ok: true } token => await CallAsync(method, body, token.Value, stop),
        { } failed => new(new(SendVerdict.Retry, failed.Problems[0].ToString()), "", null),
    };

    /// <summary>The body of what Slack sent, or the refusal where it does not prove that it did.</summary>
    public async Task<(byte[] Body, IResult? Refused)> ReadAsync(HttpContext http)
    {
        var (bytes, refused) = await ProviderBody.ReadAsync(http);
        if (refused is not null) return ([], refused);
        var headers = http.Request.Headers;
        return ChannelDesk.Setting(_desk.Settings.SlackSigningSecret) is { Ok: true } secret
            && SlackSignature.Verify(secret.Value, headers[SlackSignature.TimeHeader].ToString(), headers[SlackSignature.Header].ToString(), bytes, _desk.Now.ToUnixTimeSeconds())
                ? (bytes, null)
                : ([], ProviderBody.Forged("Slack"));
    }

    internal async Task<SlackReply> CallAsync(string method, JsonObject body, string token, CancellationToken stop)
    {
        using var request = ChannelDesk.Post($"{_desk.Settings.SlackUrl.TrimEnd('/')}/{method}", body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var reply = await _desk.CallAsync(request, stop);
        if (!reply.Ok) return new(reply.Judge(_desk.Now), "", null);
        var json = reply.Json();
        if (json.Below("ok") is null) return new(ProviderReply.NotTheProvider("Slack", reply.Status), "", null);
        if (json.Says("ok")) return new(new(SendVerdict.Accepted, "Slack took it."), "", json);
        var error = json.Text("error") ?? "no reason";
        return new(new(Passing.Contains(error) ? SendVerdict.Retry : SendVerdict.Refused, $"Slack said: {error}."), error, json);
    }
}

/// <summary>What Slack answered.</summary>
/// <param name="Outcome">What it comes to.</param>
/// <param name="Error">Slack's word for what is wrong; empty for nothing.</param>
/// <param name="Json">The answer; null where it is none of Slack's.</param>
public sealed record SlackReply(SendOutcome Outcome, string Error, JsonElement? Json)
{
    /// <summary>A text of the answer; null where it is missing.</summary>
    public string? Text(string name) => Json.Text(name);

    /// <summary>A text one step below; null where it is missing.</summary>
    public string? Text(string outer, string name) => Json.Below(outer).Text(name);
}
