using System.Text.Json;
using System.Text.RegularExpressions;
using Nines.Alerting.Silences;

namespace Nines.Paging.Imports.Sources;

/// <summary>
/// What Opsgenie does with an alert before somebody is called: ignore actions of integrations, suppressing policies, routing
/// rules of the team that an integration belongs to. In this order they become branches below the integration's own.
/// </summary>
internal sealed class OpsgenieRoutes(ImportDraft draft, Func<JsonElement?, string?> called)
{
    private static readonly string[] LabelFields = ["entity", "source", "priority"];
    private static readonly string[] LabelDetails = ["alertname", "severity", "job", "instance", "cluster", "namespace", "service"];

    /// <summary>Reads integrations, their actions, policies and team routing rules.</summary>
    public void Read(IReadOnlyList<JsonElement> all)
    {
        var rules = all.Where(IsRule).ToArray();
        var actions = all.Where(e => e.At("ignore") is { ValueKind: JsonValueKind.Array } || e.At("create") is { ValueKind: JsonValueKind.Array }).ToArray();
        var integrations = all.Where(e => e.At("enabled") is not null && e.Text("type").Length > 0 && e.Text("type") is not ("alert" or "notification") && e.Text("name").Length > 0 && e.At("rotations") is null && e.At("filter") is null && !IsRule(e)).ToArray();
        DraftBranch[] suppressed = [.. all.Where(e => e.Text("type") is "alert" or "notification" && e.At("filter") is not null).SelectMany(Policy)];
        if (suppressed.Length > 0) draft.Branches.AddRange(suppressed);
        foreach (var integration in integrations) Integration(integration, actions, [.. rules.Select(r => (r, Team(r, all)))]);
        if (rules.Length > 0 && integrations.Length == 0)
            draft.Found($"{rules.Length} routing rules of teams are in these files, but no integration that says which alerts come to the team; they are not taken.", "Save /v2/integrations and /v2/integrations/ID as well.");
    }

    private static bool IsRule(JsonElement e) => e.At("notify") is { ValueKind: JsonValueKind.Object } && e.At("criteria") is not null;

    private void Integration(JsonElement integration, JsonElement[] actions, (JsonElement Rule, string Team)[] rules)
    {
        var (id, title) = (integration.Text("id"), integration.Text("name"));
        if (integration.Text("enabled") == "false")
        {
            draft.Found($"The integration {title} is switched off in Opsgenie and not taken.");
            return;
        }

        var name = draft.NameOf("Integration", id, title);
        draft.Integrations.Add(new(name, title, "opsgenie", "", true));
        draft.Found($"The key of {name} is not written down.", $"Start Nines with {DraftText.KeyName(name)} set to it; its sender keeps its key and changes the host to …/opsgenie.");
        var team = integration.At("ownerTeam").At("id").Text() is { Length: > 0 } owner ? owner : integration.Text("teamId");
        var below = actions.Where(a => a.At("_parent").At("id").Text() == id).SelectMany(a => Actions(a, name)).ToList();
        var fallback = "";
        foreach (var rule in rules.Where(r => r.Team.Length > 0 && r.Team == team).Select(r => r.Rule).OrderBy(r => r.Text("isDefault") == "true").ThenBy(r => r.Whole("order")))
        {
            var target = called(rule.At("notify"));
            var none = rule.At("notify").At("type").Text() == "none";
            if (target is null && !none) draft.Found($"The routing rule {rule.Text("name")} calls {rule.At("notify").At("name").Text()}, which is not in these files, and is not taken.", "Save /v2/escalations and /v2/schedules as well.");
            else if (rule.At("timeRestriction") is { ValueKind: JsonValueKind.Object }) draft.Found($"The routing rule {rule.Text("name")} holds only at some hours, and is not taken.", $"Write an interval and a branch with active: below {name} in routing.yaml.");
            else if (rule.At("criteria").At("type").Text() == "match-all") fallback = target ?? "";
            else below.AddRange(Branches(rule.At("criteria"), $"rule {rule.Text("name")}", ImportDraft.Slug(rule.Text("name")), target ?? "", none ? "log" : ""));
        }

        if (below.Count > 0 || fallback.Length > 0) draft.Branches.Add(new(name, [RouteTerms.Of("integration", name)], fallback, "", Distinct(below)));
    }

    /// <summary>The team of a rule: the answer does not say it, what it calls belongs to one.</summary>
    private static string Team(JsonElement rule, IReadOnlyList<JsonElement> all)
    {
        if (rule.At("_parent").At("id").Text() is { Length: > 0 } parent) return parent;
        var id = rule.At("notify").At("id").Text();
        return id.Length == 0 ? "" : all.Where(e => e.Text("id") == id).Select(e => e.At("ownerTeam").At("id").Text()).FirstOrDefault(t => t.Length > 0) ?? "";
    }

    private IEnumerable<DraftBranch> Actions(JsonElement actions, string integration)
    {
        foreach (var ignore in actions.List("ignore"))
            foreach (var branch in Branches(ignore.At("filter"), $"ignore action {ignore.Text("name")} of {integration}", "ignore-" + ImportDraft.Slug(ignore.Text("name")), "", "log")) yield return branch;
        foreach (var create in actions.List("create").Where(c => c.At("priority") is not null || c.At("customPriority") is not null || c.List("tags").Any()))
            draft.Found($"The create action {create.Text("name")} of {integration} sets priority or tags of its own; here the sender's words count.", "Write severities: into the Integration, or severity: into a branch.");
        if (actions.List("addNote").Concat(actions.List("close")).Any(a => a.At("filter").At("conditions").List().Any())) draft.Found($"Close and note actions of {integration} have filters; here its sender's own close and note requests count.");
    }

    private IEnumerable<DraftBranch> Policy(JsonElement policy)
    {
        var name = policy.Text("name");
        if (policy.Text("suppress") == "true") return Branches(policy.At("filter"), $"policy {name}", "suppress-" + ImportDraft.Slug(name), "", "log");
        var does = policy.Text("updatePriority") == "true" ? $"sets the priority {policy.Text("priorityValue")}" : policy.Text("type") == "notification" ? "delays, closes or repeats notifications" : "rewrites alerts";
        draft.Found($"The {policy.Text("type")} policy {name} {does}, and is not taken.", "Write severity:, groupWait: or repeatInterval: into a branch that matches the same alerts.");
        return [];
    }

    /// <summary>One branch where all conditions must fit, one for each where any may.</summary>
    private IEnumerable<DraftBranch> Branches(JsonElement? filter, string title, string name, string escalation, string severity)
    {
        var type = filter.At("type").Text() is { Length: > 0 } given ? given : filter.At("conditionMatchType").Text();
        if (type is "match-all" or "") return [new(name, [], escalation, severity, [])];
        var matchers = new List<string>();
        foreach (var condition in filter.At("conditions").List())
        {
            if (Condition(condition) is { } matcher) matchers.Add(matcher);
            else
            {
                draft.Found($"The {title} asks for {condition.Text("field")}{(condition.Text("key") is { Length: > 0 } key ? "." + key : "")} {condition.Text("operation")} \"{condition.Text("expectedValue")}\", which no label says here, and is not taken.", "Let the sender say it as a detail such as severity or service, or write a branch by hand.");
                return [];
            }
        }

        if (type == "match-all-conditions") return [new(name, matchers, escalation, severity, [])];
        return matchers.Select((m, i) => new DraftBranch($"{name}-{i + 1}", [m], escalation, severity, []));
    }

    private static string? Condition(JsonElement condition)
    {
        var (field, value, not) = (condition.Text("field"), condition.Text("expectedValue"), condition.Text("not") == "true");
        var label = LabelFields.Contains(field, StringComparer.Ordinal) ? field : field is "details" or "extra-properties" && LabelDetails.Contains(condition.Text("key"), StringComparer.Ordinal) ? condition.Text("key") : "";
        if (label.Length == 0) return null;
        var (equal, regex) = not ? (MatchKind.NotEqual, MatchKind.NotRegex) : (MatchKind.Equal, MatchKind.Regex);
        return condition.Text("operation") switch
        {
            "equals" => RouteTerms.Matcher(label, equal, value),
            "contains" => RouteTerms.Matcher(label, regex, RouteTerms.Containing(value)),
            "starts-with" => RouteTerms.Matcher(label, regex, Regex.Escape(value) + ".*"),
            "ends-with" => RouteTerms.Matcher(label, regex, ".*" + Regex.Escape(value)),
            "matches" => RouteTerms.Matcher(label, regex, value),
            "is-empty" => RouteTerms.Matcher(label, equal, ""),
            "greater-than" or "less-than" when label == "priority" => Louder(value, condition.Text("operation") == "greater-than") is { Length: > 0 } words ? RouteTerms.Matcher(label, regex, words) : null,
            _ => null,
        };
    }

    /// <summary>Priorities above or below one, P1 the highest.</summary>
    private static string Louder(string than, bool above) => than is ['P', var digit and >= '1' and <= '5'] ? string.Join('|', "12345".Where(d => above ? d < digit : d > digit).Select(d => $"P{d}")) : "";

    /// <summary>Siblings of one name get numbers.</summary>
    private static DraftBranch[] Distinct(IReadOnlyList<DraftBranch> all) => [.. all.Select((b, i) => all.Take(i).Any(o => o.Name == b.Name) ? b with { Name = $"{b.Name}-{i + 1}" } : b)];
}
