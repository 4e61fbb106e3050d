using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>The alert that a rule raises when it gives up: whoever is on call for the service is paged. Pure.</summary>
public static class RemedyPage
{
    /// <summary>Who raises it; nothing is ever done about such an alert.</summary>
    public const string Source = "remediation";

    /// <summary>The alert.</summary>
    public static Incoming Alert(RemediationRule rule, Alert about, string target, string reason, Instant now) => new()
    {
        Labels = Labels(rule.Name, about.Service, target),
        Severity = AlertSeverity.Page,
        Source = Source,
        Service = about.Service,
        Title = $"{rule.Title} does not mend {target}: {about.Title}",
        Reason = reason,
        StartedAt = now,
        Annotations = ImmutableSortedDictionary<string, string>.Empty.Add("alert", "/alerts/" + about.Id).Add("remediation", "/remediation"),
    };

    /// <summary>What identifies it.</summary>
    public static AlertLabels Labels(string rule, string service, string target) => AlertLabels.Of(("alertname", "RemediationGaveUp"), ("remediation", rule), ("service", service), ("severity", "page"), ("target", target));
}
