using System.Net.Http.Json;
using System.Text.Json;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Integrations;

/// <summary>Debian's real Alertmanager with each of its notifiers that Nines takes the place of: what fires there fires here, what ends there ends here.</summary>
public sealed class AlertmanagerNotifiers
{
    private static string Receiver(Uri nines, string kind) => kind switch
    {
        "webhook" => $"webhook_configs: [{{ url: '{nines}in/alertmanager' }}]",
        "pagerduty" => $"pagerduty_configs: [{{ url: '{nines}v2/enqueue', routing_key: R1, class: '{{{{ .CommonLabels.alertname }}}}' }}]",
        "opsgenie" => $"opsgenie_configs: [{{ api_url: '{nines}opsgenie/', api_key: k, update_alerts: true, message: '{{{{ .CommonAnnotations.summary }}}}', priority: P1 }}]",
        "victorops" => $"victorops_configs: [{{ api_url: '{nines}victorops/', api_key: k, routing_key: checkout, entity_display_name: '{{{{ .CommonAnnotations.summary }}}}' }}]",
        _ => $"webhook_configs: [{{ url: '{nines}integrations/v1/alertmanager/k/' }}]",
    };

    private static async Task<(Peer Peer, Uri Address, DirectoryInfo Folder)> StartAsync(HttpClient http, string receiver, params string[] more)
    {
        var folder = Directory.CreateTempSubdirectory("nines-alertmanager-");
        var config = Path.Combine(folder.FullName, "alertmanager.yml");
        await File.WriteAllTextAsync(config, $"route: {{ receiver: nines, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }}\nreceivers:\n  - name: nines\n    {receiver}\n");
        var address = new Uri($"http://127.0.0.1:{Peer.FreePort()}");
        var peer = Peer.Start("prometheus-alertmanager", "prometheus-alertmanager",
            ["--config.file=" + config, "--storage.path=" + Path.Combine(folder.FullName, "data"), "--web.listen-address=" + address.Authority, .. more.Length > 0 ? more : ["--cluster.listen-address="]]);
        await peer.ReadyAsync(http, new Uri(address, "/-/ready"));
        return (peer, address, folder);
    }

    private static async Task PostAsync(HttpClient http, Uri alertmanager, bool over, int instance = 1)
    {
        var now = TimeProvider.System.GetUtcNow();
        object[] alerts =
        [
            new
            {
                labels = new { alertname = "DiskFull", instance = $"db{instance}", service = "checkout", severity = "critical" },
                annotations = new { summary = "Disk full" },
                startsAt = now.AddMinutes(-2).ToString("O"),
                endsAt = (over ? now.AddSeconds(-1) : now.AddMinutes(10)).ToString("O"),
            },
        ];
        using var answer = await http.PostAsJsonAsync(new Uri(alertmanager, "/api/v2/alerts"), alerts);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static bool All(JsonElement alerts, int count, string state) => alerts.GetArrayLength() == count && alerts.EnumerateArray().All(a => a.GetProperty("state").GetString() == state);

    [Theory]
    [InlineData("webhook")]
    [InlineData("pagerduty")]
    [InlineData("opsgenie")]
    [InlineData("victorops")]
    [InlineData("oncall")]
    public async Task Notifier_FiresAndEnds_HereAsThere(string kind)
    {
        await using var nines = await RunningNines.StartAsync();
        var (peer, address, folder) = await StartAsync(nines.Http, Receiver(nines.Address, kind));
        await using (peer)
        {
            await PostAsync(nines.Http, address, over: false);
            var fired = await nines.UntilAsync("/api/v1/alerts", a => All(a, 1, "firing"), 20);
            Assert.Equal("page", fired[0].GetProperty("severity").GetString());
            await PostAsync(nines.Http, address, over: true);
            await nines.UntilAsync("/api/v1/alerts", a => All(a, 1, "resolved"), 20);
            Assert.Equal(0, (await nines.GetAsync("/api/v1/integrations")).EnumerateArray().Sum(i => i.GetProperty("refused").GetInt32()));
        }

        folder.Delete(recursive: true);
    }

    // One group, two members: one ends, the other still fires. Other receivers close the whole group.
    [Fact]
    public async Task Webhook_OneOfAGroupEnds_TheOtherStillFires()
    {
        await using var nines = await RunningNines.StartAsync();
        var (peer, address, folder) = await StartAsync(nines.Http, Receiver(nines.Address, "webhook"));
        await using (peer)
        {
            await PostAsync(nines.Http, address, over: false, 1);
            await PostAsync(nines.Http, address, over: false, 2);
            await nines.UntilAsync("/api/v1/alerts", a => All(a, 2, "firing"), 20);
            await PostAsync(nines.Http, address, over: true, 1);
            var left = await nines.UntilAsync("/api/v1/alerts", a => a.EnumerateArray().Count(one => one.GetProperty("state").GetString() == "firing") == 1, 20);
            Assert.Equal("db2", left.EnumerateArray().First(a => a.GetProperty("state").GetString() == "firing").GetProperty("labels").GetProperty("instance").GetString());
        }

        folder.Delete(recursive: true);
    }

    // Two that gossip, both given the alert: at times both send it. Here it is one alert whatever they do.
    [Fact]
    public async Task Webhook_OfAPair_IsOneAlert()
    {
        await using var nines = await RunningNines.StartAsync();
        var (one, other) = (Peer.FreePort(), Peer.FreePort());
        var receiver = Receiver(nines.Address, "webhook");
        var (first, firstAt, firstFolder) = await StartAsync(nines.Http, receiver, $"--cluster.listen-address=127.0.0.1:{one}", $"--cluster.advertise-address=127.0.0.1:{one}", "--cluster.peer-timeout=0s");
        await using (first)
        {
            var (second, secondAt, secondFolder) = await StartAsync(nines.Http, receiver, $"--cluster.listen-address=127.0.0.1:{other}", $"--cluster.advertise-address=127.0.0.1:{other}", $"--cluster.peer=127.0.0.1:{one}", "--cluster.peer-timeout=0s");
            await using (second)
            {
                await Task.WhenAll(PostAsync(nines.Http, firstAt, over: false), PostAsync(nines.Http, secondAt, over: false));
                await nines.UntilAsync("/api/v1/alerts", a => All(a, 1, "firing"), 20);
                await Task.WhenAll(PostAsync(nines.Http, firstAt, over: true), PostAsync(nines.Http, secondAt, over: true));
                await nines.UntilAsync("/api/v1/alerts", a => All(a, 1, "resolved"), 20);
            }

            secondFolder.Delete(recursive: true);
        }

        firstFolder.Delete(recursive: true);
    }
}
