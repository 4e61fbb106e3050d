namespace Nines.Alerting.Alerts;

/// <summary>
/// What the routing tree sees of an alert: its labels, and what Nines found out about it, so that an alert without
/// identity labels can be routed, too. <c>service</c> is the service that Nines found where the alert names none;
/// <c>nines_severity</c> is page, ticket or log, <c>nines_source</c> who found it. Labels that a branch sets lie over it.
/// </summary>
/// <param name="Labels">What identifies the alert.</param>
/// <param name="Severity">How loud its sender is.</param>
/// <param name="Service">The service that Nines found; empty where nobody said.</param>
/// <param name="Source">Who found it.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct RouteFacts(AlertLabels Labels, AlertSeverity Severity, string Service, string Source)
{
    /// <summary>The facts of something that is reported.</summary>
    public static RouteFacts Of(Incoming incoming) => new(incoming.Labels, incoming.Severity, incoming.Service, incoming.Source);

    /// <summary>The facts of an alert.</summary>
    public static RouteFacts Of(Alert alert) => new(alert.Labels, alert.Severity, alert.Service, alert.Source);

    /// <summary>One fact; empty where there is none.</summary>
    public string this[string name]
    {
        get
        {
            var value = Labels[name];
            if (value.Length > 0) return value;
            return name switch
            {
                "service" => Service,
                "nines_severity" => Severity.Word(),
                "nines_source" => Source,
                _ => "",
            };
        }
    }
}
