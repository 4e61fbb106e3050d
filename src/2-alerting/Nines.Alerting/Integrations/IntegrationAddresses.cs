namespace Nines.Alerting.Integrations;

/// <summary>Where senders reach this house, and what to write at each of them.</summary>
/// <param name="House">The server's address, without a slash at its end.</param>
/// <param name="Smtp">Where mail is taken; empty for nowhere.</param>
public sealed record IntegrationAddresses(string House, string Smtp)
{
    /// <summary>The address of an integration.</summary>
    public string Of(Integration one) => one.Kind switch
    {
        IntegrationKind.Alertmanager => one.Declared ? $"{House}/in/alertmanager/{one.Name}" : $"{House}/in/alertmanager",
        IntegrationKind.PagerDuty => $"{House}/v2/enqueue",
        IntegrationKind.Opsgenie => $"{House}/opsgenie/",
        IntegrationKind.VictorOps => $"{House}/victorops/",
        IntegrationKind.Grafana => $"{House}/integrations/v1/grafana/{Key(one)}/",
        IntegrationKind.Mail => $"{one.Name}{(one.Key is null ? "" : "+KEY")}@{(Smtp.Length > 0 ? Smtp : "nowhere: set integrations:smtpListen")}",
        _ => $"{House}/in/events/{one.Name}",
    };

    /// <summary>What to write at the sender, to be copied.</summary>
    public string Paste(Integration one) => one.Kind switch
    {
        IntegrationKind.Alertmanager => $"""
            # alertmanager.yml
            receivers:
              - name: nines
                webhook_configs:
                  - url: {Of(one)}
                    send_resolved: true{(one.Key is null ? "" : "\n        http_config: { authorization: { credentials: KEY } }")}
            """,
        IntegrationKind.PagerDuty => $$$"""
            # alertmanager.yml
            receivers:
              - name: nines
                pagerduty_configs:
                  - url: {{{Of(one)}}}
                    routing_key: {{{Key(one)}}}

            # any Events API v2 client
            curl -H 'Content-Type: application/json' {{{Of(one)}}} -d '{"routing_key":"{{{Key(one)}}}","event_action":"trigger","dedup_key":"disk-db1","payload":{"summary":"Disk full","source":"db1","severity":"critical"}}'
            """,
        IntegrationKind.Opsgenie => $$$"""
            # alertmanager.yml
            receivers:
              - name: nines
                opsgenie_configs:
                  - api_url: {{{Of(one)}}}
                    api_key: {{{Key(one)}}}

            curl -H 'Authorization: GenieKey {{{Key(one)}}}' -H 'Content-Type: application/json' {{{House}}}/opsgenie/v2/alerts -d '{"message":"Disk full","alias":"disk-db1","priority":"P1"}'
            """,
        IntegrationKind.VictorOps => $"""
            # alertmanager.yml
            receivers:
              - name: nines
                victorops_configs:
                  - api_url: {Of(one)}
                    api_key: {Key(one)}
                    routing_key: database
            """,
        IntegrationKind.Grafana => $"""
            # Grafana: a contact point of type "Webhook" (or what pointed at Grafana OnCall)
            {Of(one)}

            # Alertmanager that pointed at Grafana OnCall
            {House}/integrations/v1/alertmanager/{Key(one)}/
            # formatted_webhook, webhook
            {House}/integrations/v1/formatted_webhook/{Key(one)}/
            """,
        IntegrationKind.Mail => $"""
            {Of(one)}
            # try it
            swaks --server {(Smtp.Length > 0 ? Smtp : "127.0.0.1:2525")} --to {one.Name}{(one.Key is null ? "" : "+KEY")}@nines --header 'Subject: Disk full on db1' --body 'df says 100 %'
            """,
        _ => $"""
            curl -d 'disk full' {(one.Key is null ? "" : "-H 'Authorization: Bearer KEY' ")}{Of(one)}
            curl -d 'disk full' {(one.Key is null ? "" : "-H 'Authorization: Bearer KEY' ")}'{Of(one)}?state=resolved'
            """,
    };

    private static string Key(Integration one) => one.Key is null ? "any-key" : "KEY";
}
