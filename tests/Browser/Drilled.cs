using System.Net.Http.Json;
using System.Text;

namespace Nines.Tests.Browser;

/// <summary>Drills of the shop: one that is over with its score and debrief, a game day under way, one that nobody had.</summary>
internal static class Drilled
{
    private const string Drills = """
        apiVersion: nines/v1
        kind: Drill
        metadata: { name: payments-slow }
        spec:
          title: Payments are slow and then fail
          service: payments
          severity: sev2
          story: A release took an index away; the pool of connections fills up. Rolling back helps.
          injects:
            - at: 0m
              alert: { name: ErrorBudgetBurn, summary: "payments burns 14 times its budget, and every second attempt to pay by card ends after thirty seconds without an answer", severity: page }
            - at: 0m
              clue: What changed shortly before?
              answers: [release]
            - at: 40m
              say: Support has 30 calls.
        ---
        apiVersion: nines/v1
        kind: Drill
        metadata: { name: region-lost }
        spec:
          title: Half of all requests get no answer
          service: catalog
          severity: sev1
          gameDay: true
          story: One of two regions is gone.
          injects:
            - at: 0m
              alert: { name: ErrorBudgetBurn, summary: "catalog burns 500 times its budget", severity: page }
            - at: 0m
              clue: Which runbook says how to fail over?
              answers: [failover]
            - at: 30m
              say: The provider's page says that all services operate normally.
        ---
        apiVersion: nines/v1
        kind: Drill
        metadata: { name: prices-again }
        spec: { title: Prices are old, from: INC-1 }
        """;

    public static async Task FillAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var manifests = new StringContent(Drills, Encoding.UTF8, "application/yaml");
        using var applied = await http.PostAsync("/api/v1/manifests", manifests);
        Assert.True(applied.IsSuccessStatusCode, await applied.Content.ReadAsStringAsync());
        await SayAsync(http, "payments-slow/runs", new { leader = "ada", onCall = new[] { "bo" }, with = new[] { "cem" } });
        await SayAsync(http, "runs/DR-1/acknowledge", new { by = "bo" });
        await SayAsync(http, "runs/DR-1/answer", new { text = "Something <b>with</b> the pool", by = "cem" });
        await SayAsync(http, "runs/DR-1/say", new { text = "The director asks how long it takes.", by = "ada" });
        await SayAsync(http, "runs/DR-1/end", new { by = "ada" });
        await SayAsync(http, "runs/DR-1/debrief", new { wentWell = "Bo looked at changes first.", toLearn = "Nobody told support.", by = "ada" });
        await SayAsync(http, "runs/DR-1/actions", new { title = "Write down who tells support", type = "process", by = "ada" });
        await SayAsync(http, "region-lost/runs", new { leader = "ada", onCall = new[] { "bo" }, with = new[] { "dana" } });
        await SayAsync(http, "runs/DR-2/check", new { item = "briefed" });
    }

    private static async Task SayAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/drills/" + path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
    }
}
