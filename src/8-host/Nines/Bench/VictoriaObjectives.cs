namespace Nines.Host.Bench;

/// <summary>
/// What the same objectives cost in VictoriaMetrics with vmalert: the rules, series and history that Prometheus gets.
/// Both processes count; alerts go to a receiver that reads them away.
/// </summary>
internal static class VictoriaObjectives
{
    /// <summary>True where both programs are installed.</summary>
    public static bool Installed => PeerProcess.Installed("victoria-metrics") && PeerProcess.Installed("vmalert");

    /// <summary>CPU and memory for each size: all histories are filled first, then all servers are measured side by side.</summary>
    public static async Task<IReadOnlyList<ServerFigure>> MeasureAsync(BenchRun run, IReadOnlyList<int> sizes)
    {
        foreach (var objectives in sizes)
        {
            run.Say($"VictoriaMetrics, {objectives} objectives: backfilling 3 days of counters and 30 days of recorded ratios");
            await using var loading = await PeerProcess.VictoriaAsync(FolderOf(run, objectives), run.Clock, run.Stop);
            await PrometheusObjectives.BackfillAsync(loading.Http, run, objectives);
        }

        run.Say("VictoriaMetrics and vmalert: warming up for 120 s, then measuring 5 cycles of 30 s");
        return await Task.WhenAll(sizes.Select(objectives => MeasureAsync(run, objectives)));
    }

    private static async Task<ServerFigure> MeasureAsync(BenchRun run, int objectives)
    {
        var folder = FolderOf(run, objectives);
        await using var target = await CounterTarget.StartAsync(PrometheusObjectives.Page(objectives), run.Clock);
        await File.WriteAllTextAsync(Path.Combine(folder, "scrape.yml"), Scrape(target.Address), run.Stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "rules.yml"), SlothRules.File(objectives), run.Stop);
        await using var server = await PeerProcess.VictoriaAsync(folder, run.Clock, run.Stop, $"-promscrape.config={folder}/scrape.yml");
        await using var rules = await PeerProcess.VmalertAsync($"{folder}/rules.yml", server.Address, target.Address, run.Clock, run.Stop);
        await Task.Delay(TimeSpan.FromSeconds(120), run.Clock, run.Stop);
        var cpu = server.CpuSeconds + rules.CpuSeconds;
        await Task.Delay(TimeSpan.FromSeconds(150), run.Clock, run.Stop);
        return new(objectives, "30s", (server.CpuSeconds + rules.CpuSeconds - cpu) * 1000 / objectives / 5, server.ResidentMiB + rules.ResidentMiB);
    }

    private static string FolderOf(BenchRun run, int objectives) => Path.Combine(run.Scratch, $"victoria-objectives-{objectives}");

    private static string Scrape(Uri target) => $$"""
        global: {scrape_interval: 30s}
        scrape_configs:
        - job_name: slo
          honor_labels: true
          static_configs: [{targets: ['{{target.Authority}}']}]
          metric_relabel_configs: [{regex: instance, action: labeldrop}]

        """;
}
