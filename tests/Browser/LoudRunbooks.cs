namespace Nines.Tests.Browser;

/// <summary>What responders have at hand on the bad evening: runbooks, runs in every state, rules that mend.</summary>
internal static class LoudRunbooks
{
    private const string Written = """
        apiVersion: nines/v1
        kind: Runbook
        metadata: { name: checkout-errors }
        spec:
          title: Checkout fails for cards
          alertName: CheckoutErrors
          services: [checkout]
          lastUpdated: 2024-03-01
          owner: Shop
          overview: |
            More card payments fail than the budget bears. <b>Not bold</b>, **bold**.

            - Look at [the dashboard](https://grafana.example.com/d/checkout)
            - Wallets usually go on working

            ```
            kubectl --context eu-central-1 --namespace checkout get pods --selector app=checkout --output wide
            ```
          impact: Shoppers in Europe cannot pay by card; carts are kept.
          diagnosis:
            - { key: health, step: Check service health, run: { query: { alerts: ["service=checkout"], below: 1 } } }
            - key: deploys
              step: Check recent deployments
              command: nines change list service:checkout
              expected: None in the last hour.
              ifUnexpected: { goTo: roll-back, text: Roll it back. }
            - { key: deps, step: Check dependencies, expected: All answer., ifUnexpected: Call whoever owns them. }
          mitigation:
            - option: Roll back
              when: Recent deployment suspected
              steps:
                - { step: Roll back to the version before, expected: The version before answers., run: { http: { method: POST, url: "https://deploy.example.com/checkout/rollback" } } }
                - { step: Does it burn on?, run: { query: { alerts: ["alertname=CheckoutErrors"], below: 1 } } }
            - { option: Scale up, when: Traffic spike, steps: [Add instances, Watch the queue] }
            - option: Restart
              when: It hangs
              steps:
                - { step: Drain the oldest instance, run: { http: { method: POST, url: "https://deploy.example.com/{labels.cluster}/checkout/drain", expect: { status: 202 } } } }
                - { step: Restart it, run: { http: { method: POST, url: "https://deploy.example.com/{labels.cluster}/checkout/restart", expect: { contains: restarted } } } }
                - { step: Does it still fail?, run: { query: { alerts: ["alertname=CheckoutErrors"], below: 1 } } }
            - { option: Failover, when: Single component failure, steps: [] }
          escalation: { afterMinutes: 30, contact: Payments lead, contextToProvide: "What you saw, what you tried, since when" }
        ---
        apiVersion: nines/v1
        kind: Runbook
        metadata: { name: search-slow }
        spec: { title: Search is slow, alertName: SearchSlow, diagnosis: [Look at the slow queries, Look at the shards], mitigation: [{ option: Shed load, steps: [Turn suggestions off] }] }
        ---
        apiVersion: nines/v1
        kind: Remediation
        metadata: { name: checkout-restart }
        spec:
          title: Restart checkout
          trigger: { alertName: CheckoutErrors }
          action: { http: { method: POST, url: "https://deploy.example.com/{labels.cluster}/checkout/restart" } }
          mode: approve
        ---
        apiVersion: nines/v1
        kind: Remediation
        metadata: { name: checkout-drain }
        spec:
          title: Drain and restart checkout
          trigger: { alertName: CheckoutErrors }
          action: { runbook: { name: checkout-errors, option: restart } }
          mode: approve
        ---
        apiVersion: nines/v1
        kind: Remediation
        metadata: { name: disk-usage-high }
        spec:
          title: Disk nearly full
          trigger: { alertName: NodeDisk }
          action: { command: { name: clean-logs, with: { cluster: "{labels.cluster}" } } }

        """;

    public static async Task FillAsync(Func<string, Task> apply, Func<string, object, Task> post)
    {
        await apply(Written);
        await post("/api/v1/runs", new { runbook = "checkout-errors", incident = "INC-2", by = "cem" });
        await post("/api/v1/runs/RUN-1/steps", new { step = "health", outcome = "expected", observed = "It answers, slowly.", by = "cem" });
        await post("/api/v1/runs/RUN-1/steps", new { step = "deploys", outcome = "unexpected", observed = "checkout 1.4.2, twelve minutes ago", by = "cem" });
        await post("/api/v1/runs", new { runbook = "search-slow", by = "ada" });
        await post("/api/v1/runs/RUN-2/steps", new { outcome = "failed", observed = "The console does not answer.", by = "ada" });
        await post("/api/v1/runs", new { runbook = "search-slow", by = "bo" });
        await post("/api/v1/runs/RUN-3/finish", new { helped = false, note = "The shards are not the cause.", by = "bo" });
        await post("/api/v1/runs", new { runbook = "search-slow", by = "dana" });
        foreach (var _ in (int[])[1, 2]) await post("/api/v1/runs/RUN-4/steps", new { outcome = "expected", by = "dana" });
        await post("/api/v1/remediation/stop", new { rule = "disk-usage-high", reason = "The logs are evidence.", by = "ada" });
    }
}
