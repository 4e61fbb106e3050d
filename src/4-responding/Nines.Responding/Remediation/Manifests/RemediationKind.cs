using Nines.Alerting.Silences;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Runbooks;
using Nines.Responding.Runner;
using NodaTime;

namespace Nines.Responding.Remediation.Manifests;

/// <summary><c>nines/v1 Remediation</c>: seed 003's trigger, condition, action, escalate_if, with limits and a ceiling.</summary>
internal sealed class RemediationKind : ManifestKind<RemediationRule>
{
    private const string Kinds = "Write exactly one of http, command, chat and runbook.";

    private static readonly string[] Others = ["http", "command", "query", "chat"];
    private static readonly string[] Comparisons = ["above", "atLeast", "below", "atMost"];

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "Remediation";

    /// <inheritdoc />
    public override string Summary => "What mends a symptom: which alert triggers it, what must hold, what is done, when it gives up, how much it may do.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: Remediation
        metadata: { name: pool-exhausted }
        spec:
          title: Connection pool exhausted
          trigger: { alertName: ConnectionPoolExhausted, for: 1m }
          condition: { label: available_connections, atMost: 0 }
          action: { http: { method: POST, url: "https://pool.example.com/{labels.pool}/close-idle", secretHeaders: { Authorization: env:POOL_TOKEN } } }
          target: pool
          escalateIf: { attempts: 1, againWithin: 1h }
          limits: { perHour: 2, atOnce: 1, targets: 1, coolDown: 10m }
          successWithin: 10m
          mode: approve

        """;

    /// <inheritdoc />
    protected override RemediationRule? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var (trigger, condition, escalate, limits) = (spec.Require("trigger", "Write trigger: { alertName: … }."), spec.Optional("condition"), spec.Optional("escalateIf"), spec.Optional("limits"));
        var matchers = trigger.Optional("match").Texts().Select(Matcher.Parse).ToArray();
        foreach (var wrong in matchers.Where(m => !m.Ok)) trigger.Optional("match").Wrong(wrong.Problems[0].What, wrong.Problems[0].Remedy);
        var (names, services) = (trigger.Optional("alertName").Texts(), trigger.Optional("services").Texts());
        if (trigger.Given && names.Count + matchers.Length + services.Count == 0) trigger.Wrong("It is triggered by every alert.", "Write alertName:, match: or services:.");
        var title = spec.Optional("title").Text();
        var byLabel = condition.Optional("label").Given;
        var label = byLabel ? Label(condition) : null;
        var query = byLabel ? null : RunnerFields.Query(condition);
        var does = spec.Require("action", "Write what is done: http, command, chat or runbook.");
        var runbook = Runbook(does);
        var action = runbook is null && !does.Optional("runbook").Given ? RunnerFields.Read(does, Kinds) : null;
        if (action is { Reads: true }) spec.Optional("action").Wrong("This action changes nothing, so it mends nothing.", "Write what is done.");
        var mode = spec.Optional("mode").Choice("suggest", "approve", "automatic");
        var rule = new RemediationRule
        {
            Name = metadata.Name,
            Title = title.Length > 0 ? title : metadata.DisplayName,
            AlertNames = names,
            Matchers = [.. matchers.Where(m => m.Ok).Select(m => m.Value)],
            Services = services,
            For = trigger.Optional("for").Duration() ?? Duration.Zero,
            Label = label,
            Query = query,
            Action = action ?? new(),
            Runbook = runbook,
            TargetLabel = spec.Optional("target").Text(),
            Escalation = new((int)(escalate.Optional("attempts").Integer(1, 100) ?? 3), escalate.Optional("againWithin").Duration()),
            Limits = new(
                (int)(limits.Optional("perHour").Integer(1, 100) ?? 3), (int)(limits.Optional("atOnce").Integer(1, 20) ?? 1), (int)(limits.Optional("targets").Integer(1, 100) ?? 1), limits.Optional("coolDown").Duration() ?? Duration.FromMinutes(10)),
            SuccessWithin = spec.Optional("successWithin").Duration() ?? Duration.FromMinutes(15),
            Ceiling = mode switch { "automatic" => RemedyLevel.Automatic, "approve" => RemedyLevel.Approve, _ => RemedyLevel.Suggest },
        };
        return action is null && runbook is null ? null : rule;
    }

    /// <inheritdoc />
    protected override void Check(RemediationRule spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        for (var i = 0; i < spec.Services.Count; i++)
            if (CatalogView.Of(all).Service(spec.Services[i]) is null) manifest.Notes(problems, $"There is no service \"{spec.Services[i]}\" in the catalog.", $"{all.DidYouMean<Service>(spec.Services[i])}Write a Service of that name.", $"spec.trigger.services[{i}]");
        foreach (var problem in RuleDeed.Of(spec, all).Problems) Report(problem, manifest, all, problems);
        if (spec.AlertNames.Count > 0 && !all.Of<Runbook>().Any(r => r.AlertNames.Intersect(spec.AlertNames, StringComparer.Ordinal).Any()))
            manifest.Notes(problems, "No runbook is for the same alert: whoever is called when it gives up starts from nothing.", "Write a Runbook with this alertName.", "spec.trigger.alertName");
    }

    /// <summary>What is being applied is refused; what is kept and lost its runbook's option since does nothing, and holds up nobody who mends that runbook.</summary>
    private static void Report(Problem problem, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        var path = $"spec.action.runbook.{problem.Path}";
        if (manifest.Stored is not null) manifest.Notes(problems, $"The rule does nothing: {problem.What}", problem.Remedy, path);
        else if (problem.Kind == ProblemKind.NotFound) manifest.Dangles(all, problems, problem.What, problem.Remedy, path);
        else manifest.Wrong(problems, problem.What, problem.Remedy, path);
    }

    /// <summary>The option that is named; null where there is none, or where it is wrong, which is then said.</summary>
    private static RunbookChoice? Runbook(Field action)
    {
        if (!action.Given || !action.IsMapping() || action.Optional("runbook") is not { Given: true } runbook) return null;
        var others = Others.Count(o => action.Optional(o).Given);
        if (others > 0) action.Wrong($"It says {others + 1} things to do.", Kinds);
        if (!runbook.IsMapping()) return null;
        var (name, option) = (runbook.Require("name", "Write the name of a runbook."), runbook.Require("option", "Write the key of one of its options."));
        return name.Text().Length > 0 && option.Text().Length > 0 ? new(name.Text(), option.Text()) : null;
    }

    private static LabelCondition? Label(Field condition)
    {
        var given = Comparisons.Select(c => (Word: c, Field: condition.Optional(c))).Where(c => c.Field.Given).ToArray();
        var name = condition.Optional("label").Text();
        if (given.Length == 1 && given[0].Field.Number() is { } limit) return new(name, Enum.Parse<QueryComparison>(given[0].Word, ignoreCase: true), limit);
        if (given.Length != 1) condition.Wrong("It does not say with what the label is compared.", "Write exactly one of above, atLeast, below and atMost, with a number.");
        return null;
    }
}
