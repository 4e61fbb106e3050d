using System.Globalization;
using System.Text.Json;

namespace Nines.Host.Bench;

/// <summary>
/// The whole chain, as the demo runs it: a service goes down, its target is scraped, the budget burns, the alert is
/// routed, and a webhook receiver gets the page. Policy and targets are the shipped ones.
/// </summary>
internal sealed class ChainBench : Benchmark
{
    public override string Name => "chain";

    public override string Summary => "Total outage of one service of the demo's shop (99.9 %, shipped policy, one minute of history): from the fault to the page at the receiver.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var (runs, length) = run.Quick ? (1, "150s") : (3, "200s");
        var rows = new List<IReadOnlyList<string>>();
        for (var i = 1; i <= runs; i++)
        {
            run.Say($"run {i} of {runs}, {length}");
            var summary = await DemoAsync(Path.Combine(run.Scratch, $"demo{i}"), length, run.Stop);
            var fault = At(summary, "faultAt");
            rows.Add([$"{i}", Seconds(fault, At(summary, "firstAlertAt")), Seconds(fault, At(summary, "firstPageAt"))]);
        }

        return new(Name, Summary, ["run", "fault to alert s", "fault to page received s"], rows, ["Most of it is the policy's own arithmetic: both windows of a pair must burn above their factor."]);
    }

    private static async Task<JsonElement> DemoAsync(string data, string length, CancellationToken stop)
    {
        var port = MeasuredProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        var done = await SelfProcess.RunAsync(["demo", "--for", length, "--fault", "outage", "--fault-after", "60s", "--json", "--data", data, "--port", port], stop);
        return JsonDocument.Parse(done.Output).RootElement;
    }

    private static DateTimeOffset? At(JsonElement summary, string name) =>
        summary.TryGetProperty(name, out var at) && at.ValueKind == JsonValueKind.String ? at.GetDateTimeOffset() : null;

    private static string Seconds(DateTimeOffset? from, DateTimeOffset? to) => from is null || to is null ? "never" : $"{(to.Value - from.Value).TotalSeconds:F1}";
}
