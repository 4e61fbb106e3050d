namespace Nines.Host.Bench;

/// <summary>Starts Nines and Alertmanager so that both take the same alerts and tell the same receiver.</summary>
internal static class AlertServers
{
    /// <summary>Nines with one person whom every page calls.</summary>
    public static async Task<ServerProcess> NinesAsync(string data, HookReceiver hook, string wait, TimeProvider clock, CancellationToken stop)
    {
        Directory.CreateDirectory(data);
        var key = Path.Combine(data, "hook.key");
        if (!File.Exists(key)) await File.WriteAllTextAsync(key, "a key for the measurement\n", stop);
        var server = await ServerProcess.StartAsync(data, clock, stop, "--set", $"alerts:pageWait={wait}", "--set", "notifications:owner=bench");
        await server.ApplyAsync(Person(hook, key), stop);
        return server;
    }

    /// <summary>Alertmanager with one receiver.</summary>
    public static async Task<PeerProcess> AlertmanagerAsync(string folder, HookReceiver hook, string groupBy, string wait, TimeProvider clock, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var configuration = $"""
            route:
              receiver: hook
              group_by: [{groupBy}]
              group_wait: {wait}
              group_interval: 10m
              repeat_interval: 4h
            receivers:
            - name: hook
              webhook_configs:
              - url: {hook.Address}
                send_resolved: true

            """;
        return await PeerProcess.AlertmanagerAsync(folder, configuration, clock, stop);
    }

    private static string Person(HookReceiver hook, string key) => $$"""
        apiVersion: nines/v1
        kind: Person
        metadata: { name: bench }
        spec:
          contacts:
            webhook: { url: "{{hook.Address}}", secret: "file:{{key}}" }

        """;
}
