using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Paging.Schedules;

namespace Nines.Paging.Escalations;

/// <summary>The policy that a page follows.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Primary">The schedule of its role <c>primary</c>; null where there is none.</param>
/// <param name="Secondary">The schedule of its role <c>secondary</c>; null where there is none.</param>
/// <param name="Reason">Why this one, in sentences.</param>
public sealed record ChosenPolicy(EscalationPolicy Policy, string? Primary, string? Secondary, string Reason);

/// <summary>Which policy a page follows: what its route names, else the service's <c>oncall</c>, else its team's, else what ships.</summary>
public static class PolicyChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="named">The policy that the route names; empty for none.</param>
    /// <param name="service">The page's service; may be unknown or empty.</param>
    /// <param name="catalog">Everything that is described.</param>
    public static ChosenPolicy Of(string named, string service, ManifestSet catalog)
    {
        var reasons = new List<string>();
        var entry = service.Length > 0 ? CatalogView.Of(catalog).Service(service)?.Service : null;
        var team = entry?.OwnerTeam is { } owner ? catalog.Find<Team>(owner) : null;
        var schedule = ScheduleOf(entry?.OncallRotation, catalog) ?? ScheduleOf(team?.Oncall, catalog);
        foreach (var (name, says) in Names(named, entry, team))
        {
            if (catalog.Find<EscalationPolicy>(name) is { } policy) return Chosen(policy, schedule, [.. reasons, $"{says} the escalation policy {name}."]);
            if (catalog.Find<Schedule>(name) is { } rota) return Chosen(ShippedPolicy.Policy, rota, [.. reasons, $"{says} the schedule {name}."]);
            reasons.Add($"{says} {name}, which is neither an escalation policy nor a schedule.");
        }

        reasons.Add(service.Length == 0 ? "The alert names no service, so the shipped policy counts."
            : entry is null ? $"{service} is not in the catalog, so the shipped policy counts."
            : $"{service} names no escalation policy, so the shipped one counts.");
        return Chosen(ShippedPolicy.Policy, schedule, reasons);
    }

    private static IEnumerable<(string Name, string Says)> Names(string named, Service? service, Team? team)
    {
        if (named.Length > 0) yield return (named, "The route names");
        if (service?.OncallRotation is { } own) yield return (own, $"{service.Name} names");
        if (team?.Oncall is { } theirs) yield return (theirs, $"{team.Name} names");
    }

    private static Schedule? ScheduleOf(string? name, ManifestSet catalog) => name is null ? null : catalog.Find<Schedule>(name);

    private static ChosenPolicy Chosen(EscalationPolicy policy, Schedule? schedule, IEnumerable<string> reasons) =>
        new(policy, schedule?.Name, schedule?.Secondary, string.Join(' ', reasons));
}
