using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>
/// When a page becomes an incident by itself: it is still open so long after it rang first, about such a service. None
/// ships: a house that wants it says so.
/// </summary>
/// <param name="Tiers">Tiers of services; empty for every tier.</param>
/// <param name="Services">Services; empty for every one.</param>
/// <param name="After">So long after it began.</param>
public sealed record DeclareRule(ImmutableArray<ServiceTier> Tiers, ImmutableArray<string> Services, Duration After)
{
    /// <summary>When a page becomes an incident by one of the rules; null for never.</summary>
    /// <param name="rules">The house's rules.</param>
    /// <param name="page">The page.</param>
    /// <param name="catalog">The services.</param>
    public static Instant? DueAt(ImmutableArray<DeclareRule> rules, Page page, CatalogView catalog)
    {
        if (page is not { EndedAt: null, Severity: AlertSeverity.Page, MergedInto.Length: 0, Shadow.Length: 0 }) return null;
        var tier = catalog.Service(page.Service)?.Service.Tier;
        Instant? due = null;
        foreach (var rule in rules)
        {
            if (!rule.Services.IsEmpty && !rule.Services.Contains(page.Service, StringComparer.Ordinal)) continue;
            if (!rule.Tiers.IsEmpty && (tier is not { } known || !rule.Tiers.Contains(known))) continue;
            if (due is null || page.OpenedAt + rule.After < due) due = page.OpenedAt + rule.After;
        }

        return due;
    }
}
