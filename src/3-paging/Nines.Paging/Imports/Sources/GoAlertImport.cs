using System.Text.Json;
using NodaTime;

namespace Nines.Paging.Imports.Sources;

/// <summary>
/// Reads answers of GoAlert's GraphQL API: users, rotations, schedules (targets with rules), userOverrides,
/// escalationPolicies, services. All targets of a schedule are on call at the same time there; here each rotation becomes a
/// schedule where there is more than one.
/// </summary>
internal sealed class GoAlertImport(ImportDraft draft) : IImportSource
{
    private static readonly string[] SundayFirst = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private readonly Dictionary<string, JsonElement> _rotations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _schedules = new(StringComparer.Ordinal);

    public void Read(IReadOnlyList<JsonElement> files)
    {
        foreach (var user in Nodes(files, "users")) User(user);
        foreach (var rotation in Nodes(files, "rotations")) _rotations[rotation.Text("id")] = rotation;
        var overrides = Nodes(files, "userOverrides").ToArray();
        foreach (var schedule in Nodes(files, "schedules")) Schedule(schedule, overrides);
        foreach (var policy in Nodes(files, "escalationPolicies")) Policy(policy);
        foreach (var service in Nodes(files, "services")) Service(service);
        if (draft.People.Count + draft.Schedules.Count + draft.Policies.Count == 0) draft.Found("These files hold nothing that GoAlert's API answers.", "Save the answer of a query for users, rotations, schedules, escalationPolicies and services, each with its nodes.");
    }

    private static IEnumerable<JsonElement> Nodes(IReadOnlyList<JsonElement> files, string name) =>
        files.SelectMany(f => (f.At("data") ?? f).At(name) is { } found ? found.ValueKind == JsonValueKind.Array ? found.EnumerateArray() : found.List("nodes") : []);

    private void User(JsonElement user)
    {
        var (title, email) = (user.Text("name"), user.Text("email"));
        var contacts = new List<(string, string, string)>();
        foreach (var method in user.List("contactMethods"))
        {
            var kind = method.Text("type") switch { "SMS" => "sms", "VOICE" => "voice", "EMAIL" => "email", _ => "" };
            if (kind.Length == 0) draft.Found($"A contact of {title} is of the type {method.Text("type")} and not taken.");
            else contacts.Add((contacts.Exists(c => c.Item1 == kind) ? $"{kind}-number-{contacts.Count + 1}" : kind, kind, method.Text("value")));
        }

        if (contacts.TrueForAll(c => c.Item2 != "email") && email.Length > 0) contacts.Add(("email", "email", email));
        draft.People.Add(new(draft.NameOf("Person", user.Text("id"), email.Contains('@') ? email[..email.IndexOf('@', StringComparison.Ordinal)] : title), title, "", contacts, [], []));
    }

    private void Schedule(JsonElement schedule, IReadOnlyList<JsonElement> overrides)
    {
        var (id, title, zone) = (schedule.Text("id"), schedule.Text("name"), schedule.Text("timeZone"));
        var layers = schedule.List("targets").Select(t => Layer(t, title, zone)).OfType<DraftLayer>().ToArray();
        if (layers.Length == 0)
        {
            draft.Found($"The schedule {title} has no target that could be taken.", "Save schedules with their targets and rules, and rotations.");
            return;
        }

        var over = new List<(Instant, Instant, IReadOnlyList<string>)>();
        foreach (var one in overrides.Where(o => o.At("target").At("id").Text() == id))
        {
            var (from, until, person) = (ImportJson.Moment(one.Text("start")), ImportJson.Moment(one.Text("end")), draft.Find("Person", one.At("addUser").At("id").Text()));
            if (person is null || until <= from || from is null) draft.Found($"An override of {title} takes somebody off without a replacement, and is not taken.", "Set it with nines oncall override.");
            else over.Add((from.Value, until!.Value, [person]));
        }

        var split = layers.Length > 1;
        if (split) draft.Found($"The {layers.Length} targets of {title} are on call at the same time in GoAlert; each becomes a schedule, and steps that call {title} call them all.");
        if (split && over.Count > 0) draft.Found($"Overrides of {title} stand over its first target only.", "Say over which of the others, too.");
        _schedules[id] = [.. layers.Select((layer, i) =>
        {
            var name = draft.NameOf("Schedule", i == 0 ? id : $"{id}/{i}", split ? $"{title} {layer.Name}" : title);
            draft.Schedules.Add(new(name, split ? $"{title}: {layer.Name}" : title, schedule.Text("description"), zone, "", i == 0 && over.Count > 0 ? [layer, new() { Name = "overrides", Shifts = over }] : [layer]));
            return name;
        })];
    }

    private DraftLayer? Layer(JsonElement target, string schedule, string zone)
    {
        var (id, type, name) = (target.At("target").At("id").Text(), target.At("target").At("type").Text(), target.At("target").At("name").Text());
        var hours = target.List("rules").Select(Hours).OfType<DraftHours>().ToArray();
        if (type == "user" && draft.Find("Person", id) is { } person)
            return new() { Name = name.Length > 0 ? name : person, Turn = "weekly", Start = new(2024, 1, 1, 0, 0), Slots = [[person]], Hours = hours };
        if (!_rotations.TryGetValue(id, out var rotation))
        {
            draft.Found($"{name} ({type}) is on call by {schedule}, but is not in these files; it is left out.", "Save users and rotations as well.");
            return null;
        }

        var ids = rotation.List("userIDs").Select(u => ((JsonElement?)u).Text()).Concat(rotation.List("users").Select(u => u.Text("id")));
        var own = rotation.Text("timeZone");
        var start = ImportJson.Local(rotation.Text("start"), own.Length > 0 ? own : zone);
        if (start is null || rotation.Text("type") is not ("daily" or "weekly" or "hourly" or "monthly"))
        {
            draft.Found($"The rotation {name} of {schedule} is {rotation.Text("type")} and not taken.", "Write it by hand.");
            return null;
        }

        return new()
        {
            Name = name.Length > 0 ? name : rotation.Text("name"),
            Zone = own == zone ? "" : own,
            Turn = rotation.Text("type"),
            Length = Math.Max(1, rotation.Whole("shiftLength", 1)),
            Start = start.Value,
            Slots = [.. ids.Distinct().Select(u => draft.Find("Person", u) is { } found ? (IReadOnlyList<string>)[found] : [])],
            Hours = hours,
        };
    }

    private static DraftHours? Hours(JsonElement rule)
    {
        string[] days = [.. rule.List("weekdayFilter").Select((d, i) => (On: d.ValueKind == JsonValueKind.True, Day: SundayFirst[i % 7])).Where(d => d.On).Select(d => d.Day)];
        var (from, until) = (WeekHours.Minutes(rule.Text("start")), WeekHours.Minutes(rule.Text("end")));
        return WeekHours.Daily(days, rule.Text("start"), (until > from ? until - from : until + 1440 - from) * 60L);
    }

    private void Policy(JsonElement policy)
    {
        var title = policy.Text("name");
        var steps = new List<DraftStep>();
        foreach (var step in policy.List("steps"))
        {
            var targets = step.List("targets").SelectMany(t => Targets(t, title)).ToArray();
            if (targets.Length > 0) steps.Add(new(targets, step.Whole("delayMinutes", 15)));
            else draft.Found($"A step of {title} calls nobody who was imported; it is left out.");
        }

        if (steps.Count > 0) draft.Policies.Add(new(draft.NameOf("EscalationPolicy", policy.Text("id"), title), steps, policy.Whole("repeat") + 1));
    }

    private IEnumerable<DraftTarget> Targets(JsonElement target, string policy)
    {
        var id = target.Text("id");
        if (_schedules.TryGetValue(id, out var schedules)) return schedules.Select(s => new DraftTarget("schedule", s));
        if (draft.Find("Person", id) is { } person) return [new("person", person)];
        if (_rotations.TryGetValue(id, out var rotation) && Layer(JsonSerializer.SerializeToElement(new { target = new { id, type = "rotation", name = rotation.Text("name") } }), policy, rotation.Text("timeZone")) is { } layer)
        {
            // A step may call a rotation itself: it becomes a schedule of its own.
            var name = draft.NameOf("Schedule", id, rotation.Text("name"));
            if (draft.Schedules.TrueForAll(s => s.Name != name)) draft.Schedules.Add(new(name, rotation.Text("name"), "", rotation.Text("timeZone"), "", [layer with { Zone = "" }]));
            return [new("schedule", name)];
        }

        draft.Found($"{policy} calls {target.Text("name")} ({target.Text("type")}), which has no equal here.", "Write a contact or an integration for it.");
        return [];
    }

    private void Service(JsonElement service)
    {
        var title = service.Text("name");
        var policy = service.Text("escalationPolicyID") is { Length: > 0 } id ? id : service.At("escalationPolicy").At("id").Text();
        var name = draft.NameOf("Service", service.Text("id"), title);
        draft.Services.Add(new(name, title, service.Text("description"), "", draft.Find("EscalationPolicy", policy) ?? ""));
        draft.Found($"The service {title} has no owner in GoAlert.", "Write owner: with a team or a person.");
        foreach (var key in service.List("integrationKeys"))
        {
            var kind = key.Text("type") switch { "generic" or "universal" => "events", "grafana" => "grafana", "prometheusAlertmanager" => "alertmanager", "email" => "mail", _ => "" };
            var made = draft.NameOf("Integration", key.Text("id"), $"{title} {key.Text("name")}");
            if (kind.Length == 0) draft.Found($"The integration key {key.Text("name")} of {title} is of the type {key.Text("type")} and not taken.", "See nines explain Integration.");
            else draft.Integrations.Add(new(made, $"{title}: {key.Text("name")}", kind, name, true));
            if (kind.Length > 0) draft.Found($"The key of {made} is not written down.", $"Start Nines with {DraftText.KeyName(made)} set, and give its sender the address that \"nines integration show {made}\" prints.");
        }
    }
}
