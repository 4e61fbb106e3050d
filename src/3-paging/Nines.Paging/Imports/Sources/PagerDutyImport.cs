using System.Text.Json;

namespace Nines.Paging.Imports.Sources;

/// <summary>
/// Reads answers of PagerDuty's REST API: users, teams, schedules (with layers), escalation_policies, services, in one file
/// or several.
/// </summary>
internal sealed class PagerDutyImport(ImportDraft draft) : IImportSource
{
    private static readonly string[] Known = ["users", "teams", "schedules", "schedule", "escalation_policies", "escalation_policy", "services", "user", "overrides"];

    public void Read(IReadOnlyList<JsonElement> files)
    {
        foreach (var user in All(files, "users", "user")) User(user);
        foreach (var team in All(files, "teams", "team")) Team(team, files);
        foreach (var schedule in All(files, "schedules", "schedule")) Schedule(schedule);
        foreach (var policy in All(files, "escalation_policies", "escalation_policy")) Policy(policy);
        foreach (var service in All(files, "services", "service")) Service(service);
        foreach (var file in files.Where(f => f.ValueKind != JsonValueKind.Object || !Known.Any(k => f.TryGetProperty(k, out _))))
            draft.Found("A file holds nothing that PagerDuty's API answers.", $"Save answers with one of {string.Join(", ", Known[..5])} in them.");
    }

    private static IEnumerable<JsonElement> All(IReadOnlyList<JsonElement> files, string list, string one) =>
        files.SelectMany(f => f.List(list).Concat(f.At(one) is { ValueKind: JsonValueKind.Object } single ? [single] : []));

    private void User(JsonElement user)
    {
        var (id, title, email) = (user.Text("id"), user.Text("name"), user.Text("email"));
        var name = draft.NameOf("Person", id, email.Contains('@') ? email[..email.IndexOf('@', StringComparison.Ordinal)] : title);
        var contacts = new List<(string, string, string)>();
        var byMethod = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var method in user.List("contact_methods"))
        {
            var kind = method.Text("type").Split('_')[0] switch { "email" => "email", "phone" => "voice", "sms" => "sms", "push" => "push", _ => "" };
            var to = kind is "voice" or "sms" ? $"+{method.Text("country_code")}{method.Text("address")}" : method.Text("address");
            if (kind == "push") byMethod[method.Text("id")] = "push";
            else if (kind.Length == 0) draft.Found($"A contact of {title} is of the kind {method.Text("type")} and not taken.");
            else byMethod[method.Text("id")] = Add(kind, to);
        }

        if (contacts.TrueForAll(c => c.Item2 != "email") && email.Length > 0) Add("email", email);
        if (byMethod.ContainsValue("push")) draft.Found($"{title} is told by push on PagerDuty's app.", "A phone signs up by itself: open /people/NAME/contacts on it.");
        draft.People.Add(new(name, title, user.Text("time_zone"), contacts, Rules(user, byMethod, "high"), Rules(user, byMethod, "low")));

        string Add(string kind, string to)
        {
            var contact = contacts.Exists(c => c.Item1 == kind) ? $"{kind}-number-{contacts.Count + 1}" : kind;
            contacts.Add((contact, kind, to));
            return contact;
        }
    }

    private static IReadOnlyList<(string, int)> Rules(JsonElement user, Dictionary<string, string> byMethod, string urgency) =>
        [.. user.List("notification_rules").Where(r => r.Text("urgency") == urgency)
            .Select(r => (Contact: byMethod.GetValueOrDefault(r.At("contact_method").At("id").Text()) ?? "", r.Whole("start_delay_in_minutes")))
            .Where(r => r.Contact.Length > 0).Distinct()];

    private void Team(JsonElement team, IReadOnlyList<JsonElement> files)
    {
        var id = team.Text("id");
        var members = All(files, "users", "user").Where(u => u.List("teams").Any(t => t.Text("id") == id)).Select(u => draft.Find("Person", u.Text("id"))).OfType<string>().ToArray();
        if (members.Length == 0) draft.Found($"The team {team.Text("name")} has no members in these files.", "Save users with their teams: /users?include[]=teams.");
        draft.Teams.Add(new(draft.NameOf("Team", id, team.Text("name")), team.Text("name"), team.Text("description"), members));
    }

    private void Schedule(JsonElement schedule)
    {
        var (title, zone) = (schedule.Text("name"), schedule.Text("time_zone"));
        var layers = new List<DraftLayer>();
        // The API lists the topmost layer first; here a later layer lies over an earlier one.
        foreach (var layer in schedule.List("schedule_layers").Reverse())
            if (Layer(layer, title, zone) is { } read) layers.Add(read);
        var overrides = schedule.At("overrides_subschedule").At("rendered_schedule_entries").List().Concat(schedule.List("overrides"))
            .Select(e => (From: ImportJson.Moment(e.Text("start")), Until: ImportJson.Moment(e.Text("end")), Person: draft.Find("Person", e.At("user").At("id").Text())))
            .Where(e => e.From is not null && e.Until > e.From && e.Person is not null).Select(e => (e.From!.Value, e.Until!.Value, (IReadOnlyList<string>)[e.Person!])).ToArray();
        if (overrides.Length > 0) layers.Add(new() { Name = "overrides", Shifts = overrides });
        if (layers.Count == 0)
        {
            draft.Found($"The schedule {title} has no layers in these files.", "Save each with its layers: /schedules/ID.");
            return;
        }

        var team = schedule.List("teams").Select(t => draft.Find("Team", t.Text("id"))).FirstOrDefault(t => t is not null) ?? "";
        draft.Schedules.Add(new(draft.NameOf("Schedule", schedule.Text("id"), title), title, schedule.Text("description"), zone, team, layers));
    }

    private DraftLayer? Layer(JsonElement layer, string schedule, string zone)
    {
        var name = layer.Text("name");
        var people = layer.List("users").Select(u => draft.Find("Person", u.At("user").At("id").Text()) ?? Missing(u)).ToArray();
        var start = ImportJson.Local(layer.Text("rotation_virtual_start"), zone) ?? ImportJson.Local(layer.Text("start"), zone);
        if (TurnLength.OfSeconds(layer.Whole("rotation_turn_length_seconds")) is not { } turn || start is null || people.Length == 0)
        {
            draft.Found($"The layer {name} of {schedule} has turns of {layer.Text("rotation_turn_length_seconds")} s and {people.Length} people, and is not taken.", "Write it by hand.");
            return null;
        }

        return new()
        {
            Name = name,
            Turn = turn.Turn,
            Length = turn.Length,
            Start = start.Value,
            Slots = [.. people.Select(p => (IReadOnlyList<string>)[p])],
            Hours = [.. layer.List("restrictions").Select(Hours).OfType<DraftHours>()],
            From = ImportJson.Local(layer.Text("start"), zone) is { } from && from > start ? from : null,
            Until = ImportJson.Local(layer.Text("end"), zone),
        };

        string Missing(JsonElement user)
        {
            var title = user.At("user").At("summary").Text();
            draft.Found($"{title} has turns in {schedule}, but is not in these files.", "Save /users as well; until then these turns are nobody's.");
            return draft.NameOf("Person", user.At("user").At("id").Text(), title);
        }
    }

    private static DraftHours? Hours(JsonElement restriction)
    {
        var (from, seconds) = (restriction.Text("start_time_of_day"), restriction.Whole("duration_seconds"));
        return restriction.Text("type") == "weekly_restriction" ? WeekHours.Weekly(Math.Clamp(restriction.Whole("start_day_of_week", 1), 1, 7) - 1, from, seconds) : WeekHours.Daily([], from, seconds);
    }

    private void Policy(JsonElement policy)
    {
        var title = policy.Text("name");
        var steps = new List<DraftStep>();
        foreach (var rule in policy.List("escalation_rules"))
        {
            var targets = rule.List("targets").Select(Target).OfType<DraftTarget>().ToArray();
            if (targets.Length == 0) draft.Found($"A step of {title} names nobody who was imported; it is left out.");
            else steps.Add(new(targets, rule.Whole("escalation_delay_in_minutes", 30), rule.At("escalation_rule_assignment_strategy").At("type").Text() == "round_robin"));
        }

        if (steps.Count > 0) draft.Policies.Add(new(draft.NameOf("EscalationPolicy", policy.Text("id"), title), steps, policy.Whole("num_loops") + 1));

        DraftTarget? Target(JsonElement target) => target.Text("type").StartsWith("schedule", StringComparison.Ordinal)
            ? draft.Find("Schedule", target.Text("id")) is { } schedule ? new("schedule", schedule) : Lost(target)
            : draft.Find("Person", target.Text("id")) is { } person ? new("person", person) : Lost(target);

        DraftTarget? Lost(JsonElement target)
        {
            draft.Found($"{title} calls {target.Text("summary")}, which is not in these files.", "Save it as well.");
            return null;
        }
    }

    private void Service(JsonElement service)
    {
        var title = service.Text("name");
        var name = draft.NameOf("Service", service.Text("id"), title);
        var team = service.List("teams").Select(t => draft.Find("Team", t.Text("id"))).FirstOrDefault(t => t is not null) ?? "";
        draft.Services.Add(new(name, title, service.Text("description"), team, draft.Find("EscalationPolicy", service.At("escalation_policy").At("id").Text()) ?? ""));
        if (service.Whole("auto_resolve_timeout") > 0) draft.Found($"{title} resolves by itself after {service.Whole("auto_resolve_timeout") / 60} min.", "Write resolveAfter: into its integrations where that is wanted.");
        foreach (var integration in service.List("integrations"))
        {
            var type = integration.Text("type");
            var made = draft.NameOf("Integration", integration.Text("id"), $"{title} {integration.Text("summary")}");
            if (!type.Contains("events_api_v2", StringComparison.Ordinal)) draft.Found($"The integration {integration.Text("summary")} of {title} is of the type {type} and not taken.", "Send by Events API v2, or see nines explain Integration.");
            else
            {
                draft.Integrations.Add(new(made, $"{title}: {integration.Text("summary")}", "pagerduty", name, true));
                draft.Found($"The key of {made} is not written down.", $"Start Nines with {DraftText.KeyName(made)} set to it, and the sender keeps its key.");
            }
        }
    }
}
