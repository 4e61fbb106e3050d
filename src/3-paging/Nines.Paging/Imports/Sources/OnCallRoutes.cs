using System.Text.Json;

namespace Nines.Paging.Imports.Sources;

/// <summary>
/// Grafana OnCall's routes (<c>/api/v1/routes</c>): each integration becomes a branch of the tree, its routes branches below in
/// their order, its last route what the branch itself calls.
/// </summary>
internal sealed class OnCallRoutes(ImportDraft draft)
{
    /// <summary>Reads the routes of all integrations; those without routes keep their default.</summary>
    public void Read(IReadOnlyList<JsonElement> all)
    {
        var routes = all.Where(e => e.At("integration_id") is not null && (e.At("routing_regex") is not null || e.At("is_the_last_route") is not null) && e.At("alerts_count") is null).ToLookup(e => e.Text("integration_id"));
        foreach (var integration in all.Where(e => e.At("default_route") is not null))
        {
            if (draft.Find("Integration", integration.Text("id")) is not { } name) continue;
            var last = routes[integration.Text("id")].FirstOrDefault(r => r.Text("is_the_last_route") == "true");
            var fallback = Chain(last.ValueKind == JsonValueKind.Object ? last : integration.At("default_route") ?? default, name, "default route");
            var below = routes[integration.Text("id")].Where(r => r.Text("is_the_last_route") != "true").OrderBy(r => r.Whole("position")).SelectMany(r => Route(r, name)).ToArray();
            if (below.Length == 0 && fallback is not { Length: > 0 }) continue;
            draft.Branches.Add(new(name, [RouteTerms.Of("integration", name)], fallback ?? "", "", below));
        }
    }

    private IEnumerable<DraftBranch> Route(JsonElement route, string integration)
    {
        var (position, written) = (route.Whole("position"), route.Text("routing_regex"));
        var title = $"route {position} of {integration}";
        var read = route.Text("routing_type") == "jinja2" || written.TrimStart().StartsWith("{{", StringComparison.Ordinal) ? RouteTerms.Jinja(written) : RouteTerms.Payload(written) is { } one ? [one] : null;
        if (read is null)
        {
            draft.Found($"The {title} asks more of the payload than labels say, and is not taken: {(written.Length <= 120 ? written : written[..120] + "…")}", $"Write a branch below {integration} in routing.yaml, with matchers of labels, and put it at its place: the ones behind it were asked after it.");
            yield break;
        }

        var chain = Chain(route, integration, title);
        if (chain is null) yield break;
        for (var i = 0; i < read.Count; i++)
            yield return new($"route-{position + 1}{(read.Count > 1 ? $"-{i + 1}" : "")}", read[i], chain, chain.Length == 0 ? "log" : "", []);
    }

    /// <summary>The policy of a route; empty where it calls nobody, null where its chain is not in these files.</summary>
    private string? Chain(JsonElement route, string integration, string title)
    {
        var id = route.Text("escalation_chain_id");
        if (id.Length == 0)
        {
            draft.Found($"The {(title.StartsWith("route", StringComparison.Ordinal) ? title : $"{title} of {integration}")} has no escalation chain in Grafana OnCall.", title.StartsWith("route", StringComparison.Ordinal) ? "Here it is of severity log: listed, and nobody is called." : "Here the alert's service says who is called.");
            return "";
        }

        if (draft.Find("EscalationPolicy", id) is { } policy) return policy;
        draft.Found($"The {(title.StartsWith("route", StringComparison.Ordinal) ? title : $"{title} of {integration}")} calls a chain that is not in these files, and is not taken.", "Save escalation_chains and escalation_policies as well.");
        return null;
    }
}
