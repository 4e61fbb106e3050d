using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Takes a report through the pipeline's first half, in the commit of the news.</summary>
internal static class ReportInCommit
{
    public static void Report(Deciding deciding, RouteTable routes, Incoming incoming)
    {
        foreach (var (stream, happened) in Intake.Report(deciding.State.Get<AlertBook>(), routes, incoming, deciding.Now, deciding.NewId)) deciding.Write(stream, happened);
    }

    public static void End(Deciding deciding, RouteTable routes, AlertLabels labels, Instant at, string reason)
    {
        if (Intake.End(deciding.State.Get<AlertBook>(), routes, labels, at, reason, deciding.Now) is { } end) deciding.Write(end.Stream, end.Event);
    }

    public static Service? Service(this CompiledManifests manifests, Deciding deciding, string name) => manifests.For(deciding.State).Find<Service>(name);

    /// <summary>What users feel when an objective burns: its description; empty where nobody wrote one.</summary>
    public static string Impact(this IEnumerable<IObjectiveDefinitions> objectives, Deciding deciding, string name) =>
        objectives.SelectMany(d => d.From(deciding.State)).FirstOrDefault(o => o.Name == name)?.Description ?? "";
}

/// <summary>A budget burns, or nothing is heard: an alert.</summary>
internal sealed class OnBurnAlertFired(AlertRoutes routes, CompiledManifests manifests, IEnumerable<IObjectiveDefinitions> objectives) : Reaction<BurnAlertFired>
{
    protected override void React(BurnAlertFired happened, JournalEntry entry, Deciding deciding) =>
        ReportInCommit.Report(deciding, routes.For(deciding.State), ObjectiveAlerts.Burn(happened, manifests.Service(deciding, happened.Service), objectives.Impact(deciding, happened.Objective)));
}

/// <summary>The same alert again.</summary>
internal sealed class OnBurnAlertReopened(AlertRoutes routes, CompiledManifests manifests) : Reaction<BurnAlertReopened>
{
    protected override void React(BurnAlertReopened happened, JournalEntry entry, Deciding deciding) =>
        ReportInCommit.Report(deciding, routes.For(deciding.State), ObjectiveAlerts.Reopened(happened, manifests.Service(deciding, happened.Service)));
}

/// <summary>It is over.</summary>
internal sealed class OnBurnAlertEnded(AlertRoutes routes) : Reaction<BurnAlertEnded>
{
    protected override void React(BurnAlertEnded happened, JournalEntry entry, Deciding deciding) => ReportInCommit.End(
        deciding, routes.For(deciding.State), ObjectiveAlerts.BurnLabels(happened.Objective, happened.Service, happened.Severity), happened.At, happened.Reason);
}

/// <summary>A budget fell through 25 % or 0.</summary>
internal sealed class OnBudgetCrossed(AlertRoutes routes, CompiledManifests manifests, IEnumerable<IObjectiveDefinitions> objectives) : Reaction<BudgetCrossed>
{
    protected override void React(BudgetCrossed happened, JournalEntry entry, Deciding deciding) =>
        ReportInCommit.Report(deciding, routes.For(deciding.State), ObjectiveAlerts.Crossed(happened, manifests.Service(deciding, happened.Service), objectives.Impact(deciding, happened.Objective)));
}

/// <summary>A budget recovered: what was told about it ends.</summary>
internal sealed class OnBudgetStateChanged(AlertRoutes routes) : Reaction<BudgetStateChanged>
{
    protected override void React(BudgetStateChanged happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.To is BudgetState.Exhausted or BudgetState.Frozen or BudgetState.NoData) return;
        End(0);
        if (happened.To != BudgetState.Critical) End(0.25);

        void End(double threshold) => ReportInCommit.End(
            deciding, routes.For(deciding.State), ObjectiveAlerts.CrossedLabels(happened.Objective, happened.Service, threshold), happened.At,
            $"The error budget recovered: its state is {happened.To.ToString().ToLowerInvariant()}.");
    }
}

/// <summary>Nines cannot read a source: its own fault. (Other silences come as burn alerts.)</summary>
internal sealed class OnAbsenceStarted(AlertRoutes routes) : Reaction<AbsenceStarted>
{
    protected override void React(AbsenceStarted happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.Cause == AbsenceCause.OwnFault) ReportInCommit.Report(deciding, routes.For(deciding.State), ObjectiveAlerts.OwnFault(happened));
    }
}

/// <summary>Something is heard again.</summary>
internal sealed class OnAbsenceEnded(AlertRoutes routes) : Reaction<AbsenceEnded>
{
    protected override void React(AbsenceEnded happened, JournalEntry entry, Deciding deciding) =>
        ReportInCommit.End(deciding, routes.For(deciding.State), ObjectiveAlerts.OwnFaultLabels(happened.Objective), happened.At, "The source can be read again.");
}
