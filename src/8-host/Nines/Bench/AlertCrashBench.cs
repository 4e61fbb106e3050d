using System.Text.Json;

namespace Nines.Host.Bench;

/// <summary>What is left of acknowledged alerts and silences when the server is killed right behind the 200, beside Alertmanager.</summary>
internal sealed class AlertCrashBench : Benchmark
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private delegate Task<MeasuredProcess> Starts(string folder, HookReceiver hook);

    public override string Name => "alert-crash";

    public override string Summary => "An alert and a silence, acknowledged with 200, then the signal at once; groups wait 3 s; the server starts again on the same data.";

    public override async Task<BenchTable> RunAsync(BenchRun run)
    {
        var tries = run.Quick ? 1 : 20;
        var rows = new List<IReadOnlyList<string>>();
        var servers = new List<(string Label, Starts Start)> { ("Nines", async (folder, hook) => await AlertServers.NinesAsync(folder, hook, "3s", run.Clock, run.Stop)) };
        if (PeerProcess.Installed("prometheus-alertmanager"))
            servers.Add((await PeerProcess.VersionAsync("prometheus-alertmanager", run.Stop),
                async (folder, hook) => await AlertServers.AlertmanagerAsync(folder, hook, "alertname", "3s", run.Clock, run.Stop)));
        foreach (var (label, start) in servers)
        {
            rows.Add(await CaseAsync(run, label, start, "SIGKILL behind the 200", tries, kill: true, TimeSpan.Zero, again: false));
            rows.Add(await CaseAsync(run, label, start, "SIGTERM behind the 200", Math.Max(1, tries / 4), kill: false, TimeSpan.Zero, again: false));
            rows.Add(await CaseAsync(run, label, start, "SIGKILL 4 s later, the alert is sent again", Math.Max(1, tries / 2), kill: true, TimeSpan.FromSeconds(4), again: true));
        }

        return new(
            Name, Summary, ["server", "case", "tries", "alerts never told", "silences lost", "told twice without the same id"], rows,
            ["Whoever sends alerts to Alertmanager repeats them about every minute, which heals lost alerts later, but not silences.", "Killing a process loses nothing that the system has taken into its cache; a power loss was not tried."]);
    }

    private static async Task<IReadOnlyList<string>> CaseAsync(BenchRun run, string label, Starts start, string what, int tries, bool kill, TimeSpan delay, bool again)
    {
        await using var hook = new HookReceiver();
        var living = new List<MeasuredProcess>();
        var silences = 0;
        try
        {
            for (var i = 0; i < tries; i++)
            {
                var folder = Path.Combine(run.Scratch, Guid.CreateVersion7().ToString("N"));
                var server = await start(folder, hook);
                var alert = Alert($"A{i}", run.Clock.GetUtcNow());
                string silence;
                await using (server)
                {
                    silence = await SilenceAsync(server, run.Clock.GetUtcNow(), run.Stop);
                    await AlertsBench.PostAsync(server, alert, run.Stop);
                    if (delay > TimeSpan.Zero) await Task.Delay(delay, run.Clock, run.Stop);
                    if (kill) await server.KillAsync();
                }

                var next = await start(folder, hook);
                living.Add(next);
                var kept = await next.Http.GetFromJsonAsync<JsonElement>(new Uri("/api/v2/silences", UriKind.Relative), run.Stop);
                if (!kept.EnumerateArray().Any(s => s.GetProperty("id").GetString() == silence)) silences++;
                if (again) await AlertsBench.PostAsync(next, alert, run.Stop);
            }

            await Task.Delay(Patience, run.Clock, run.Stop);
        }
        finally
        {
            foreach (var server in living) await server.DisposeAsync();
        }

        var calls = hook.Calls;
        var missing = Enumerable.Range(0, tries).Count(i => !calls.Any(c => c.Names.Contains($"A{i}")));
        var twice = Enumerable.Range(0, tries).Count(i => calls.Where(c => c.Names.Contains($"A{i}")).Select((c, n) => c.Id.Length > 0 ? c.Id : $"{n}").Distinct().Count() > 1);
        run.Say($"{label}, {what}: {missing} alerts and {silences} silences of {tries} lost, {twice} told twice");
        return [label, what, $"{tries}", $"{missing}", $"{silences}", $"{twice}"];
    }

    private static byte[] Alert(string name, DateTimeOffset now) => JsonSerializer.SerializeToUtf8Bytes(new[]
    {
        new { labels = new { alertname = name, severity = "page" }, annotations = new { summary = "x" }, startsAt = AlertBodies.Time(now), endsAt = AlertBodies.Time(now.AddHours(1)) },
    });

    private static async Task<string> SilenceAsync(MeasuredProcess server, DateTimeOffset now, CancellationToken stop)
    {
        var asked = new
        {
            matchers = new[] { new { name = "alertname", value = "Other", isRegex = false, isEqual = true } },
            startsAt = AlertBodies.Time(now),
            endsAt = AlertBodies.Time(now.AddHours(2)),
            createdBy = "bench",
            comment = "a silence about something else",
        };
        using var answer = await server.Http.PostAsJsonAsync(new Uri("/api/v2/silences", UriKind.Relative), asked, stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("silenceID").GetString()!;
    }
}
