using System.Text.Json.Nodes;
using Nines.Alerting.Alerts;

namespace Nines.Paging.Channels.Pagers;

/// <summary>A message as a call of Opsgenie's alert API: the page is the alias, so that its messages are one alert there. Pure.</summary>
/// <remarks>Limits: message 130, alias 512, description 15 000, source 100, tags 20 of 50, details 8000 in all, entity 512.</remarks>
public static class OpsgenieAlert
{
    /// <summary>The path and the body.</summary>
    public static (string Path, JsonObject Body) Call(ChannelMessage message, string effect)
    {
        var alias = PagerDutyEvent.KeyOf(message, effect);
        var note = new JsonObject { ["source"] = "Nines", ["note"] = Shorten.To(message.Text, 1000) };
        return message.Event switch
        {
            MessageEvent.Resolved or MessageEvent.Merged => ($"/v2/alerts/{Uri.EscapeDataString(alias)}/close?identifierType=alias", note),
            MessageEvent.Acknowledged => ($"/v2/alerts/{Uri.EscapeDataString(alias)}/acknowledge?identifierType=alias", note),
            _ => ("/v2/alerts", Create(message, alias)),
        };
    }

    private static JsonObject Create(ChannelMessage message, string alias)
    {
        var body = new JsonObject
        {
            ["message"] = Shorten.To(message.Text.Length > 0 ? message.Text : "Nines", 130),
            ["alias"] = Shorten.To(alias, 512),
            ["description"] = Shorten.To(MailText.Body(message), 15_000),
            ["source"] = "Nines",
            ["priority"] = Priority(message),
            ["tags"] = new JsonArray { message.Severity.Word() },
            ["details"] = new JsonObject { ["page"] = message.Page, ["url"] = Shorten.To(message.Url, 1000), ["why"] = Shorten.To(message.Why, 1000) },
        };
        if (message.Service.Length > 0) body["entity"] = Shorten.To(message.Service, 512);
        return body;
    }

    private static string Priority(ChannelMessage message) => message switch
    {
        { Event: MessageEvent.Code or MessageEvent.Test } => "P5",
        { Severity: AlertSeverity.Page } => "P1",
        { Severity: AlertSeverity.Ticket } => "P3",
        _ => "P5",
    };
}
