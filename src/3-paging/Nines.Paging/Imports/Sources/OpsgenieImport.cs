using System.Text.Json;

namespace Nines.Paging.Imports.Sources;

/// <summary>
/// Reads answers of Opsgenie's API, each a list below <c>data</c>: users, teams (with members), schedules (with rotations),
/// overrides, escalations. Rotations of one schedule are on call at the same time there, so each becomes a schedule where
/// they can overlap.
/// </summary>
internal sealed class OpsgenieImport(ImportDraft draft) : IImportSource
{
    private readonly Dictionary<string, string[]> _schedules = new(StringComparer.Ordinal);

    public void Read(IReadOnlyList<JsonElement> files)
    {
        var all = files.SelectMany(Entries).ToArray();
        foreach (var user in all.Where(e => e.At("username") is not null && e.At("rotations") is null)) User(user);
        foreach (var team in all.Where(e => e.At("members") is not null)) Team(team);
        var overrides = all.Where(e => e.At("startDate") is not null && e.At("user") is not null && e.At("rotations") is not { } || e.At("alias") is not null && e.At("startDate") is not null).ToArray();
        foreach (var schedule in all.Where(e => e.At("rotations") is not null && e.At("timezone") is not null)) Schedule(schedule, overrides);
        foreach (var escalation in all.Where(e => e.At("rules") is not null)) Escalation(escalation);
        new OpsgenieRoutes(draft, Called).Read(all);
        if (all.Length == 0) draft.Found("These files hold nothing that Opsgenie's API answers.", "Save the answers of /v2/users, /v2/teams/ID, /v2/schedules?expand=rotation, /v2/schedules/ID/overrides, /v2/escalations.");
    }

    private static IEnumerable<JsonElement> Entries(JsonElement file) => file.At("data") switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } one => [one],
        _ => file.ValueKind == JsonValueKind.Array ? file.EnumerateArray() : [],
    };

    private void User(JsonElement user)
    {
        var (email, title) = (user.Text("username"), user.Text("fullName"));
        var name = draft.NameOf("Person", user.Text("id"), email.Contains('@') ? email[..email.IndexOf('@', StringComparison.Ordinal)] : title);
        draft.People.Add(new(name, title, user.Text("timeZone"), email.Contains('@') ? [("email", "email", email)] : [], [], []));
        if (user.At("userContacts").List().Any(c => c.Text("contactMethod") is "sms" or "voice")) draft.Found($"Phone numbers of {title} are not in Opsgenie's answer.", "Add them to the person's contacts.");
    }

    private string? Person(JsonElement? reference) =>
        draft.Find("Person", reference.At("id").Text()) ?? draft.People.FirstOrDefault(p => p.Contacts.Any(c => c.To.Equals(reference.At("username").Text(), StringComparison.OrdinalIgnoreCase) && c.To.Length > 0))?.Name;

    private void Team(JsonElement team)
    {
        var members = team.List("members").Select(m => (Person: Person(m.At("user")), Admin: m.Text("role") == "admin")).Where(m => m.Person is not null).ToArray();
        draft.Teams.Add(new(draft.NameOf("Team", team.Text("id"), team.Text("name")), team.Text("name"), team.Text("description"), [.. members.Select(m => m.Person!)], members.FirstOrDefault(m => m.Admin).Person ?? ""));
    }

    private void Schedule(JsonElement schedule, IReadOnlyList<JsonElement> overrides)
    {
        var (id, title, zone) = (schedule.Text("id"), schedule.Text("name"), schedule.Text("timezone"));
        if (schedule.Text("enabled") == "false") draft.Found($"The schedule {title} is switched off in Opsgenie; here it counts.", "Leave it out where nobody calls it.");
        var layers = schedule.List("rotations").Select(r => Rotation(r, title, zone)).OfType<DraftLayer>().ToArray();
        if (layers.Length == 0)
        {
            draft.Found($"The schedule {title} has no rotation that could be taken.", "Save schedules with ?expand=rotation.");
            return;
        }

        var over = overrides.Where(o => o.At("_parent").At("id").Text() == id || o.At("_parent") is null)
            .Select(o => (From: ImportJson.Moment(o.Text("startDate")), Until: ImportJson.Moment(o.Text("endDate")), Person: Person(o.At("user"))))
            .Where(o => o.Until > o.From && o.Person is not null).Select(o => (o.From!.Value, o.Until!.Value, (IReadOnlyList<string>)[o.Person!])).ToArray();
        var team = draft.Find("Team", schedule.At("ownerTeam").At("id").Text()) ?? "";
        // Side by side there, one over the other here: only what never overlaps can be layers of one schedule.
        var split = layers.Length > 1;
        if (split) draft.Found($"The {layers.Length} rotations of {title} are on call at the same time in Opsgenie; each becomes a schedule, and steps that call {title} call them all.");
        if (split && over.Length > 0) draft.Found($"Overrides of {title} stand over its first rotation only.", "Say over which of the others, too.");
        var names = new List<string>();
        for (var i = 0; i < layers.Length; i++)
        {
            var name = draft.NameOf("Schedule", i == 0 ? id : $"{id}/{i}", split ? $"{title} {layers[i].Name}" : title);
            names.Add(name);
            draft.Schedules.Add(new(name, split ? $"{title}: {layers[i].Name}" : title, schedule.Text("description"), zone, team,
                i == 0 && over.Length > 0 ? [layers[i], new() { Name = "overrides", Shifts = over }] : [layers[i]]));
        }

        _schedules[id] = [.. names];
        _schedules[title] = _schedules[id];
    }

    private DraftLayer? Rotation(JsonElement rotation, string schedule, string zone)
    {
        var name = rotation.Text("name") is { Length: > 0 } given ? given : "rotation";
        var (turn, start) = (rotation.Text("type"), ImportJson.Local(rotation.Text("startDate"), zone));
        if (turn is not ("daily" or "weekly" or "hourly") || start is null)
        {
            draft.Found($"The rotation {name} of {schedule} turns {(turn.Length > 0 ? turn : "never")} and is not taken.", "Write it by hand.");
            return null;
        }

        var slots = rotation.List("participants").Select(p => Slot(p, schedule)).ToArray();
        return new()
        {
            Name = name,
            Turn = turn,
            Length = Math.Max(1, rotation.Whole("length", 1)),
            Start = start.Value,
            Slots = slots,
            Hours = Hours(rotation.At("timeRestriction")),
            From = start,
            Until = ImportJson.Local(rotation.Text("endDate"), zone),
        };
    }

    private IReadOnlyList<string> Slot(JsonElement participant, string schedule)
    {
        var type = participant.Text("type");
        if (type == "none") return [];
        if (type == "user" && Person(participant) is { } person) return [person];
        if (type == "team" && draft.Teams.FirstOrDefault(t => t.Name == draft.Find("Team", participant.Text("id"))) is { } team) return team.Members;
        draft.Found($"{participant.Text("username")}{participant.Text("name")} ({type}) has turns in {schedule} and cannot be taken; they are nobody's.", "Save users and teams as well, or write the turn by hand.");
        return [];
    }

    private static IReadOnlyList<DraftHours> Hours(JsonElement? restriction)
    {
        if (restriction.At("restriction") is { ValueKind: JsonValueKind.Object } daily)
        {
            var (from, until) = (Time(daily, "start"), Time(daily, "end"));
            return from == until ? [] : [new([], WeekHours.Clock(from), WeekHours.Clock(until))];
        }

        return [.. restriction.At("restrictions").List().Select(r => new DraftHours([], $"{r.Text("startDay").ToLowerInvariant()} {WeekHours.Clock(Time(r, "start"))}", $"{r.Text("endDay").ToLowerInvariant()} {WeekHours.Clock(Time(r, "end"))}"))];

        static int Time(JsonElement r, string side) => (((r.Whole(side + "Hour") * 60) + r.Whole(side + "Min")) % 1440 + 1440) % 1440;
    }

    private void Escalation(JsonElement escalation)
    {
        var title = escalation.Text("name");
        var read = new List<(int At, DraftTarget[] Targets)>();
        foreach (var rule in escalation.List("rules"))
        {
            if (rule.Text("condition") == "if-not-closed") draft.Found($"A step of {title} goes on until the alert is closed; here escalation ends when it is acknowledged.", "See unacknowledgeAfter of EscalationPolicy.");
            if (rule.Text("notifyType") is "next" or "previous" or "random") draft.Found($"A step of {title} calls the {rule.Text("notifyType")} participant; here it calls who is on call.", "Mend the step where that matters.");
            var targets = Targets(rule.At("recipient"));
            if (targets.Length == 0) draft.Found($"A step of {title} calls {rule.At("recipient").At("name").Text()}{rule.At("recipient").At("username").Text()}, which is not in these files; it is left out.");
            else read.Add((Minutes(rule.At("delay")), targets));
        }

        if (read.Count == 0) return;
        // There each delay counts from the beginning, here from the step before.
        var order = read.OrderBy(r => r.At).GroupBy(r => r.At).Select(g => (At: g.Key, Targets: g.SelectMany(r => r.Targets).Distinct().ToArray())).ToArray();
        if (order[0].At > 0) draft.Found($"The first step of {title} waits {order[0].At} min in Opsgenie; here it is called at once.");
        var repeat = escalation.At("repeat");
        var steps = order.Select((s, i) => new DraftStep(s.Targets, i + 1 < order.Length ? order[i + 1].At - s.At : Math.Max(1, repeat is { } r ? r.Whole("waitInterval", 5) : 5))).ToArray();
        draft.Policies.Add(new(draft.NameOf("EscalationPolicy", escalation.Text("id"), title), steps, (repeat is { } given ? given.Whole("count") : 0) + 1));
    }

    /// <summary>The policy or schedule that a routing rule names; null where it is not in these files.</summary>
    private string? Called(JsonElement? notify) => notify.At("type").Text() switch
    {
        "escalation" => draft.Find("EscalationPolicy", notify.At("id").Text()),
        "schedule" => _schedules.GetValueOrDefault(notify.At("id").Text()) is { Length: > 0 } schedules ? schedules[0] : null,
        _ => null,
    };

    private DraftTarget[] Targets(JsonElement? recipient)
    {
        var id = recipient.At("id").Text();
        return recipient.At("type").Text() switch
        {
            "schedule" => [.. (_schedules.GetValueOrDefault(id) ?? _schedules.GetValueOrDefault(recipient.At("name").Text()) ?? []).Select(s => new DraftTarget("schedule", s))],
            "team" when draft.Find("Team", id) is { } team => [new("team", team)],
            "user" when Person(recipient) is { } person => [new("person", person)],
            _ => [],
        };
    }

    private static int Minutes(JsonElement? delay)
    {
        var amount = delay is { } given ? given.Whole("timeAmount") : 0;
        return delay.At("timeUnit").Text().ToLowerInvariant() switch { "hours" => amount * 60, "days" => amount * 1440, "seconds" => Math.Max(1, amount / 60), _ => amount };
    }
}
