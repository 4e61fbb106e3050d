using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Alerts.Api;
using Nines.Alerting.Alerts.Cli;
using Nines.Alerting.Alerts.Manifests;
using Nines.Alerting.Alerts.Ui;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Alerts;

/// <summary>The room where everything that asks for attention becomes an alert, and the pipeline that says who is told.</summary>
public sealed class AlertsModule : Module
{
    /// <inheritdoc />
    public override string Name => "alerts";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<AlertRaised>().Event<AlertReopened>().Event<AlertResolved>().Event<AlertRouted>().Event<AlertJudged>()
            .Event<GroupWoken>().Event<GroupJudged>().Event<AlertsRerouted>().Event<GroupsWoken>().Event<GroupFlushed>().Event<NotificationDue>()
            .Event<AlertsTaken>().Event<AlertAcknowledged>().Event<AlertUnacknowledged>().Event<AlertsRenewed>().Event<AlertEndsChecked>();
        room.Options<AlertsOptions, AlertsOptionsValidator>();
        room.State(new AlertBookFold());
        room.State(new HeldBookFold());
        room.Manifest(new AlertRoutingKind()).Manifest(new MaintenanceWindowKind());
        room.Services.AddSingleton<AlertRoutes>();
        room.Services.AddSingleton<Reaction, OnBurnAlertFired>();
        room.Services.AddSingleton<Reaction, OnBurnAlertReopened>();
        room.Services.AddSingleton<Reaction, OnBurnAlertEnded>();
        room.Services.AddSingleton<Reaction, OnBudgetCrossed>();
        room.Services.AddSingleton<Reaction, OnBudgetStateChanged>();
        room.Services.AddSingleton<Reaction, OnAbsenceStarted>();
        room.Services.AddSingleton<Reaction, OnAbsenceEnded>();
        room.Services.AddSingleton<Reaction, OnRuleFired>();
        room.Services.AddSingleton<Reaction, OnRuleEnded>();
        room.Services.AddSingleton<Reaction, OnObjectiveRemoved>();
        room.State(new AlertEndsFold());
        room.Services.AddSingleton<AlertLeases>();
        room.Services.AddSingleton(s => new AlertDesk(
            s.GetRequiredService<IHouse>(), s.GetRequiredService<AlertRoutes>(), s.GetRequiredService<AlertLeases>(), s.GetRequiredService<TimeProvider>()));
        room.Duty<RenewAlertsDuty>();
        room.Duty<EndAlertsDuty>();
        room.Services.AddSingleton<Reaction, OnAlertsTaken>();
        room.Services.AddSingleton<Reaction, OnAlertRouted>();
        room.Services.AddSingleton<Reaction, OnAlertResolved>();
        room.Services.AddSingleton<Reaction, OnAlertUnacknowledged>();
        room.Services.AddSingleton<Reaction, OnGroupWoken>();
        room.Services.AddSingleton<Reaction, OnGroupsWoken>();
        room.Services.AddSingleton<Reaction, OnAlertsRerouted>();
        room.Services.AddSingleton<Reaction, OnSilenceEnded>();
        room.Services.AddSingleton<Reaction, OnRoutingApplied>();
        room.Services.AddSingleton<Reaction, OnRoutingDeleted>();
        room.Duty<FlushGroupsDuty>();
        AlertPages.Register(room);
        var read = Permission.Read("alerts");
        room.Get("/api/v1/alerts", read, AlertsApi.List);
        room.Get("/api/v1/alerts/{id}", read, AlertsApi.Show);
        room.Get("/api/v1/alerts/severities", read, AlertsApi.Severities);
        room.Get("/api/v1/routes", read, RoutesApi.Show);
        room.Get("/api/v1/routes/test", read, RoutesApi.Test);
        room.Services.AddSingleton<RouteDesk>();
        room.Command(new RouteTestCommand());
        room.Command(new RouteImportCommand());
        room.Command(new AlertsListCommand());
        room.Command(new AlertsShowCommand());
    }
}
