using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Alertmanager;

/// <summary>The real amtool against the real server: nothing at it knows of Nines.</summary>
public sealed class AmtoolTests
{
    [Fact]
    public async Task Alert_AddAndQuery_AsAtAlertmanager()
    {
        await using var nines = await RunningNines.StartAsync();
        await Amtool.SaysAsync(nines.Address, "alert", "add", "alertname=DiskFull", "node=a", "severity=warning", "--annotation=summary=95 % used");
        await Amtool.SaysAsync(nines.Address, "alert", "add", "alertname=DiskFull", "node=b", "severity=warning", "--end=" + DateTimeOffset.UtcNow.AddHours(2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
        var all = await Amtool.SaysAsync(nines.Address, "alert", "query", "-o", "json");
        using var json = System.Text.Json.JsonDocument.Parse(all);
        Assert.Equal(2, json.RootElement.GetArrayLength());
        Assert.Contains("95 % used", all, StringComparison.Ordinal);
        Assert.Contains("DiskFull", await Amtool.SaysAsync(nines.Address, "alert", "query", "node=b"), StringComparison.Ordinal);
        Assert.DoesNotContain("DiskFull", await Amtool.SaysAsync(nines.Address, "alert", "query", "node=c"), StringComparison.Ordinal);
        Assert.Contains("DiskFull", await Amtool.SaysAsync(nines.Address, "alert", "query", "node=~\"a|b\"", "-o", "extended"), StringComparison.Ordinal);
        Assert.Equal("DiskFull", (await nines.GetAsync("/api/v1/alerts"))[0].GetProperty("labels").GetProperty("alertname").GetString());
    }

    [Fact]
    public async Task Silence_AddQueryUpdateExpireImport_AsAtAlertmanager()
    {
        await using var nines = await RunningNines.StartAsync();
        await Amtool.SaysAsync(nines.Address, "alert", "add", "alertname=Slow", "service=checkout", "severity=warning");
        var id = await Amtool.SaysAsync(nines.Address, "silence", "add", "service=checkout", "--duration=2h", "--author=alice", "--comment=database move");
        Assert.True(Guid.TryParse(id, out _), id);
        var listed = await Amtool.SaysAsync(nines.Address, "silence", "query");
        Assert.Contains(id, listed, StringComparison.Ordinal);
        Assert.Contains("alice", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("Slow", await Amtool.SaysAsync(nines.Address, "alert", "query"), StringComparison.Ordinal);
        Assert.Contains("Slow", await Amtool.SaysAsync(nines.Address, "alert", "query", "--silenced"), StringComparison.Ordinal);
        Assert.Equal("silenced", (await nines.GetAsync("/api/v1/alerts"))[0].GetProperty("state").GetString());

        var updated = await Amtool.SaysAsync(nines.Address, "silence", "update", "--duration=4h", "--comment=it takes longer", id);
        Assert.Contains(id, updated, StringComparison.Ordinal);
        Assert.Contains("it takes longer", await Amtool.SaysAsync(nines.Address, "silence", "query"), StringComparison.Ordinal);

        var file = Path.Combine(nines.Folder, "silences.json");
        await File.WriteAllTextAsync(file, await Amtool.SaysAsync(nines.Address, "silence", "query", "-o", "json"));
        await Amtool.SaysAsync(nines.Address, "silence", "expire", id);
        Assert.DoesNotContain(id, await Amtool.SaysAsync(nines.Address, "silence", "query"), StringComparison.Ordinal);
        Assert.Contains(id, await Amtool.SaysAsync(nines.Address, "silence", "query", "--expired", "--within=1h"), StringComparison.Ordinal);
        Assert.Contains("Slow", await Amtool.SaysAsync(nines.Address, "alert", "query"), StringComparison.Ordinal);

        await Amtool.SaysAsync(nines.Address, "silence", "import", "--force", file);
        Assert.Contains("it takes longer", await Amtool.SaysAsync(nines.Address, "silence", "query"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_ShowAndRoutes_ReadOurTreeStrictly()
    {
        await using var nines = await RunningNines.StartAsync();
        await nines.ApplyAsync("""
            apiVersion: nines/v1
            kind: AlertRouting
            metadata: { name: house }
            spec:
              branches:
                - { name: payments, match: ['service=~"pay.*"'] }
            """);
        Assert.Contains("resolve_timeout: 5m", await Amtool.SaysAsync(nines.Address, "config", "show"), StringComparison.Ordinal);
        Assert.Contains("payments:page", await Amtool.SaysAsync(nines.Address, "config", "routes", "show"), StringComparison.Ordinal);
        Assert.Equal("page", await Amtool.SaysAsync(nines.Address, "config", "routes", "test", "alertname=A", "severity=critical"));
        Assert.Equal("ticket", await Amtool.SaysAsync(nines.Address, "config", "routes", "test", "severity=warning"));
        Assert.Equal("log", await Amtool.SaysAsync(nines.Address, "config", "routes", "test", "severity=info"));
        Assert.Equal("page", await Amtool.SaysAsync(nines.Address, "config", "routes", "test", "alertname=WithoutSeverity"));
        Assert.Equal("payments:ticket", await Amtool.SaysAsync(nines.Address, "config", "routes", "test", "service=payments", "severity=warning"));
        var file = Path.Combine(nines.Folder, "alertmanager.yml");
        await File.WriteAllTextAsync(file, (await nines.GetAsync("/api/v2/status")).GetProperty("config").GetProperty("original").GetString());
        Assert.Contains("SUCCESS", await Amtool.SaysAsync(nines.Address, "check-config", file), StringComparison.Ordinal);
        Assert.Contains("disabled", await Amtool.SaysAsync(nines.Address, "cluster", "show"), StringComparison.Ordinal);
    }
}
