namespace Nines.Responding.Remediation;

/// <summary>The four rules of seed 003, phase 12, as manifests to begin with. Each only suggests: what it does needs your allow-list.</summary>
public static class RemediationExamples
{
    /// <summary>All of them, as YAML.</summary>
    public const string Text = """
        # Four rules to begin with. Each suggests only; raise mode: to approve or automatic once you trust it.
        # The commands must be on the allow-list (runner:commands in the settings).
        apiVersion: nines/v1
        kind: Remediation
        metadata: { name: pod-crash-loop }
        spec:
          title: Pod crashes in a loop
          trigger: { alertName: [PodCrashLooping, KubePodCrashLooping] }
          condition: { promql: 'increase(kube_pod_container_status_restarts_total{namespace="{labels.namespace}",pod="{labels.pod}"}[10m])', above: 3 }
          action: { command: { name: delete-pod, with: { namespace: "{labels.namespace}", pod: "{labels.pod}" } } }
          target: pod
          escalateIf: { attempts: 3 }
          limits: { perHour: 3, atOnce: 1, targets: 2, coolDown: 10m }
          successWithin: 15m
          mode: suggest
        ---
        apiVersion: nines/v1
        kind: Remediation
        metadata: { name: disk-usage-high }
        spec:
          title: Disk nearly full
          trigger: { alertName: [DiskUsageHigh, NodeFilesystemAlmostOutOfSpace] }
          condition: { promql: '100 * (1 - node_filesystem_avail_bytes{instance="{labels.instance}",mountpoint="{labels.mountpoint}"} / node_filesystem_size_bytes)', above: 85 }
          action: { command: { name: clean-logs, with: { instance: "{labels.instance}" } }, timeout: 5m }
          target: instance
          escalateIf: { attempts: 1 }
          limits: { perHour: 2, atOnce: 1, targets: 1, coolDown: 30m }
          successWithin: 15m
          mode: suggest
        ---
        apiVersion: nines/v1
        kind: Remediation
        metadata: { name: connection-pool-exhausted }
        spec:
          title: Connection pool exhausted
          trigger: { alertName: ConnectionPoolExhausted }
          condition: { label: available_connections, atMost: 0 }
          action: { command: { name: close-idle-connections, with: { database: "{labels.database}" } } }
          target: database
          escalateIf: { attempts: 1, againWithin: 1h }
          limits: { perHour: 2, atOnce: 1, targets: 1, coolDown: 10m }
          successWithin: 10m
          mode: suggest
        ---
        apiVersion: nines/v1
        kind: Remediation
        metadata: { name: certificate-expiring }
        spec:
          title: Certificate expires soon
          trigger: { alertName: [CertificateExpiring, CertManagerCertExpirySoon] }
          condition: { label: days_until_expiry, below: 14 }
          action: { command: { name: renew-certificate, with: { domain: "{labels.domain}" } }, timeout: 5m, repeatable: true }
          target: domain
          escalateIf: { attempts: 1 }
          limits: { perHour: 5, atOnce: 1, targets: 5, coolDown: 1h }
          successWithin: 1h
          mode: suggest

        """;
}
