using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;
using NodaTime;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>Reads OpenSLO's alert policies, conditions and targets, inline or as documents of their own.</summary>
internal static class AlertReading
{
    private static readonly string[] PageWords = ["page", "critical", "high", "urgent", "sev1", "sev2", "p0", "p1", "emergency"];

    public static AlertPolicyDefinition Policy(Field spec, string name)
    {
        OpenSloFields.Description(spec);
        var conditions = spec.Require("conditions", "Write conditions: with one conditionRef or one inline condition.");
        var targets = spec.Optional("notificationTargets");
        var read = new AlertPolicyDefinition(
            name,
            [.. conditions.Items().Select(ConditionUse)],
            [.. targets.Items().Select(TargetUse)],
            spec.Optional("alertWhenBreaching").Flag() ?? true, spec.Optional("alertWhenResolved").Flag() ?? false, spec.Optional("alertWhenNoData").Flag() ?? false);
        if (read.Conditions.Count > 1) conditions.Deviates($"Here are {read.Conditions.Count} conditions; each alerts by itself.", "OpenSLO allows one; write a policy for each, or a nines/v1 BurnAlertPolicy.");
        if (read.Targets.Count == 0) targets.Deviates("Nothing says where alerts go; Nines calls the service's owner.", "OpenSLO asks for notificationTargets with at least one targetRef.");
        return read;
    }

    public static AlertConditionDefinition? Condition(Field spec, string name)
    {
        OpenSloFields.Description(spec);
        var severity = spec.Require("severity", "Write severity: page or ticket.");
        var condition = spec.Require("condition", "Write condition: with threshold and lookbackWindow.");
        var kind = condition.Optional("kind");
        if (kind.Given && kind.Choice("burnrate") is null) return null;
        ReadOperator(condition.Optional("op"));
        var threshold = condition.Require("threshold", "Write threshold: with the burn above which it alerts.");
        var factor = threshold.Number();
        if (factor is <= 0) threshold.Wrong($"A burn above {factor} always holds.", "Write a threshold above 0; 1 spends the budget exactly by the end of the window.");
        var lookback = OpenSloDuration.Read(condition.Require("lookbackWindow", "Write lookbackWindow: such as 1h."));
        var after = condition.Optional("alertAfter");
        var hold = after.Text() is "0m" or "0" or "0s" ? null : OpenSloDuration.Read(after);
        if (factor is null || lookback is null) return null;
        if (lookback.Value.Length < Duration.FromMinutes(1)) condition.Optional("lookbackWindow").Wrong("The window is shorter than a minute.", "Write at least 1m.");
        return new(name, ReadSeverity(severity), factor.Value, lookback.Value.Length, hold?.Length ?? Duration.Zero);
    }

    public static NotificationTargetDefinition Target(Field spec, string name) =>
        new(name, spec.Require("target", "Write target: such as email, slack or oncall.").Text(), OpenSloFields.Description(spec));

    /// <summary>Reports conditions and targets that are named and not there.</summary>
    public static void CheckReferences(AlertPolicyDefinition policy, string path, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        for (var i = 0; i < policy.Conditions.Count; i++)
            if (policy.Conditions[i].Ref is { } name && !all.Has(OpenSloFields.Version, "AlertCondition", name))
                manifest.Dangles(all, problems, $"There is no AlertCondition \"{name}\".", $"{all.DidYouMean<AlertConditionDefinition>(name)}Write it, or write the condition here.", $"{path}.conditions[{i}].conditionRef");
        for (var i = 0; i < policy.Targets.Count; i++)
            if (policy.Targets[i].Ref is { } name && !all.Has(OpenSloFields.Version, "AlertNotificationTarget", name))
                manifest.Dangles(all, problems, $"There is no AlertNotificationTarget \"{name}\".", $"{all.DidYouMean<NotificationTargetDefinition>(name)}Write it, or write the target here.", $"{path}.notificationTargets[{i}].targetRef");
    }

    private static ConditionUse ConditionUse(Field item)
    {
        if (item.Node is ManifestScalar) return new(Bare(item, "conditionRef"), null);
        // OpenSLO's own schema tests still write it, from the time of several conditions.
        if (item.Optional("operator") is { Given: true } op) op.Deviates("operator says nothing: a policy has one condition.", "Remove it.");
        if (item.Optional("conditionRef") is { Given: true } reference) return new(reference.Text(), null);
        var metadata = Inline(item, "AlertCondition");
        return new(null, Condition(item.Require("spec", "Write spec: with severity and condition, or conditionRef:."), metadata.Name));
    }

    private static TargetUse TargetUse(Field item)
    {
        if (item.Node is ManifestScalar) return new(Bare(item, "targetRef"), null);
        if (item.Optional("targetRef") is { Given: true } reference) return new(reference.Text(), null);
        var metadata = Inline(item, "AlertNotificationTarget");
        return new(null, Target(item.Require("spec", "Write spec: with target, or targetRef:."), metadata.Name));
    }

    internal static string Bare(Field item, string field)
    {
        item.Deviates($"A bare name stands here; {field} is meant.", $"Write {field}: {item.Text()}.");
        return item.Text();
    }

    internal static ManifestMetadata Inline(Field item, string kind)
    {
        item.Knows("apiVersion");
        var written = item.Optional("kind");
        if (written.Given) written.Choice(kind);
        return ManifestMetadata.ReadInline(item);
    }

    private static void ReadOperator(Field op)
    {
        if (op.Choice("gt", "gte", "lt", "lte") is "lt" or "lte")
            op.Deviates($"A burn condition that holds below its threshold would hold while all is well; \"above\" is meant, whatever {op.Text()} says.", "Write op: gt.");
    }

    private static BurnSeverity ReadSeverity(Field field)
    {
        var word = field.Text().ToLowerInvariant();
        if (word is "page" or "ticket") return word == "page" ? BurnSeverity.Page : BurnSeverity.Ticket;
        var page = PageWords.Contains(word);
        if (word.Length > 0) field.Notes($"The severity \"{field.Text()}\" is taken as {(page ? "page" : "ticket")}.", "Write page to wake somebody, ticket to wait for working hours.");
        return page ? BurnSeverity.Page : BurnSeverity.Ticket;
    }
}
