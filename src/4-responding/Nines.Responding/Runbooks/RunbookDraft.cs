using System.Text;
using System.Text.Json;
using Nines.Alerting.Alerts;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Runbooks;

/// <summary>A first runbook from what happened: its alerts, what was suspected, what was decided, what helped. Pure.</summary>
public static class RunbookDraft
{
    private const int MostSteps = 12;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The manifest, as YAML.</summary>
    /// <param name="alertNames">Names of the alerts that it is for.</param>
    /// <param name="alerts">Alerts of those names, for their words.</param>
    /// <param name="incidents">What happened, the newest first.</param>
    /// <param name="now">When it is drafted.</param>
    public static string Of(IReadOnlyList<string> alertNames, IReadOnlyList<Alert> alerts, IReadOnlyList<Incident> incidents, Instant now)
    {
        var services = incidents.SelectMany(i => i.Services).Concat(alerts.Select(a => a.Service)).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        var title = incidents.Count > 0 ? incidents[0].Title : alerts.Count > 0 ? alerts[0].Title : alertNames.Count > 0 ? alertNames[0] : "Say what it is about";
        var text = new StringBuilder();
        text.Append($"# Drafted from {(incidents.Count > 0 ? string.Join(", ", incidents.Select(i => i.Name)) : "its alerts")}. Read it, mend it, then: nines apply -f FILE\n");
        text.Append("apiVersion: nines/v1\nkind: Runbook\n");
        text.Append($"metadata: {{ name: {Slug(alertNames.Count > 0 ? alertNames[0] : "", services.Length > 0 ? services[0] : "", title)} }}\nspec:\n");
        text.Append($"  title: {Quote(title)}\n");
        if (alertNames.Count > 0) text.Append($"  alertName: [{string.Join(", ", alertNames.Select(Quote))}]\n");
        if (services.Length > 0) text.Append($"  services: [{string.Join(", ", services.Select(Quote))}]\n");
        text.Append($"  lastUpdated: {now.InUtc().Date:yyyy-MM-dd}\n  owner: \"\"\n");
        text.Append($"  overview: {Quote(Sentences(alerts.Select(a => $"{a.Title}. {a.Reason}".TrimEnd()).Concat(incidents.Where(i => i.Cause.Length > 0).Select(i => $"{i.Name} was: {i.Cause}"))))}\n");
        text.Append($"  impact: {Quote(Sentences(alerts.Select(a => a.Annotations.GetValueOrDefault("impact", "")).Concat(incidents.SelectMany(i => i.Impact.Select(m => $"In {i.Name} users of {m.Objective} felt it for {(int)(m.Until - m.From).TotalMinutes} minutes.")))))}\n");
        Steps(text, "  diagnosis:\n", Diagnosis(services, incidents));
        Mitigation(text, incidents);
        text.Append("  escalation: { afterMinutes: 30, contact: \"Say whom to call\", contextToProvide: \"What you saw, what you tried, since when\" }\n");
        return text.ToString();
    }

    private static IEnumerable<(string Step, string Command)> Diagnosis(string[] services, IReadOnlyList<Incident> incidents)
    {
        yield return ("Check service health", services.Length > 0 ? $"nines slo list --service {services[0]}" : "");
        yield return ("Check recent deployments", services.Length > 0 ? $"nines change list service:{services[0]}" : "nines change list");
        yield return ("Check dependencies", "");
        foreach (var line in incidents.SelectMany(i => i.Timeline.Where(l => l.Kind == TimelineKind.Change).Select(l => $"Is it this again? {i.Name}: {l.Text}")).Distinct(StringComparer.Ordinal).Take(MostSteps)) yield return (line, "");
        foreach (var incident in incidents.Where(i => i.Cause.Length > 0).Take(MostSteps)) yield return ($"Is it this again? {incident.Name}: {incident.Cause}", "");
    }

    private static void Mitigation(StringBuilder text, IReadOnlyList<Incident> incidents)
    {
        var options = incidents.SelectMany(i => (i.Helped.Length > 0 ? [(Name: i.Helped, When: $"It helped in {i.Name}.")] : Array.Empty<(string Name, string When)>())
                .Concat(i.Timeline.Where(l => l.Kind == TimelineKind.Decision).Select(l => (Name: l.Text, When: $"It was tried in {i.Name}."))))
            .DistinctBy(o => o.Name, StringComparer.OrdinalIgnoreCase).Take(MostSteps).ToArray();
        if (options.Length == 0) options = [("Rollback", "Recent deployment suspected"), ("Scale up", "Traffic spike"), ("Failover", "Single component failure")];
        text.Append("  mitigation:\n");
        foreach (var (name, when) in options) text.Append($"    - option: {Quote(name)}\n      when: {Quote(when)}\n      steps: []\n");
    }

    private static void Steps(StringBuilder text, string head, IEnumerable<(string Step, string Command)> steps)
    {
        text.Append(head);
        foreach (var (step, command) in steps)
        {
            text.Append($"    - step: {Quote(step)}\n");
            if (command.Length > 0) text.Append($"      command: {Quote(command)}\n");
            text.Append("      expected: \"\"\n      ifUnexpected: \"\"\n");
        }
    }

    private static string Sentences(IEnumerable<string> all) => string.Join(" ", all.Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).Take(MostSteps));

    // JSON's quoted text is YAML's, too: nothing that somebody typed can end it.
    private static string Quote(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static string Slug(string alert, string service, string title)
    {
        var words = alert.Length > 0 ? $"{service} {alert}" : title;
        var slug = string.Join('-', new string([.. words.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length == 0 ? "runbook" : slug[..Math.Min(slug.Length, 60)].TrimEnd('-');
    }
}
