using Nines.Catalog.Manifests;
using Nines.Responding.Incidents;

namespace Nines.Responding.Updates.Manifests;

/// <summary><c>nines/v1 UpdatePolicy</c>: how often those who wait are told, and in which words; one a house.</summary>
internal sealed class UpdatePolicyKind : ManifestKind<UpdatePolicy>
{
    private static readonly string[] Severities = ["sev1", "sev2", "sev3", "sev4"];

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "UpdatePolicy";

    /// <inheritdoc />
    public override string Summary => "How often those who wait for news of an incident are told, and in which words.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: UpdatePolicy
        metadata: { name: updates }
        spec:
          every: { sev1: 30m, sev2: 1h }
          templates:
            - name: board
              audience: executives
              stage: first
              subject: "{severity}: {title}"
              text: "{impact}. {commander} leads; the next news comes at {next}."

        """;

    /// <inheritdoc />
    protected override UpdatePolicy? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var every = UpdatePolicy.Shipped.Every;
        var given = spec.Optional("every");
        foreach (var severity in Severities)
        {
            var field = given.Optional(severity);
            if (field.Given && field.Duration() is { } wait) every = every.SetItem(SeverityText.Parse(severity)!.Value, wait);
        }

        var templates = UpdateTemplate.Shipped;
        foreach (var item in spec.Optional("templates").Items())
            if (Template(item) is { } template) templates = [.. templates.Where(t => t.Name != template.Name), template];
        return new(every, templates);
    }

    /// <inheritdoc />
    protected override void Check(UpdatePolicy spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (all.All.FirstOrDefault(m => m.Kind is UpdatePolicyKind && m.Key != manifest.Key) is { } other)
            manifest.Wrong(problems, $"There is an update policy already: {other.Metadata.Name}.", "A house has one: change it, or delete it.", "metadata.name");
        foreach (var (severity, wait) in spec.Every)
            if (wait <= UpdateClock.Ahead) manifest.Wrong(problems, $"{severity.Word()} is told every {(int)wait.TotalMinutes} minutes: nobody writes that fast.", "Write 10m or more.", $"spec.every.{severity.Word().ToLowerInvariant()}");
    }

    private static UpdateTemplate? Template(Field item)
    {
        var name = item.Require("name", "Give it a short name.").Text();
        var audience = item.Require("audience", "Write internal, executives or customers.").Choice("internal", "executives", "customers");
        var stage = item.Require("stage", "Write first, progress or resolved.").Choice("first", "progress", "resolved");
        var (subject, text) = (item.Require("subject", "Write its headline."), item.Require("text", "Write the rest."));
        foreach (var field in (Field[])[subject, text])
            foreach (var place in UpdateDraft.Unknown(field.Text())) field.Wrong($"There is nothing to put into {{{place}}}.", $"Use one of {string.Join(", ", UpdateDraft.Places.Keys.Order(StringComparer.Ordinal))}.");
        return name.Length == 0 || audience is null || stage is null ? null
            : new(name, Enum.Parse<UpdateAudience>(audience, ignoreCase: true), Enum.Parse<UpdateStage>(stage, ignoreCase: true), subject.Text(), text.Text());
    }
}
