using System.Text;

namespace Nines.Host.Demo;

/// <summary>
/// What the demo asks of Nines, as any user would write it: who is called, the services, where their metrics are, and
/// two objectives each at 99.9 % with the shipped burn policy.
/// </summary>
internal static class DemoManifests
{
    /// <summary>Kinds of objectives of each service.</summary>
    private static readonly string[] Kinds = ["availability", "latency"];

    /// <summary>Names of all objectives.</summary>
    public static IReadOnlyList<string> Objectives { get; } = [.. DemoShop.Names.SelectMany(s => Kinds.Select(k => $"{s}-{k}"))];

    /// <summary>All documents of the demo as one text.</summary>
    /// <param name="shop">The running shop: its sockets are the targets.</param>
    /// <param name="webhook">The pager.</param>
    /// <param name="secretFile">Where the pager's key is kept.</param>
    public static string Write(DemoShop shop, Uri webhook, string secretFile)
    {
        var text = new StringBuilder(OnCall(webhook, secretFile));
        foreach (var service in shop.Services)
        {
            AppendService(text, service);
            AppendAvailability(text, service.Name);
            AppendLatency(text, service.Name);
        }

        text.Append(Response(new Uri(webhook, "/")));
        return text.ToString();
    }

    /// <summary>What to do about payments, what customers are told, and what a minute of it costs.</summary>
    private static string Response(Uri shop) => $$"""
        ---
        apiVersion: nines/v1
        kind: Runbook
        metadata: { name: payments }
        spec:
          title: Payments fails
          services: [payments]
          owner: The shop's team
          lastUpdated: 2026-11-22
          overview: Buyers cannot pay; checkout and the storefront fail with it.
          impact: Every order is lost while it lasts.
          diagnosis:
            - { key: burn, step: Does payments burn by itself, command: nines slo show payments-availability, expected: The storefront burns less., ifUnexpected: Look at what payments depends on. }
            - { key: fault, step: Is a fault switched on, command: "open {{shop}}", expected: None., ifUnexpected: { goTo: switch-off, text: Switch it off. } }
          mitigation:
            - { option: Mend, when: A fault is switched on, steps: [{ key: switch-off, step: Press "none" beside payments, command: "open {{shop}}" }] }
        ---
        apiVersion: nines/v1
        kind: StatusPage
        metadata: { name: shop }
        spec:
          title: Fernhill Goods
          zone: Europe/London
          components:
            - { key: shop, name: Shop, services: [storefront, products] }
            - { key: orders, name: Orders, services: [checkout, inventory] }
            - { key: cards, name: Card payments, services: [payments] }
        ---
        apiVersion: nines/v1
        kind: PostmortemPolicy
        metadata: { name: postmortems }
        spec: { costPerMinute: [{ service: payments, amount: 120, currency: EUR }] }

        """;

    /// <summary>Two people, who is called first, who second, and how long each has.</summary>
    private static string OnCall(Uri webhook, string secretFile) => $$"""
        apiVersion: nines/v1
        kind: Person
        metadata: { name: ada, displayName: Ada Lovelace }
        spec:
          timeZone: Europe/London
          contacts:
            webhook: { url: "{{webhook}}", secret: "file:{{secretFile}}" }
        ---
        apiVersion: nines/v1
        kind: Person
        metadata: { name: grace, displayName: Grace Hopper }
        spec:
          timeZone: Europe/London
          contacts:
            webhook: { url: "{{webhook}}", secret: "file:{{secretFile}}" }
        ---
        apiVersion: nines/v1
        kind: Schedule
        metadata: { name: shop-primary, displayName: First on call }
        spec:
          timeZone: Europe/London
          team: shop
          secondary: shop-secondary
          layers: [{ name: weeks, rotation: { turn: weekly, start: 2020-01-06, people: [ada] } }]
        ---
        apiVersion: nines/v1
        kind: Schedule
        metadata: { name: shop-secondary, displayName: Second on call }
        spec:
          timeZone: Europe/London
          team: shop
          layers: [{ name: weeks, rotation: { turn: weekly, start: 2020-01-06, people: [grace] } }]
        ---
        apiVersion: nines/v1
        kind: EscalationPolicy
        # Twenty seconds a level, so that a demo need not be waited for; what ships is five minutes.
        metadata: { name: shop }
        spec:
          steps:
            - { notify: [{ schedule: shop-primary }], delay: 20s }
            - { notify: [{ schedule: shop-secondary }], delay: 20s }
            - { notify: [{ lead: shop }], delay: 20s }
          repeat: 3
        ---
        apiVersion: nines/v1
        kind: Team
        metadata: { name: shop, displayName: The shop's team }
        spec: { lead: ada, members: [ada, grace], oncall: shop }

        """;

    private static void AppendService(StringBuilder text, ShopService service) => text.Append($$"""
        ---
        apiVersion: nines/v1
        kind: Service
        metadata: { name: {{service.Name}} }
        spec:
          description: {{Description(service.Name)}}
          tier: {{(service.Name is "products" or "inventory" ? "important" : "critical")}}
          owner: { team: shop }
          dependencies: { upstream: [{{string.Join(", ", Calls(service.Name))}}] }
          language: C#
          trafficPattern: steady
        ---
        apiVersion: nines/v1
        kind: ScrapeTarget
        metadata: { name: {{service.Name}} }
        spec:
          url: {{service.Address}}metrics
          interval: 5s
          labels: { service: {{service.Name}} }

        """);

    private static void AppendAvailability(StringBuilder text, string service) => text.Append($$"""
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: {{service}}-availability, displayName: Requests answered }
        spec:
          service: {{service}}
          indicator:
            metadata: { name: {{service}}-requests }
            spec:
              ratioMetric:
                counter: true
                good: { metricSource: { type: nines, spec: { selector: 'http_requests_total{service="{{service}}",code!~"5.."}' } } }
                total: { metricSource: { type: nines, spec: { selector: 'http_requests_total{service="{{service}}"}' } } }
          timeWindow: [{ duration: 30d, isRolling: true }]
          budgetingMethod: Occurrences
          objectives: [{ target: 0.999 }]

        """);

    private static void AppendLatency(StringBuilder text, string service) => text.Append($$"""
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: {{service}}-latency, displayName: Answered within 500 ms }
        spec:
          service: {{service}}
          indicator:
            metadata: { name: {{service}}-quick-requests }
            spec:
              ratioMetric:
                counter: true
                good: { metricSource: { type: nines, spec: { selector: 'http_request_duration_seconds_bucket{service="{{service}}",le="0.5"}' } } }
                total: { metricSource: { type: nines, spec: { selector: 'http_request_duration_seconds_count{service="{{service}}"}' } } }
          timeWindow: [{ duration: 30d, isRolling: true }]
          budgetingMethod: Occurrences
          objectives: [{ target: 0.999 }]

        """);

    private static string Description(string service) => service switch
    {
        "storefront" => "What customers see.",
        "products" => "What can be bought.",
        "checkout" => "Turns a basket into an order.",
        "inventory" => "What is on the shelf.",
        _ => "Charges the customer.",
    };

    private static string[] Calls(string service) => service switch
    {
        "storefront" => ["products", "checkout"],
        "products" => ["inventory"],
        "checkout" => ["inventory", "payments"],
        _ => [],
    };
}
