using Nines.Alerting.Alerts;
using Nines.Catalog.Entries;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents;
using Nines.Responding.Runbooks;
using Nines.Responding.Runbooks.Manifests;
using NodaTime;

namespace Nines.Tests.Unit.Responding.Runbooks;

/// <summary>A catalog with a runbook, and runs over it.</summary>
internal static class RunbookBench
{
    public const string Written = """
        apiVersion: nines/v1
        kind: Runbook
        metadata: { name: payments-errors }
        spec:
          title: Card payments fail
          alertName: ErrorBudgetBurn
          services: [payments]
          lastUpdated: 2026-11-01
          owner: Payments
          diagnosis:
            - { key: health, step: Check service health, expected: It answers. }
            - { key: deploys, step: Check recent deployments, ifUnexpected: { goTo: roll-back, text: Roll it back. } }
            - { key: deps, step: Check dependencies }
          mitigation:
            - { option: Roll back, when: Recent deployment suspected, steps: [Roll back, Watch] }
            - { option: Scale up, steps: [] }
          escalation: { afterMinutes: 30, contact: Payments lead, contextToProvide: Since when }

        """;

    public static readonly Instant Now = Instant.FromUtc(2026, 11, 19, 3, 0);

    private static readonly ManifestKinds Kinds = new([new ServiceKind(), new PersonKind(), new RunbookKind()]);

    public static ManifestSet Read(string documents, ProblemList? problems = null) => ManifestSet.Build(ManifestParser.Parse(documents, null, problems ?? new()).Select(d => Kinds.Compile(d)), whole: true);

    public static Runbook One(string document = Written) => Read(document).Of<Runbook>().Single();

    public static IReadOnlyList<string> ProblemsOf(string document) => [.. Read(document).Problems.Where(p => p.IsError).Select(p => $"{p.Path}: {p.What} {p.Remedy}")];

    public static RunContext Context(RunbookRuns runs, string document = Written) => new()
    {
        Runs = runs,
        Catalog = Read(document),
        Incidents = IncidentBook.None,
        Alerts = AlertBook.None,
        Pages = PageBook.None,
        NewId = () => "run1",
    };

    /// <summary>The runs after some events, a minute apart.</summary>
    public static RunbookRuns Fold(params object[] events) => FoldFrom(RunbookRuns.None, 0, events);

    public static RunbookRuns FoldFrom(RunbookRuns runs, int minute, params object[] events)
    {
        var fold = new RunbookRunsFold();
        foreach (var happened in events)
        {
            var entry = new JournalEntry(minute + 1, new("run", "run1"), 1, "", Now + Duration.FromMinutes(minute++), "", 0, null, default);
            runs = fold.Apply(runs, new Recorded(entry, happened));
        }

        return runs;
    }

    public static RunStarted Started(bool drill = false) => new("run1", 1, "payments-errors", "Card payments fail", One().Plan, "", "", AlertLabels.None, drill, "ada");

    public static StepEnded Ended(string step, StepOutcome outcome = StepOutcome.Expected) => new("run1", step, outcome, "", "ada", "");

    public static string Said<T>(Outcome<T> outcome) => string.Join(" ", outcome.Problems.Select(p => p.ToString()));
}
