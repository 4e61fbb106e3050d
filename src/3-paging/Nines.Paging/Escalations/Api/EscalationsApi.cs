using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Paging.Escalations.Api;

/// <summary>Who would be called, over HTTP.</summary>
internal static class EscalationsApi
{
    /// <summary><c>?service=</c>, and <c>?policy=</c> where a route names one.</summary>
    public static IResult Show(HttpRequest request, IHouse house, EscalationPlans plans, TimeProvider clock)
    {
        var (service, policy) = (request.Query["service"].ToString(), request.Query["policy"].ToString());
        return service.Length == 0 && policy.Length == 0
            ? Answers.Refuse(Problem.Invalid("Ask for a service.", "Write ?service=NAME.", "service"))
            : Results.Json(plans.Plan(house.State, service, policy, clock.Now()), HouseJson.Options);
    }
}
