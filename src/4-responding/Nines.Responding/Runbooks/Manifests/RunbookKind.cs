using Nines.Alerting.Silences;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Responding.Runner;
using NodaTime;
using NodaTime.Text;

namespace Nines.Responding.Runbooks.Manifests;

/// <summary><c>nines/v1 Runbook</c>: seed 003's template, with branches and with steps that Nines can do itself.</summary>
internal sealed class RunbookKind : ManifestKind<Runbook>
{
    private const int MostSteps = 100;

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "Runbook";

    /// <inheritdoc />
    public override string Summary => "What to do about an alert: how to find out what it is, how to stop it, whom to call; step by step, some of them by Nines itself.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: Runbook
        metadata: { name: payments-errors }
        spec:
          title: Card payments fail
          alertName: ErrorBudgetBurn
          services: [payments]
          lastUpdated: 2026-11-01
          owner: Payments
          overview: More payments fail than the budget bears.
          impact: Shoppers cannot pay by card.
          diagnosis:
            - key: health
              step: Check service health
              expected: The service answers.
              run: { http: { url: "https://payments.example.com/health", expect: { status: 200 } }, approval: none }
            - key: deploys
              step: Check recent deployments
              command: nines change list service:payments
              expected: None in the last hour.
              ifUnexpected: { goTo: roll-back, text: Roll it back. }
          mitigation:
            - option: Roll back
              when: Recent deployment suspected
              steps:
                - step: Roll back to the version before
                  run: { command: { name: roll-back, with: { service: payments } } }
                - step: Does it burn on?
                  run: { query: { objective: payments-availability, window: 5m, below: 1 } }
          escalation: { afterMinutes: 30, contact: Payments lead, contextToProvide: What failed and since when }

        """;

    /// <inheritdoc />
    protected override Runbook? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var title = spec.Optional("title").Text();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var diagnosis = Steps(spec.Optional("diagnosis"), "d", keys);
        var mitigation = Options(spec.Optional("mitigation"), keys);
        var count = diagnosis.Count + mitigation.Sum(m => m.Steps.Count);
        if (count > MostSteps) spec.Wrong($"It has {count} steps.", $"Nobody follows more than {MostSteps}: make several runbooks of it.");
        var matchers = spec.Optional("match").Texts().Select(Matcher.Parse).ToArray();
        foreach (var wrong in matchers.Where(m => !m.Ok)) spec.Optional("match").Wrong(wrong.Problems[0].What, wrong.Problems[0].Remedy);
        var runbook = new Runbook
        {
            Name = metadata.Name,
            Title = title.Length > 0 ? title : metadata.DisplayName,
            AlertNames = spec.Optional("alertName").Texts(),
            Matchers = [.. matchers.Where(m => m.Ok).Select(m => m.Value)],
            Services = spec.Optional("services").Texts(),
            Owner = spec.Optional("owner").Text(),
            LastUpdated = Date(spec.Optional("lastUpdated")),
            ReviewEvery = spec.Optional("reviewEvery").Duration() ?? Runbook.UsualReview,
            Overview = spec.Optional("overview").Text(),
            Impact = spec.Optional("impact").Text(),
            Plan = new(diagnosis, mitigation, Escalation(spec.Optional("escalation"))),
        };
        foreach (var step in runbook.Plan.Steps)
            if (step.GoTo.Length > 0 && runbook.Plan.Find(step.GoTo) is null && runbook.Plan.Option(step.GoTo) is null)
                spec.Wrong($"The step {step.Key} goes to \"{step.GoTo}\", which is neither a step nor an option.", $"Write one of {string.Join(", ", runbook.Plan.Steps.Select(s => s.Key).Concat(runbook.Plan.Mitigation.Select(m => m.Key)))}.");
        return runbook;
    }

    /// <inheritdoc />
    protected override void Check(Runbook spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (spec.AlertNames.Count + spec.Matchers.Count + spec.Services.Count == 0) manifest.Notes(problems, "It is linked to no alert: nobody finds it when one fires.", "Write alertName:, match: or services:.", "spec");
        if (!spec.Plan.Steps.Any() && spec.Plan.Mitigation.Count == 0) manifest.Notes(problems, "It has no step.", "Write diagnosis: and mitigation:.", "spec");
        if (spec.LastUpdated is null) manifest.Notes(problems, "It does not say when it was last looked through.", "Write lastUpdated: with a date.", "spec");
        if (spec.Owner.Length == 0) manifest.Notes(problems, "Nobody keeps it right.", "Write owner: with a team or a person.", "spec");
        for (var i = 0; i < spec.Services.Count; i++)
            if (CatalogView.Of(all).Service(spec.Services[i]) is null) manifest.Notes(problems, $"There is no service \"{spec.Services[i]}\" in the catalog.", $"{all.DidYouMean<Service>(spec.Services[i])}Write a Service of that name.", $"spec.services[{i}]");
    }

    private static List<RunbookStep> Steps(Field list, string prefix, HashSet<string> keys)
    {
        var steps = new List<RunbookStep>();
        foreach (var item in list.Items())
        {
            if (item.Node is ManifestScalar) steps.Add(new(Key($"{prefix}{steps.Count + 1}", item, keys), item.Text()));
            else if (Step(item, $"{prefix}{steps.Count + 1}", keys) is { } step) steps.Add(step);
        }

        return steps;
    }

    private static RunbookStep? Step(Field item, string usual, HashSet<string> keys)
    {
        var (text, key, otherwise) = (item.Require("step", "Write what is done."), item.Optional("key"), item.Optional("ifUnexpected"));
        var branch = otherwise.Node is ManifestMapping;
        return new(
            Key(key.Given ? key.Text() : usual, key.Given ? key : item, keys), text.Text(), item.Optional("command").Text(), item.Optional("expected").Text(),
            branch ? otherwise.Optional("text").Text() : otherwise.Text(), branch ? otherwise.Require("goTo", "Write the key of a step or an option.").Text() : "", RunnerFields.Read(item.Optional("run")));
    }

    private static List<RunbookOption> Options(Field list, HashSet<string> keys)
    {
        var options = new List<RunbookOption>();
        foreach (var item in list.Items())
        {
            var (name, key) = (item.Require("option", "Write what it is called.").Text(), item.Optional("key"));
            var own = Key(key.Given ? key.Text() : Slug(name, options.Count), key.Given ? key : item, keys);
            options.Add(new(own, name, item.Optional("when").Text(), Steps(item.Optional("steps"), own + "-", keys)));
        }

        return options;
    }

    private static RunbookEscalation? Escalation(Field field)
    {
        if (!field.Given || !field.IsMapping()) return null;
        var after = field.Require("afterMinutes", "Write after how many minutes.").Integer(1, 1440);
        var (contact, context) = (field.Require("contact", "Write whom to call.").Text(), field.Optional("contextToProvide").Text());
        return after is { } minutes ? new(Duration.FromMinutes(minutes), contact, context) : null;
    }

    private static LocalDate? Date(Field field)
    {
        if (!field.Given || field.Text().Length == 0) return null;
        if (LocalDatePattern.Iso.Parse(field.Text()) is { Success: true } date) return date.Value;
        field.Wrong($"\"{field.Text()}\" is not a date.", "Write one such as 2026-11-01.");
        return null;
    }

    private static string Key(string key, Field field, HashSet<string> keys)
    {
        if (key.Length is 0 or > 63 || !key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) field.Wrong($"\"{key}\" cannot be a key.", "Write lower-case letters, digits and hyphens.");
        else if (!keys.Add(key)) field.Wrong($"There are two of the key {key}.", "Give one another key.");
        return key;
    }

    private static string Slug(string name, int place)
    {
        var slug = string.Join('-', new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length is 0 or > 40 ? $"m{place + 1}" : slug;
    }
}
