using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Host;
using Nines.Paging.Imports;
using Nines.Paging.Schedules;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Nines.Tests.Unit.Paging.Imports;

/// <summary>Answers as each program's public API documentation shows them, read into manifests that validate; who is on call is the same over both changes of clocks.</summary>
public class ImportTests
{
    private static readonly ManifestKinds Kinds = KindsOfTheHouse();

    private static ManifestKinds KindsOfTheHouse()
    {
        var services = new ServiceCollection();
        Rooms.Register(services, new ConfigurationBuilder().Build());
        return ManifestRegistration.KindsOf(services);
    }

    private static (ImportDraft Draft, ManifestSet Set) Import(string source, params string[] files)
    {
        var read = ImportedFiles.Read(source, [.. files.Select((text, i) => ($"{i}.json", text))]);
        Assert.True(read.Ok, string.Join('\n', read.Problems));
        var problems = new ProblemList(Strictness.Strict);
        var documents = DraftText.Write(read.Value).SelectMany(f => ManifestParser.Parse(f.Text, f.File, problems)).ToArray();
        var set = ManifestSet.Build(documents.Where(d => Kinds.Find(d.ApiVersion, d.Kind) is not null).Select(d => Kinds.Compile(d, Strictness.Strict)), whole: true, Strictness.Strict);
        Assert.Empty(problems.Problems.Concat(set.Problems).Where(p => p.IsError).Select(p => p.ToString()));
        return (read.Value, set);
    }

    private static string[] OnCall(ManifestSet set, string schedule, string from, string until) =>
        [.. new Rota(set.Find<Schedule>(schedule)!, _ => true).Between(At(from), At(until)).Select(s => $"{InstantPattern.General.Format(s.From)} {string.Join('+', s.People)}")];

    private static Instant At(string text) => InstantPattern.General.Parse(text).Value;

    private static string[] Found(ImportDraft draft) => [.. draft.Findings.Select(f => f.What)];

    private const string PagerDuty = """
        {
          "users": [
            { "id": "PU1", "name": "Ada Lovelace", "email": "ada@example.com", "time_zone": "Europe/Berlin", "teams": [{ "id": "PT1" }],
              "contact_methods": [
                { "id": "C1", "type": "email_contact_method", "address": "ada@example.com" },
                { "id": "C2", "type": "sms_contact_method", "country_code": 49, "address": "1701234567" },
                { "id": "C3", "type": "push_notification_contact_method", "address": "x" }],
              "notification_rules": [
                { "start_delay_in_minutes": 0, "urgency": "high", "contact_method": { "id": "C3" } },
                { "start_delay_in_minutes": 2, "urgency": "high", "contact_method": { "id": "C2" } },
                { "start_delay_in_minutes": 0, "urgency": "low", "contact_method": { "id": "C1" } }] },
            { "id": "PU2", "name": "Bo Diddley", "email": "bo@example.com", "time_zone": "Europe/Berlin", "teams": [{ "id": "PT1" }], "contact_methods": [] }
          ],
          "teams": [{ "id": "PT1", "name": "Payments & Tills", "description": "Money" }],
          "schedules": [{
            "id": "PS1", "name": "Payments primary", "time_zone": "Europe/Berlin", "description": "", "teams": [{ "id": "PT1" }],
            "schedule_layers": [
              { "id": "L2", "name": "Nights", "start": "2026-01-01T00:00:00+01:00", "end": null, "rotation_virtual_start": "2026-01-05T22:00:00+01:00", "rotation_turn_length_seconds": 604800,
                "users": [{ "user": { "id": "PU1", "summary": "Ada Lovelace" } }], "restrictions": [{ "type": "daily_restriction", "start_time_of_day": "22:00:00", "duration_seconds": 28800 }] },
              { "id": "L1", "name": "Weeks", "start": "2026-01-01T00:00:00+01:00", "end": null, "rotation_virtual_start": "2026-01-05T09:00:00+01:00", "rotation_turn_length_seconds": 604800,
                "users": [{ "user": { "id": "PU1", "summary": "Ada Lovelace" } }, { "user": { "id": "PU2", "summary": "Bo Diddley" } }], "restrictions": [] }],
            "overrides_subschedule": { "rendered_schedule_entries": [{ "start": "2026-12-24T12:00:00+01:00", "end": "2026-12-24T20:00:00+01:00", "user": { "id": "PU2" } }] }
          }],
          "escalation_policies": [{ "id": "PP1", "name": "Payments", "num_loops": 2, "escalation_rules": [
            { "escalation_delay_in_minutes": 5, "targets": [{ "id": "PS1", "type": "schedule_reference" }] },
            { "escalation_delay_in_minutes": 10, "targets": [{ "id": "PU1", "type": "user_reference" }, { "id": "PX", "type": "user_reference", "summary": "Gone" }] }] }],
          "services": [{ "id": "PV1", "name": "Checkout", "description": "Tills", "teams": [{ "id": "PT1" }], "escalation_policy": { "id": "PP1" }, "auto_resolve_timeout": 14400,
            "integrations": [{ "id": "PI1", "type": "events_api_v2_inbound_integration", "summary": "Prometheus", "integration_key": "R0secret" }, { "id": "PI2", "type": "nagios_inbound_integration", "summary": "Nagios" }] }]
        }
        """;

    [Fact]
    public void PagerDuty_WholeAccount_Validates_AndSaysWhatHasNoEqual()
    {
        var (draft, set) = Import("pagerduty", PagerDuty);
        var ada = set.Find<Person>("ada")!;
        Assert.Equal(["email email ada@example.com", "sms sms +491701234567"], ada.Contacts.Select(c => $"{c.Name} {c.Kind} {c.Address}"));
        Assert.Equal(["push 0", "sms 2"], ada.NotifyPage.Select(s => $"{s.Contact} {s.After.TotalMinutes}"));
        Assert.Equal(["ada", "bo"], set.Find<Team>("payments-tills")!.Members);
        var policy = Assert.Single(draft.Policies);
        Assert.Equal(("payments", 3), (policy.Name, policy.Rounds));
        Assert.Equal(["5: schedule payments-primary", "10: person ada"], policy.Steps.Select(s => $"{s.Minutes}: {string.Join(", ", s.Targets.Select(t => $"{t.Kind} {t.Name}"))}"));
        Assert.Equal(("payments-tills", "payments"), (set.Find<Service>("checkout")!.OwnerTeam, set.Find<Service>("checkout")!.OncallRotation));
        Assert.Contains("Payments calls Gone, which is not in these files.", Found(draft));
        Assert.Contains("The key of checkout-prometheus is not written down.", Found(draft));
        Assert.Contains("The integration Nagios of Checkout is of the type nagios_inbound_integration and not taken.", Found(draft));
        Assert.Contains("Checkout resolves by itself after 240 min.", Found(draft));
        Assert.DoesNotContain("R0secret", string.Concat(DraftText.Write(draft).Select(f => f.Text)), StringComparison.Ordinal);
    }

    // Weeks hand over on Mondays at 09:00 and nights are Ada's from 22:00 to 06:00, by the clock on the wall: the hour that is
    // missing in March and doubled in October moves the instants and nothing else.
    [Fact]
    public void PagerDuty_OnCall_IsTheSameOverBothChangesOfClocks()
    {
        var (_, set) = Import("pagerduty", PagerDuty);
        Assert.Equal(
            ["2026-03-28T12:00:00Z bo", "2026-03-28T21:00:00Z ada", "2026-03-29T04:00:00Z bo", "2026-03-29T20:00:00Z ada"],
            OnCall(set, "payments-primary", "2026-03-28T12:00:00Z", "2026-03-30T04:00:00Z"));
        Assert.Equal(
            ["2026-10-24T12:00:00Z bo", "2026-10-24T20:00:00Z ada", "2026-10-25T05:00:00Z bo", "2026-10-25T21:00:00Z ada"],
            OnCall(set, "payments-primary", "2026-10-24T12:00:00Z", "2026-10-26T05:00:00Z"));
    }

    [Fact]
    public void PagerDuty_Override_LiesOverAllLayers() =>
        Assert.Contains("2026-12-24T11:00:00Z bo", OnCall(Import("pagerduty", PagerDuty).Set, "payments-primary", "2026-12-24T08:00:00Z", "2026-12-24T22:00:00Z"));

    private const string OpsgenieUsers = """{"data":[{"id":"u1","username":"ada@example.com","fullName":"Ada Lovelace","timeZone":"Europe/London"},{"id":"u2","username":"bo@example.com","fullName":"Bo Diddley","timeZone":"America/New_York"}],"took":0.1,"requestId":"r"}""";

    private const string OpsgenieRest = """
        { "data": { "id": "t1", "name": "ops", "description": "Operations", "members": [{ "user": { "id": "u1", "username": "ada@example.com" }, "role": "admin" }, { "user": { "id": "u2", "username": "bo@example.com" }, "role": "user" }] } }
        """;

    private const string OpsgenieSchedules = """
        { "data": [{ "id": "s1", "name": "ops_schedule", "description": "", "timezone": "Europe/London", "enabled": true, "ownerTeam": { "id": "t1", "name": "ops" },
          "rotations": [{ "id": "r1", "name": "Weekdays", "startDate": "2026-01-05T08:00:00Z", "endDate": null, "type": "weekly", "length": 1,
            "participants": [{ "type": "user", "id": "u1", "username": "ada@example.com" }, { "type": "none" }, { "type": "user", "id": "u2", "username": "bo@example.com" }],
            "timeRestriction": { "type": "weekday-and-time-of-day", "restrictions": [{ "startDay": "monday", "startHour": 8, "startMin": 0, "endDay": "friday", "endHour": 18, "endMin": 0 }] } }] }] }
        """;

    private const string OpsgenieEscalations = """
        { "data": [{ "id": "e1", "name": "ops_escalation", "rules": [
          { "condition": "if-not-acked", "notifyType": "default", "delay": { "timeAmount": 0, "timeUnit": "minutes" }, "recipient": { "type": "schedule", "id": "s1", "name": "ops_schedule" } },
          { "condition": "if-not-acked", "notifyType": "next", "delay": { "timeAmount": 5, "timeUnit": "minutes" }, "recipient": { "type": "schedule", "id": "s1", "name": "ops_schedule" } },
          { "condition": "if-not-closed", "notifyType": "all", "delay": { "timeAmount": 15, "timeUnit": "minutes" }, "recipient": { "type": "team", "id": "t1", "name": "ops" } }],
          "repeat": { "waitInterval": 10, "count": 2 } }] }
        """;

    [Fact]
    public void Opsgenie_DelaysFromTheBeginning_BecomeDelaysFromTheStepBefore()
    {
        var (draft, set) = Import("opsgenie", OpsgenieUsers, OpsgenieRest, OpsgenieSchedules, OpsgenieEscalations);
        var policy = Assert.Single(draft.Policies);
        Assert.Equal([5, 10, 10], policy.Steps.Select(s => s.Minutes));
        Assert.Equal(3, policy.Rounds);
        Assert.Equal("ada", set.Find<Team>("ops")!.Lead);
        Assert.Contains("A step of ops_escalation calls the next participant; here it calls who is on call.", Found(draft));
        Assert.Contains("A step of ops_escalation goes on until the alert is closed; here escalation ends when it is acknowledged.", Found(draft));
    }

    [Fact]
    public void Opsgenie_OnCall_IsTheSameOverAChangeOfClocks_AndNobodysTurnIsNobodys() => Assert.Equal(
        ["2026-03-23T08:00:00Z bo", "2026-03-27T18:00:00Z ", "2026-03-30T07:00:00Z ada", "2026-04-03T17:00:00Z "],
        OnCall(Import("opsgenie", OpsgenieUsers, OpsgenieRest, OpsgenieSchedules).Set, "ops-schedule", "2026-03-23T08:00:00Z", "2026-04-08T00:00:00Z"));

    [Fact]
    public void Opsgenie_TwoRotations_AreTwoSchedules_BecauseBothAreOnCall()
    {
        const string Always = """
            "rotations": [{ "id": "r0", "name": "Always", "startDate": "2026-01-05T08:00:00Z", "type": "daily", "length": 1, "participants": [{ "type": "user", "id": "u2" }] },
            """;
        var two = OpsgenieSchedules.Replace("\"rotations\": [", Always, StringComparison.Ordinal);
        var (draft, set) = Import("opsgenie", OpsgenieUsers, OpsgenieRest, two, OpsgenieEscalations);
        Assert.Equal(["ops-schedule-always", "ops-schedule-weekdays"], set.Of<Schedule>().Select(s => s.Name).Order());
        Assert.Equal(2, draft.Policies[0].Steps[0].Targets.Count);
        Assert.Contains(Found(draft), f => f.StartsWith("The 2 rotations of ops_schedule are on call at the same time", StringComparison.Ordinal));
    }

    private const string GoAlert = """
        { "data": {
          "users": { "nodes": [{ "id": "a", "name": "Ada Lovelace", "email": "ada@example.com", "contactMethods": [{ "type": "VOICE", "value": "+442079460018", "name": "phone" }] }, { "id": "b", "name": "Bo Diddley", "email": "bo@example.com", "contactMethods": [] }] },
          "rotations": { "nodes": [{ "id": "r1", "name": "Daily", "timeZone": "America/Chicago", "type": "daily", "start": "2026-01-05T15:00:00Z", "shiftLength": 1, "userIDs": ["a", "b"] }] },
          "schedules": { "nodes": [{ "id": "s1", "name": "Ops", "timeZone": "America/Chicago", "targets": [{ "target": { "id": "r1", "type": "rotation", "name": "Daily" }, "rules": [{ "start": "09:00", "end": "17:00", "weekdayFilter": [false, true, true, true, true, true, false] }] }] }] },
          "escalationPolicies": { "nodes": [{ "id": "p1", "name": "Ops policy", "repeat": 1, "steps": [{ "delayMinutes": 5, "targets": [{ "id": "s1", "type": "schedule", "name": "Ops" }] }, { "delayMinutes": 10, "targets": [{ "id": "C0", "type": "slackChannel", "name": "#ops" }] }] }] },
          "services": { "nodes": [{ "id": "v1", "name": "Shop", "description": "", "escalationPolicyID": "p1", "integrationKeys": [{ "id": "k1", "name": "am", "type": "prometheusAlertmanager", "href": "https://goalert/secret" }] }] } } }
        """;

    [Fact]
    public void GoAlert_OnCall_IsTheSameOverAChangeOfClocks()
    {
        var (draft, set) = Import("goalert", GoAlert);
        // 2026-03-06 is the 60th day after 2026-01-05: Ada's; clocks change on Sunday, the 8th.
        Assert.Equal(
            ["2026-03-06T15:00:00Z ada", "2026-03-06T23:00:00Z ", "2026-03-09T14:00:00Z bo", "2026-03-09T22:00:00Z ", "2026-03-10T14:00:00Z ada"],
            OnCall(set, "ops", "2026-03-06T15:00:00Z", "2026-03-10T20:00:00Z"));
        Assert.Contains("Ops policy calls #ops (slackChannel), which has no equal here.", Found(draft));
        Assert.Equal("alertmanager", Assert.Single(draft.Integrations).Kind);
        Assert.DoesNotContain("goalert/secret", string.Concat(DraftText.Write(draft).Select(f => f.Text)), StringComparison.Ordinal);
    }

    private static readonly string[] OnCallFiles =
    [
        """{"count":2,"next":null,"previous":null,"results":[{"id":"U1","email":"ada@example.com","username":"ada","timezone":"Europe/Berlin"},{"id":"U2","email":"bo@example.com","username":"bo","timezone":"Europe/Berlin"}]}""",
        """{"results":[{"id":"S1","name":"Primary","type":"calendar","time_zone":"Europe/Berlin","team_id":null,"shifts":["O1","O2"]}]}""",
        """
        {"results":[
          {"id":"O2","name":"Bo's lunch","type":"override","start":"2026-03-30T12:00:00","duration":3600,"time_zone":"Europe/Berlin","users":["U2"]},
          {"id":"O1","name":"Week","type":"rolling_users","start":"2026-01-05T09:00:00","duration":28800,"frequency":"weekly","interval":1,"by_day":["MO","TU","WE","TH","FR"],"time_zone":null,"level":0,"rolling_users":[["U1"],["U2"]],"start_rotation_from_user_index":0}]}
        """,
        """{"results":[{"id":"E1","name":"Default","team_id":null}]}""",
        """{"results":[{"id":"P1","escalation_chain_id":"E1","position":0,"type":"notify_on_call_from_schedule","notify_on_call_from_schedule":"S1"},{"id":"P2","escalation_chain_id":"E1","position":1,"type":"wait","duration":300},{"id":"P3","escalation_chain_id":"E1","position":2,"type":"notify_persons","persons_to_notify":["U1"]},{"id":"P4","escalation_chain_id":"E1","position":3,"type":"repeat_escalation"}]}""",
        """{"results":[{"id":"I1","name":"Grafana","type":"grafana","link":"https://oncall.example.com/integrations/v1/grafana/SECRETKEY/","default_route":{"escalation_chain_id":"E1"}}]}""",
    ];

    [Fact]
    public void GrafanaOnCall_Chain_WaitsBecomeDelays()
    {
        var (draft, _) = Import("grafana-oncall", OnCallFiles);
        var policy = Assert.Single(draft.Policies);
        Assert.Equal((2, 5, 6), (policy.Steps.Count, policy.Steps[0].Minutes, policy.Rounds));
        Assert.Equal("grafana [integration=\"grafana\"] -> default", Assert.Single(Said(draft.Branches)));
        Assert.DoesNotContain("SECRETKEY", string.Concat(DraftText.Write(draft).Select(f => f.Text)), StringComparison.Ordinal);
    }

    /// <summary>The tree as lines: name, matchers, who is called.</summary>
    private static IEnumerable<string> Said(IEnumerable<DraftBranch> branches, string above = "") => branches.SelectMany(b => Said(b.Branches, above + b.Name + "/")
        .Prepend($"{above}{b.Name} [{string.Join(", ", b.Match)}]{(b.Escalation.Length > 0 ? " -> " + b.Escalation : "")}{(b.Severity.Length > 0 ? " as " + b.Severity : "")}"));

    private const string OnCallRoutes = """
        {"count":6,"results":[
          {"id":"R9","integration_id":"I1","escalation_chain_id":"E1","routing_regex":".*","position":9,"is_the_last_route":true},
          {"id":"R2","integration_id":"I1","escalation_chain_id":"E1","routing_type":"jinja2","routing_regex":"{{ payload.labels.severity == \"critical\" and payload.labels.region in [\"eu\", \"us\"] or \"db\" in labels.job }}","position":1,"is_the_last_route":false},
          {"id":"R1","integration_id":"I1","escalation_chain_id":null,"routing_regex":"\"severity\": \"(info|debug)\"","position":0,"is_the_last_route":false},
          {"id":"R3","integration_id":"I1","escalation_chain_id":"E1","routing_regex":"us-(east|west)","position":2,"is_the_last_route":false},
          {"id":"R4","integration_id":"I1","escalation_chain_id":"E1","routing_type":"jinja2","routing_regex":"{{ payload.alerts | length > 3 }}","position":3,"is_the_last_route":false},
          {"id":"R5","integration_id":"I1","escalation_chain_id":"GONE","routing_regex":"\"team\": \"x\"","position":4,"is_the_last_route":false}]}
        """;

    [Fact]
    public void GrafanaOnCall_Routes_BecomeBranchesInTheirOrder_AndWhatLabelsCannotSayIsAFinding()
    {
        var (draft, set) = Import("grafana-oncall", [.. OnCallFiles, OnCallRoutes]);
        Assert.Equal(
            ["grafana [integration=\"grafana\"] -> default", "grafana/route-1 [severity=~\"(info|debug)\"] as log", "grafana/route-2-1 [severity=\"critical\", region=~\"eu|us\"] -> default", "grafana/route-2-2 [job=~\".*db.*\"] -> default"],
            Said(draft.Branches));
        Assert.Contains("The route 2 of grafana asks more of the payload than labels say, and is not taken: us-(east|west)", Found(draft));
        Assert.Contains("The route 3 of grafana asks more of the payload than labels say, and is not taken: {{ payload.alerts | length > 3 }}", Found(draft));
        Assert.Contains("The route 0 of grafana has no escalation chain in Grafana OnCall.", Found(draft));
        Assert.Contains("The route 4 of grafana calls a chain that is not in these files, and is not taken.", Found(draft));
        Assert.Equal("grafana", Assert.Single(set.Of<Nines.Alerting.Alerts.RoutingSpec>()).Branches[0].Name);
    }

    private const string OpsgenieRouting = """
        { "data": [
          { "id": "i1", "name": "Prometheus", "enabled": true, "type": "Prometheus", "ownerTeam": { "id": "t1", "name": "ops" } },
          { "id": "p1", "name": "Mute test", "type": "notification", "suppress": true, "filter": { "type": "match-all-conditions", "conditions": [{ "field": "source", "operation": "starts-with", "expectedValue": "test-", "not": false }] } },
          { "id": "p2", "name": "Louder", "type": "alert", "updatePriority": true, "priorityValue": "P1", "filter": { "type": "match-all" } },
          { "_parent": { "id": "i1", "name": "Prometheus" }, "ignore": [{ "type": "ignore", "name": "Watchdog", "order": 0, "filter": { "conditionMatchType": "match-any-condition", "conditions": [
            { "field": "extra-properties", "key": "alertname", "not": false, "operation": "equals", "expectedValue": "Watchdog" }, { "field": "priority", "operation": "less-than", "expectedValue": "P3", "not": false }] } }], "create": [{ "name": "Create", "filter": { "conditionMatchType": "match-all" } }] },
          { "id": "rr1", "name": "Tagged", "order": 0, "isDefault": false, "criteria": { "type": "match-all-conditions", "conditions": [{ "field": "tags", "operation": "contains", "expectedValue": "db", "not": false }] }, "notify": { "type": "escalation", "id": "e1", "name": "ops_escalation" } },
          { "id": "rr2", "name": "Databases", "order": 1, "isDefault": false, "criteria": { "type": "match-all-conditions", "conditions": [{ "field": "entity", "operation": "contains", "expectedValue": "db", "not": false }, { "field": "priority", "operation": "equals", "expectedValue": "P5", "not": true }] }, "notify": { "type": "schedule", "id": "s1", "name": "ops_schedule" } },
          { "id": "rr3", "name": "Default", "order": 2, "isDefault": true, "criteria": { "type": "match-all" }, "notify": { "type": "escalation", "id": "e1", "name": "ops_escalation" } }] }
        """;

    [Fact]
    public void Opsgenie_RoutingRulesIgnoreActionsAndSuppression_BecomeBranches()
    {
        var escalations = OpsgenieEscalations.Replace("\"name\": \"ops_escalation\",", "\"name\": \"ops_escalation\", \"ownerTeam\": { \"id\": \"t1\" },", StringComparison.Ordinal);
        var (draft, _) = Import("opsgenie", OpsgenieUsers, OpsgenieRest, OpsgenieSchedules, escalations, OpsgenieRouting);
        Assert.Equal(
            ["suppress-mute-test [source=~\"test-.*\"] as log", "prometheus [integration=\"prometheus\"] -> ops-escalation", "prometheus/ignore-watchdog-1 [alertname=\"Watchdog\"] as log", "prometheus/ignore-watchdog-2 [priority=~\"P4|P5\"] as log",
             "prometheus/databases [entity=~\".*db.*\", priority!=\"P5\"] -> ops-schedule"],
            Said(draft.Branches));
        Assert.Contains("The rule Tagged asks for tags contains \"db\", which no label says here, and is not taken.", Found(draft));
        Assert.Contains("The alert policy Louder sets the priority P1, and is not taken.", Found(draft));
    }

    [Theory]
    [InlineData("{{ payload.labels.a == 'b or c' and labels.d != \"x\" }}", "a=\"b or c\" & d!=\"x\"")]
    [InlineData("{{ payload.commonLabels['team'] not in ['a','b'] }}", "team!~\"a|b\"")]
    [InlineData("{{ True }}", "")]
    [InlineData("{{ (payload.labels.a == 'b') }}", null)]
    [InlineData("{{ payload.severity == 'b' }}", null)]
    [InlineData("payload.labels.a == 'b'", null)]
    [InlineData("{{ payload.labels.a == 'b' and payload.x }}", null)]
    [InlineData("{{", null)]
    public void Jinja_SaysWhatLabelsCanSay_OrNothing(string template, string? said) => Assert.Equal(said, RouteTerms.Jinja(template) is { } read ? string.Join(" | ", read.Select(a => string.Join(" & ", a))) : null);

    [Theory]
    [InlineData("\"severity\": \"critical\"", "severity=\"critical\"")]
    [InlineData("\"severity\"\\s*:\\s*\"crit.*\"", "severity=~\"crit.*\"")]
    [InlineData(".*", "")]
    [InlineData("critical", null)]
    [InlineData("\"a\": \"(?=x)\"", null)]
    [InlineData("\"a\".*\"b\": \"c\"", null)]
    [InlineData("\"", null)]
    public void Payload_OnlyTheUsualForm_IsALabel(string pattern, string? said) => Assert.Equal(said, RouteTerms.Payload(pattern) is { } read ? string.Join(" & ", read) : null);

    [Fact]
    public void GrafanaOnCall_OnCall_IsTheSameOverAChangeOfClocks_WithItsOverride() => Assert.Equal(
        ["2026-03-27T08:00:00Z bo", "2026-03-27T16:00:00Z ", "2026-03-30T07:00:00Z ada", "2026-03-30T10:00:00Z bo", "2026-03-30T11:00:00Z ada", "2026-03-30T15:00:00Z "],
        OnCall(Import("grafana-oncall", OnCallFiles).Set, "primary", "2026-03-27T08:00:00Z", "2026-03-31T00:00:00Z"));

    [Fact]
    public void AnyFile_ThatIsNoJson_IsSaidWithItsPlace() =>
        Assert.Equal("a.json:2:2: This is not JSON. Save the API's answer as it is.", Assert.Single(ImportedFiles.Read("pagerduty", [("a.json", "{\n x")]).Problems).ToString());

    [Theory]
    [InlineData("opsgenie")]
    [InlineData("grafana-oncall")]
    [InlineData("pagerduty")]
    [InlineData("goalert")]
    public void AnyFile_OfSomethingElse_IsAFinding(string source) => Assert.Single(Import(source, "{\"x\":1}").Draft.Findings);

    [Theory]
    [InlineData("Payments & Tills", "payments-tills")]
    [InlineData("Größe", "gr-e")]
    [InlineData("日本", "unnamed")]
    [InlineData("--a--", "a")]
    public void Slug_AnyTitle_IsAName(string title, string name) => Assert.Equal(name, ImportDraft.Slug(title));
}
