using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Host.Demo;

/// <summary>
/// Follows the objectives from outside, by the same address that scripts use, and remembers the first alert after the
/// fault and the moment when none fired any more.
/// </summary>
internal sealed class ObjectiveWatch(HttpClient nines, IReadOnlyList<string> objectives, TimeProvider clock)
{
    private readonly Dictionary<string, double?> _remaining = [];

    /// <summary>Start of the first alert since <see cref="FaultAt"/>.</summary>
    public Instant? FirstAlertAt { get; private set; }

    /// <summary>When no alert fired any more after that; null while one does.</summary>
    public Instant? ResolvedAt { get; private set; }

    /// <summary>When something was broken first; nothing before counts.</summary>
    public Instant? FaultAt { get; set; }

    public IReadOnlyList<DemoBudget> Budgets => [.. objectives.Select(o => new DemoBudget(o, _remaining.GetValueOrDefault(o)))];

    /// <summary>Reads all objectives once.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        var firing = false;
        foreach (var objective in objectives)
        {
            using var answer = await nines.GetAsync(new Uri($"/api/v1/objectives/{objective}", UriKind.Relative), stop);
            if (!answer.IsSuccessStatusCode) continue;
            using var status = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
            _remaining[objective] = Number(status.RootElement, "budget", "remaining");
            foreach (var since in Firing(status.RootElement))
            {
                firing = true;
                if (FaultAt is { } fault && since >= fault && (FirstAlertAt is null || since < FirstAlertAt)) FirstAlertAt = since;
            }
        }

        if (firing || FirstAlertAt is null) ResolvedAt = null;
        else ResolvedAt ??= clock.Now();
    }

    /// <summary>Samples that Nines says it took in.</summary>
    public async Task<long> SamplesAsync(CancellationToken stop)
    {
        using var answer = await nines.GetAsync(new Uri("/api/v1/signals?limit=1", UriKind.Relative), stop);
        if (!answer.IsSuccessStatusCode) return 0;
        using var signals = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
        return (long)(Number(signals.RootElement, "figures", "samples") ?? 0);
    }

    private static IEnumerable<Instant> Firing(JsonElement status)
    {
        if (!status.TryGetProperty("alerts", out var alerts)) yield break;
        foreach (var alert in alerts.EnumerateArray())
        {
            if (alert.GetProperty("state").GetString() != "firing" || alert.GetProperty("since").ValueKind != JsonValueKind.String) continue;
            yield return Instant.FromDateTimeOffset(alert.GetProperty("since").GetDateTimeOffset());
        }
    }

    private static double? Number(JsonElement at, params string[] path)
    {
        foreach (var name in path)
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
        return at.ValueKind == JsonValueKind.Number ? at.GetDouble() : null;
    }
}
