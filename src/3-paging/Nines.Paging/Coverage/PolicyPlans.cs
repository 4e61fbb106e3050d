using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Paging.Escalations;
using Nines.Paging.Notifications;

namespace Nines.Paging.Coverage;

/// <summary>
/// Plans by the routing tree and the escalation policies: what <see cref="StepTargets"/> decides for one moment, written
/// down for every moment. That both say the same is a law (tests).
/// </summary>
public sealed class PolicyPlans(AlertRoutes routes, IOptions<EscalationsOptions> escalations, IOptions<NotificationsOptions> notifications) : ICalledPlans
{
    /// <inheritdoc />
    public IReadOnlyList<CalledPlan> Of(ManifestSet all, Func<Person, bool> hasContact)
    {
        var table = routes.For(all);
        var plans = new List<CalledPlan>();
        foreach (var service in CatalogView.Of(all).Services.Select(s => s.Service.Name).Prepend(""))
        {
            var route = table.Take(new(service.Length > 0 ? AlertLabels.Of(("service", service)) : AlertLabels.None, AlertSeverity.Page, service, ""), out _);
            plans.Add(OfPage(route, service, all, hasContact));
        }

        return plans;
    }

    private CalledPlan OfPage(Route route, string service, ManifestSet all, Func<Person, bool> hasContact)
    {
        if (route.Severity != AlertSeverity.Page) return new(service, "page", $"The route {route.Name} makes a {route.Severity.Word()} of it.", []);
        var chosen = PolicyChoice.Of(route.Escalation, service, all);
        var people = new StepSources(chosen, service, all, escalations.Value.Cto, notifications.Value.Owner, hasContact);
        return new(service, "page", chosen.Policy.Name, [.. chosen.Policy.Steps.Select(people.Of)]);
    }
}
