using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary><c>openslo/v1 AlertCondition</c>.</summary>
internal sealed class AlertConditionKind : ManifestKind<AlertConditionDefinition>
{
    public override string ApiVersion => OpenSloFields.Version;

    public override string Kind => "AlertCondition";

    public override string Summary => "One window and the burn above which it alerts.";

    public override string Example => """
        apiVersion: openslo/v1
        kind: AlertCondition
        metadata:
          name: fast-burn
        spec:
          description: Burns ten times faster than the budget allows.
          severity: page
          condition:
            kind: burnrate
            op: gt
            threshold: 10
            lookbackWindow: 1h
            alertAfter: 5m

        """;

    protected override AlertConditionDefinition? Read(Field document, ManifestMetadata metadata) => AlertReading.Condition(document.Require("spec"), metadata.Name);
}

/// <summary><c>openslo/v1 AlertNotificationTarget</c>.</summary>
internal sealed class AlertNotificationTargetKind : ManifestKind<NotificationTargetDefinition>
{
    public override string ApiVersion => OpenSloFields.Version;

    public override string Kind => "AlertNotificationTarget";

    public override string Summary => "A name for where alerts go; Nines itself calls the service's owner.";

    public override string Example => """
        apiVersion: openslo/v1
        kind: AlertNotificationTarget
        metadata:
          name: payments-oncall
        spec:
          description: Whoever is on call for payments.
          target: oncall

        """;

    protected override NotificationTargetDefinition Read(Field document, ManifestMetadata metadata) => AlertReading.Target(document.Require("spec"), metadata.Name);
}

/// <summary><c>openslo/v1 AlertPolicy</c>.</summary>
internal sealed class AlertPolicyKind : ManifestKind<AlertPolicyDefinition>
{
    public override string ApiVersion => OpenSloFields.Version;

    public override string Kind => "AlertPolicy";

    public override string Summary => "Which condition alerts whom; for two windows at once write a BurnAlertPolicy.";

    public override string Example => """
        apiVersion: openslo/v1
        kind: AlertPolicy
        metadata:
          name: payments-alerts
        spec:
          alertWhenBreaching: true
          alertWhenResolved: true
          alertWhenNoData: false
          conditions:
            - kind: AlertCondition
              metadata: { name: fast-burn }
              spec:
                severity: page
                condition: { kind: burnrate, op: gt, threshold: 10, lookbackWindow: 1h, alertAfter: 5m }
          notificationTargets:
            - kind: AlertNotificationTarget
              metadata: { name: payments-oncall }
              spec: { target: oncall }

        """;

    protected override AlertPolicyDefinition Read(Field document, ManifestMetadata metadata) => AlertReading.Policy(document.Require("spec"), metadata.Name);

    protected override void Check(AlertPolicyDefinition spec, CompiledManifest manifest, ManifestSet all, ProblemList problems) =>
        AlertReading.CheckReferences(spec, "spec", manifest, all, problems);
}
