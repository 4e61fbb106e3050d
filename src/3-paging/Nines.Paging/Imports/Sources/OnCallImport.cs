using System.Text.Json;
using NodaTime;

namespace Nines.Paging.Imports.Sources;

/// <summary>
/// Reads answers of Grafana OnCall's API, each a list below <c>results</c> told apart by its fields: users, teams, schedules,
/// on_call_shifts, escalation_chains, escalation_policies, integrations, routes.
/// </summary>
internal sealed class OnCallImport(ImportDraft draft) : IImportSource
{
    private static readonly Dictionary<string, string> Days = new(StringComparer.Ordinal)
    {
        ["MO"] = "monday",
        ["TU"] = "tuesday",
        ["WE"] = "wednesday",
        ["TH"] = "thursday",
        ["FR"] = "friday",
        ["SA"] = "saturday",
        ["SU"] = "sunday",
    };

    public void Read(IReadOnlyList<JsonElement> files)
    {
        var all = files.SelectMany(f => f.List("results").Concat(f.ValueKind == JsonValueKind.Array ? f.EnumerateArray() : [])).ToArray();
        var shifts = all.Where(e => e.At("duration") is not null && e.At("start") is not null).ToDictionary(e => e.Text("id"));
        var steps = all.Where(e => e.At("escalation_chain_id") is not null && e.At("position") is not null && e.At("type") is not null).ToArray();
        foreach (var user in all.Where(e => e.At("username") is not null)) User(user);
        foreach (var team in all.Where(e => e.At("avatar_url") is not null && e.At("username") is null)) draft.Teams.Add(new(draft.NameOf("Team", team.Text("id"), team.Text("name")), team.Text("name"), "", []));
        if (draft.Teams.Count > 0) draft.Found("Grafana OnCall's teams come without members.", "Write members: into teams.yaml.");
        foreach (var schedule in all.Where(e => e.At("time_zone") is not null && (e.At("shifts") is not null || e.At("ical_url_primary") is not null))) Schedule(schedule, shifts);
        foreach (var chain in all.Where(e => steps.Any(s => s.Text("escalation_chain_id") == e.Text("id")))) Chain(chain, [.. steps.Where(s => s.Text("escalation_chain_id") == chain.Text("id")).OrderBy(s => s.Whole("position"))]);
        foreach (var integration in all.Where(e => e.At("default_route") is not null)) Integration(integration);
        new OnCallRoutes(draft).Read(all);
        if (all.Length == 0) draft.Found("These files hold nothing that Grafana OnCall's API answers.", "Save the answers of /api/v1/users, schedules, on_call_shifts, escalation_chains, escalation_policies, integrations and routes.");
    }

    private void User(JsonElement user)
    {
        var (email, title) = (user.Text("email"), user.Text("name") is { Length: > 0 } full ? full : user.Text("username"));
        var contacts = new List<(string, string, string)>();
        if (email.Length > 0) contacts.Add(("email", "email", email));
        draft.People.Add(new(draft.NameOf("Person", user.Text("id"), user.Text("username").Split('@')[0]), title, user.Text("timezone"), contacts, [], []));
    }

    private void Schedule(JsonElement schedule, Dictionary<string, JsonElement> shifts)
    {
        var (title, zone) = (schedule.Text("name"), schedule.Text("time_zone"));
        if (schedule.Text("ical_url_primary").Length > 0 && !schedule.List("shifts").Any())
        {
            draft.Found($"The schedule {title} comes from a calendar at another address and is not taken.", "Import the calendar itself.");
            return;
        }

        var found = schedule.List("shifts").Select(id => ((JsonElement?)id).Text()).Select(id => shifts.TryGetValue(id, out var shift) ? shift : (JsonElement?)null).OfType<JsonElement>().ToArray();
        // Of two that overlap the higher level counts; here the later layer does.
        var layers = found.OrderBy(s => s.Text("type") == "override" ? 1000 : s.Whole("level")).Select(s => Layer(s, title, zone)).OfType<DraftLayer>().ToArray();
        foreach (var same in found.Where(s => s.Text("type") != "override").GroupBy(s => s.Whole("level")).Where(g => g.Count() > 1))
            draft.Found($"{same.Count()} shifts of {title} are of the level {same.Key}: where they overlap both are on call in Grafana OnCall, here the last.", "Make two schedules of it where they do.");
        if (layers.Length == 0) draft.Found($"The schedule {title} has no shift in these files.", "Save /api/v1/on_call_shifts as well.");
        else draft.Schedules.Add(new(draft.NameOf("Schedule", schedule.Text("id"), title), title, "", zone, draft.Find("Team", schedule.Text("team_id")) ?? "", layers));
    }

    private DraftLayer? Layer(JsonElement shift, string schedule, string scheduleZone)
    {
        var name = shift.Text("name");
        var zone = shift.Text("time_zone") is { Length: > 0 } own ? own : scheduleZone;
        var (start, seconds) = (ImportJson.Local(shift.Text("start"), zone), shift.Whole("duration"));
        if (start is null || seconds <= 0) return Lost("has no beginning or no length");
        if (shift.Text("type") is "override" or "single_event" && shift.Text("frequency").Length == 0)
        {
            var found = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc;
            var from = found.AtLeniently(start.Value).ToInstant();
            var people = shift.List("users").Concat(shift.List("rolling_users").SelectMany(u => ((JsonElement?)u).List())).Select(u => draft.Find("Person", ((JsonElement?)u).Text())).OfType<string>().Distinct().ToArray();
            return new() { Name = Named(name, "override"), Shifts = [(from, from + Duration.FromSeconds(seconds), people)] };
        }

        var turn = shift.Text("frequency");
        if (turn is not ("hourly" or "daily" or "weekly" or "monthly")) return Lost($"repeats {turn}");
        var slots = shift.List("rolling_users").Select(group => (IReadOnlyList<string>)[.. ((JsonElement?)group).List().Select(u => draft.Find("Person", ((JsonElement?)u).Text())).OfType<string>()]).ToArray();
        if (slots.Length == 0) slots = [[.. shift.List("users").Select(u => draft.Find("Person", ((JsonElement?)u).Text())).OfType<string>()]];
        var first = shift.Whole("start_rotation_from_user_index");
        string[] days = [.. shift.List("by_day").Select(d => Days.GetValueOrDefault(((JsonElement?)d).Text()) ?? "").Where(d => d.Length > 0)];
        // What counts is the day of the first turn; a week turns on it, whatever days the shift itself has.
        return new()
        {
            Name = Named(name, "shift"),
            Zone = zone == scheduleZone ? "" : zone,
            Turn = turn,
            Length = Math.Max(1, shift.Whole("interval", 1)),
            Start = start.Value,
            Slots = first > 0 && first < slots.Length ? [.. slots[first..], .. slots[..first]] : slots,
            Hours = Hours(turn, days, start.Value, seconds) is { } hours ? [hours] : [],
            From = start,
            Until = ImportJson.Local(shift.Text("until"), zone),
        };

        DraftLayer? Lost(string why)
        {
            draft.Found($"The shift {name} of {schedule} {why} and is not taken.", "Write it by hand.");
            return null;
        }
    }

    private static DraftHours? Hours(string turn, string[] days, LocalDateTime start, int seconds)
    {
        var clock = WeekHours.Clock((start.Hour * 60) + start.Minute);
        if (turn == "weekly" && days.Length == 0) return WeekHours.Weekly((int)start.DayOfWeek - 1, clock, seconds);
        return turn is "daily" or "weekly" ? WeekHours.Daily(days, clock, seconds) : null;
    }

    private static string Named(string name, string otherwise) => name.Length > 0 ? name : otherwise;

    private void Chain(JsonElement chain, IReadOnlyList<JsonElement> written)
    {
        var title = chain.Text("name");
        var (steps, rounds) = (new List<DraftStep>(), 1);
        foreach (var step in written)
        {
            var type = step.Text("type");
            if (type == "wait" && steps.Count > 0) steps[^1] = steps[^1] with { Minutes = (steps[^1].Minutes == 1 ? 0 : steps[^1].Minutes) + Math.Max(1, step.Whole("duration") / 60) };
            else if (type == "repeat_escalation") rounds = 6;
            else if (Targets(step) is { Length: > 0 } targets) steps.Add(new(targets, 1, type == "notify_person_next_each_time"));
            else draft.Found($"A step of {title} ({type}) has no equal here, or calls somebody who is not in these files; it is left out.");
        }

        if (rounds > 1) draft.Found($"{title} repeats at most five times in Grafana OnCall; here it goes round {rounds} times.");
        if (steps.Count > 0) draft.Policies.Add(new(draft.NameOf("EscalationPolicy", chain.Text("id"), title), steps, rounds));
    }

    private DraftTarget[] Targets(JsonElement step)
    {
        if (draft.Find("Schedule", step.Text("notify_on_call_from_schedule")) is { } schedule) return [new("schedule", schedule)];
        if (draft.Find("Team", step.Text("notify_to_team_members")) is { } team) return [new("team", team)];
        return [.. step.List("persons_to_notify").Concat(step.List("persons_to_notify_next_each_time")).Select(p => draft.Find("Person", ((JsonElement?)p).Text())).OfType<string>().Select(p => new DraftTarget("person", p))];
    }

    private void Integration(JsonElement integration)
    {
        var title = integration.Text("name") is { Length: > 0 } given ? given : integration.Text("type");
        var made = draft.NameOf("Integration", integration.Text("id"), title);
        draft.Integrations.Add(new(made, title, "grafana", "", true));
        draft.Found($"The key of {made} is not written down.", $"Start Nines with {DraftText.KeyName(made)} set to the last part of {(integration.Text("link").Length > 0 ? "its link" : "its address")}, and its sender changes the host only.");
    }
}
