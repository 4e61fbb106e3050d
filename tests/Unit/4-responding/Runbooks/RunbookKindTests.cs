using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Responding.Incidents;
using Nines.Responding.Runbooks;
using Nines.Responding.Runbooks.Manifests;
using Nines.Responding.Runner;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.Runbooks;

public class RunbookKindTests
{
    private const string Seed = """
        runbook:
          title: "Payments down"
          alert_name: "PaymentsDown"
          last_updated: ""
          owner: ""
          overview: |
            What this alert means in plain English.
          impact: |
            What users/systems are affected and how.
          diagnosis:
            - step: "Check service health"
              command: ""
              expected: ""
              if_unexpected: ""
            - step: "Check recent deployments"
              command: ""
              expected: ""
              if_unexpected: "Rollback: [command]"
          mitigation:
            - option: "Rollback"
              when: "Recent deployment suspected"
              steps: []
          escalation:
            after_minutes: 30
            contact: "lead"
            context_to_provide: "all"

        """;

    private static string Step(string run) => $"apiVersion: nines/v1\nkind: Runbook\nmetadata: {{ name: a }}\nspec: {{ diagnosis: [{{ step: A, run: {run} }}] }}\n";

    [Fact]
    public void Read_OfItsOwnExample_HasNoError() => Assert.Empty(RunbookBench.ProblemsOf(new RunbookKind().Example));

    [Fact]
    public void Read_ARunbook_TakesStepsBranchesAndOptions()
    {
        var runbook = RunbookBench.One();
        Assert.Equal(["health", "deploys", "deps", "roll-back-1", "roll-back-2"], runbook.Plan.Steps.Select(s => s.Key));
        Assert.Equal(("roll-back", "Roll it back."), (runbook.Plan.Find("deploys")!.GoTo, runbook.Plan.Find("deploys")!.IfUnexpected));
        Assert.Equal((Duration.FromMinutes(30), "Payments lead"), (runbook.Plan.Escalation!.After, runbook.Plan.Escalation.Contact));
    }

    [Fact]
    public void Import_TheSeedsTemplate_GivesAManifestThatReads()
    {
        var manifest = RunbookImport.Read(Assert.Single(ManifestParser.Parse(Seed, "seed.yaml", new())), new())!;
        Assert.Empty(RunbookBench.ProblemsOf(manifest));
        var runbook = RunbookBench.One(manifest);
        Assert.Equal(("payments-down", "Payments down", "PaymentsDown"), (runbook.Name, runbook.Title, runbook.AlertNames[0]));
        Assert.Equal("Rollback: [command]", runbook.Plan.Diagnosis[1].IfUnexpected);
    }

    [Fact]
    public void Import_OfSomethingElse_SaysWhatARunbookIs()
    {
        var problems = new ProblemList();
        Assert.Null(RunbookImport.Read(Assert.Single(ManifestParser.Parse("kind: Service\n", "a.yaml", new())), problems));
        Assert.Equal("This is no runbook. It begins with runbook: and has title, alert_name, diagnosis and so on below.", problems.Problems[0] is var p ? $"{p.What} {p.Remedy}" : "");
    }

    [Theory]
    [InlineData("{ http: { url: \"ftp://x\" } }", "\"ftp://x\" is not an address. Write a whole address that begins with https://.")]
    [InlineData("{ http: { url: \"https://{labels.host}/x\" } }", "A label must not choose the receiver. Write the host itself; labels may stand in the path and the query.")]
    [InlineData("{ http: { url: \"https://x/\", headers: { Authorization: abc } } }", "The header Authorization holds a secret. Write it under secretHeaders: { Authorization: env:NAME }.")]
    [InlineData("{ http: { url: \"https://x/\", secretHeaders: { X: abc } } }", "A secret must not stand in a manifest. Write where it is kept: env:NAME or file:/absolute/path.")]
    [InlineData("{ http: { url: \"https://x/\", method: POST }, approval: none }", "Only what reads runs without an approval: a query, and HTTP GET or HEAD. Write approval: person, or leave it out.")]
    [InlineData("{ command: { name: a }, approval: none }", "Only what reads runs without an approval: a query, and HTTP GET or HEAD. Write approval: person, or leave it out.")]
    [InlineData("{ }", "It does not say what is done. Write exactly one of http, command, query and chat.")]
    [InlineData("{ query: { objective: a, below: 1 }, command: { name: b } }", "It says 2 things to do. Write exactly one of http, command, query and chat.")]
    [InlineData("{ query: { objective: a } }", "It does not say which answer is expected. Write exactly one of above, atLeast, below and atMost, with a number.")]
    [InlineData("{ query: { objective: a, metric: b, below: 1 } }", "It asks 2 things. Write exactly one of objective, alerts, metric and promql.")]
    [InlineData("{ command: { name: a }, timeout: 1h }", "It may last 10m at most. Write less; what lasts longer is started here and looked at later.")]
    public void Read_AnActionThatIsNone_SaysWhatToWrite(string run, string words) => Assert.Contains(RunbookBench.ProblemsOf(Step(run)), p => p.EndsWith(words, StringComparison.Ordinal));

    [Fact]
    public void Read_ABranchToNowhere_NamesWhatThereIs() => Assert.Equal(
        ["spec: The step a goes to \"nosuch\", which is neither a step nor an option. Write one of a, roll-back."],
        RunbookBench.ProblemsOf("apiVersion: nines/v1\nkind: Runbook\nmetadata: { name: a }\nspec: { diagnosis: [{ key: a, step: A, ifUnexpected: { goTo: nosuch } }], mitigation: [{ option: Roll back }] }\n"));

    [Fact]
    public void For_AnAlert_TheRunbookThatSaysMostComesFirst()
    {
        var all = RunbookBench.Read("""
            { apiVersion: nines/v1, kind: Runbook, metadata: { name: any-burn }, spec: { alertName: ErrorBudgetBurn } }
            ---
            { apiVersion: nines/v1, kind: Runbook, metadata: { name: payments }, spec: { services: [payments] } }
            ---
            { apiVersion: nines/v1, kind: Runbook, metadata: { name: payments-burn }, spec: { alertName: ErrorBudgetBurn, services: [payments], match: ["severity=page"] } }
            ---
            { apiVersion: nines/v1, kind: Runbook, metadata: { name: checkout-burn }, spec: { alertName: ErrorBudgetBurn, services: [checkout] } }
            ---
            { apiVersion: nines/v1, kind: Runbook, metadata: { name: unlinked }, spec: { title: For nobody } }
            """).Of<Runbook>().ToArray();
        var labels = AlertLabels.Of(("alertname", "ErrorBudgetBurn"), ("service", "payments"), ("severity", "page"));
        Assert.Equal(["payments-burn", "any-burn", "payments"], RunbookFit.For(all, labels, "payments").Select(r => r.Name));
        Assert.Equal(["any-burn"], RunbookFit.For(all, AlertLabels.Of(("alertname", "ErrorBudgetBurn")), "").Select(r => r.Name));
    }

    [Fact]
    public void Freshness_OfARunbook_FollowsItsLastReview()
    {
        var runbook = RunbookBench.One();
        Assert.Equal("fresh", RunbookFreshness.Word(runbook, new("payments-errors"), RunbookBench.Now));
        var later = RunbookBench.Now + Duration.FromDays(100);
        Assert.Equal("stale", RunbookFreshness.Word(runbook, new("payments-errors"), later));
        Assert.Equal(["It was last looked through 118 days ago; every 90 days somebody should.", "It was never used: nobody knows whether it works."], RunbookFreshness.Findings(runbook, new("payments-errors"), later));
        Assert.Equal("fresh", RunbookFreshness.Word(runbook, new("payments-errors") { ReviewedAt = later }, later));
        Assert.Equal("unknown", RunbookFreshness.Word(runbook with { LastUpdated = null }, new("payments-errors"), later));
    }

    [Fact]
    public void Draft_FromAnIncident_ReadsAsAManifest_WhateverPeopleTyped()
    {
        var incident = new Incident
        {
            Id = "i1",
            Number = 12,
            Title = "Card payments: \"fail\"\n---\nkind: Service # {x}",
            Severity = IncidentSeverity.Sev2,
            Services = ["payments"],
            DeclaredAt = RunbookBench.Now,
            DetectedAt = RunbookBench.Now,
            Helped = "Roll back to 2.40.3",
            Cause = "A query without an index.",
            Timeline = [new("1", RunbookBench.Now, RunbookBench.Now, TimelineKind.Change, "Deploy of payments: v2.41.0"), new("2", RunbookBench.Now, RunbookBench.Now, TimelineKind.Decision, "Turn off a flag")],
        };
        var draft = RunbookDraft.Of(["ErrorBudgetBurn"], [], [incident], RunbookBench.Now);
        Assert.Empty(RunbookBench.ProblemsOf(draft));
        var runbook = RunbookBench.One(draft);
        Assert.Equal((incident.Title, "payments-errorbudgetburn"), (runbook.Title, runbook.Name));
        Assert.Equal(["Roll back to 2.40.3", "Turn off a flag"], runbook.Plan.Mitigation.Select(m => m.Name));
        Assert.Contains(runbook.Plan.Diagnosis, s => s.Text == "Is it this again? INC-12: Deploy of payments: v2.41.0");
    }

    [Fact]
    public void Missing_OfAlerts_LeavesOutWhatHasARunbook()
    {
        static Alert Of(string id, string name, bool linked = false) => new()
        {
            Id = id,
            Labels = AlertLabels.Of(("alertname", name)),
            Severity = AlertSeverity.Page,
            Source = "x",
            Service = "payments",
            Title = name,
            Reason = "",
            StartedAt = RunbookBench.Now,
            Annotations = linked ? System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("runbook", "https://x/") : System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty,
        };
        var alerts = AlertBook.None with { All = new Dictionary<string, Alert> { ["a"] = Of("a", "ErrorBudgetBurn"), ["b"] = Of("b", "DiskFull"), ["c"] = Of("c", "PodCrash", linked: true) }.Aggregate(AlertBook.None.All, (all, a) => all.SetItem(a.Key, a.Value)) };
        Assert.Equal(["DiskFull"], RunbookGaps.Of([RunbookBench.One()], alerts, Nines.Paging.Notifications.PageBook.None, RunbookBench.Now).Select(g => g.Alert));
        Assert.Empty(RunbookGaps.Of([], alerts, Nines.Paging.Notifications.PageBook.None, RunbookBench.Now + Duration.FromDays(31)));
    }

    [Fact]
    public void Needs_OfAnAction_AreItsLabels() =>
        Assert.Equal(["namespace", "pod"], RunnerText.Needs(RunbookBench.One(Step("{ command: { name: a, with: { pod: \"{labels.pod}\", ns: \"x-{labels.namespace}\" } } }")).Plan.Diagnosis[0].Run!));
}
