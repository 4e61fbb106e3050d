using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Ingestion;

/// <summary>A log is declared, written, rotated and truncated while Nines runs and while it does not: every line counts once.</summary>
public sealed class FollowedLogTests
{
    [Fact]
    public async Task LogSource_RotatedTruncatedAndRestarted_CountsEveryLineOnce()
    {
        await using var nines = await RunningNines.StartAsync();
        var log = Path.Combine(nines.Folder, "access.log");
        await File.WriteAllTextAsync(log, Lines(10, 200) + Lines(2, 500) + "not a line of this format\n");
        await nines.ApplyAsync(Manifests(log));
        await TotalAsync(nines, 12, 10);

        await File.AppendAllTextAsync(log, Lines(3, 200));
        File.Move(log, log + ".1");
        await File.WriteAllTextAsync(log, Lines(4, 200));
        await TotalAsync(nines, 19, 17);

        await nines.RestartAsync();
        await File.AppendAllTextAsync(log, Lines(5, 200) + "127.0.0.1 - - [");
        await TotalAsync(nines, 24, 22);

        await File.WriteAllTextAsync(log, "");
        await Task.Delay(2500);
        await File.WriteAllTextAsync(log, Lines(6, 200));
        await TotalAsync(nines, 30, 28);
    }

    private static async Task TotalAsync(RunningNines nines, double total, double good) => await nines.UntilAsync(
        "/api/v1/objectives/log-availability", status => status.GetProperty("total").GetDouble() == total && status.GetProperty("good").GetDouble() == good);

    private static string Lines(int count, int status)
    {
        var at = DateTimeOffset.UtcNow.ToString("dd/MMM/yyyy:HH:mm:ss +0000", System.Globalization.CultureInfo.InvariantCulture);
        return string.Concat(Enumerable.Repeat($"127.0.0.1 - - [{at}] \"GET /a HTTP/1.1\" {status} 12 \"-\" \"test\" 0.012\n", count));
    }

    private static string Manifests(string log) => $$"""
        apiVersion: nines/v1
        kind: LogSource
        metadata: { name: shop }
        spec: { path: "{{log}}", format: nginx }
        ---
        apiVersion: openslo/v1
        kind: Service
        metadata: { name: shop }
        spec: {}
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: log-availability }
        spec:
          service: shop
          indicator:
            metadata: { name: log-availability }
            spec:
              ratioMetric:
                counter: true
                good: { metricSource: { type: nines, spec: { selector: 'http_requests_total{log="shop",code!~"5.."}' } } }
                total: { metricSource: { type: nines, spec: { selector: 'http_requests_total{log="shop"}' } } }
          timeWindow: [{ duration: 30d, isRolling: true }]
          budgetingMethod: Occurrences
          objectives: [{ target: 0.99 }]
        """;
}
