using System.Text.Json.Nodes;
using Nines.Alerting.Alerts;

namespace Nines.Paging.Channels.Pagers;

/// <summary>A message as an event of PagerDuty's Events API v2: the page is the dedup key, so that its messages are one incident there. Pure.</summary>
public static class PagerDutyEvent
{
    private const int Summary = 1024;
    private const int Key = 255;

    /// <summary>The body of <c>POST /v2/enqueue</c>.</summary>
    public static JsonObject Body(ChannelMessage message, string effect, string routingKey)
    {
        var body = new JsonObject { ["routing_key"] = routingKey, ["event_action"] = Action(message), ["dedup_key"] = Shorten.To(KeyOf(message, effect), Key) };
        var details = new JsonObject { ["event"] = message.Event, ["why"] = Shorten.To(message.Why, 1000) };
        foreach (var alert in message.Alerts.Take(MessageFacts.MostAlerts)) details[Shorten.To(alert.Title, 200)] = Shorten.To(alert.Reason, 1000);
        var payload = new JsonObject
        {
            ["summary"] = Shorten.To(message.Text.Length > 0 ? message.Text : "Nines", Summary),
            ["source"] = message.Service.Length > 0 ? message.Service : "nines",
            ["severity"] = Severity(message),
            ["timestamp"] = MessageFacts.Time(message.At).Replace(' ', 'T'),
            ["custom_details"] = details,
        };
        if (message.Service.Length > 0) payload["group"] = message.Service;
        body["payload"] = payload;
        body["client"] = "Nines";
        if (MessageFacts.Safe(message.Url) is { } page) body["client_url"] = page;
        var links = new JsonArray();
        foreach (var (name, url) in MessageFacts.Links(message)) links.Add(new JsonObject { ["href"] = url, ["text"] = Shorten.To(name, 100) });
        if (links.Count > 0) body["links"] = links;
        return body;
    }

    /// <summary>A test and a code are events of their own.</summary>
    internal static string KeyOf(ChannelMessage message, string effect) => "nines/" + (message.Page.Length > 0 && message.Event != MessageEvent.Test ? message.Page : effect);

    private static string Action(ChannelMessage message) => message.Event switch
    {
        MessageEvent.Resolved or MessageEvent.Merged => "resolve",
        MessageEvent.Acknowledged => "acknowledge",
        _ => "trigger",
    };

    private static string Severity(ChannelMessage message) => message switch
    {
        { Event: MessageEvent.Code or MessageEvent.Test } => "info",
        { Severity: AlertSeverity.Page } => "critical",
        { Severity: AlertSeverity.Ticket } => "warning",
        _ => "info",
    };
}
