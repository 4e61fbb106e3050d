using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Pages;

namespace Nines.Paging.Escalations.Ui;

/// <summary>The page of escalation policies: who would be called about a service, level by level.</summary>
internal static class PoliciesPages
{
    // A choice of more is no choice; the address takes any.
    private const int MostServices = 300;

    public static void Register(Registration room)
    {
        room.Services.AddSingleton(new LoopPlace(Loop.Page, "Escalation", "/oncall/policies", "more", Order: 25));
        room.Get("/oncall/policies", Permission.Read("escalations"), Show);
    }

    private static PageResult<PoliciesPage> Show(HttpContext http, IHouse house, EscalationPlans plans, CompiledManifests manifests, TimeProvider clock)
    {
        var state = house.State;
        var catalog = manifests.Catalog(state);
        var service = http.Request.Query.TryGetValue("service", out var asked) ? asked.ToString() : catalog.Services.Select(s => s.Service.Name).FirstOrDefault() ?? "";
        var all = manifests.For(state);
        return new(new Dictionary<string, object?>
        {
            ["Policies"] = all.Of<EscalationPolicy>().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => plans.Plan(state, "", p.Name, clock.Now())).ToArray(),
            ["Asked"] = plans.Plan(state, service, "", clock.Now()),
            ["Services"] = catalog.Services.Take(MostServices).Select(s => (s.Service.Name, s.Service.Name)).ToArray(),
            ["Names"] = catalog.People.ToDictionary(p => p.Name, p => p.DisplayName),
        });
    }
}
