using Nines.Alerting.Alertmanager;
using Nines.Alerting.Alerts;
using Nines.Alerting.Heartbeats;
using Nines.Alerting.Integrations;
using Nines.Alerting.Rules;
using Nines.Alerting.Silences;
using Nines.Catalog;
using Nines.Catalog.Access;
using Nines.Catalog.Manifests;
using Nines.Learning.Actions;
using Nines.Learning.Drills;
using Nines.Learning.Knowledge;
using Nines.Learning.Postmortems;
using Nines.Measuring.Changes;
using Nines.Measuring.Ingestion;
using Nines.Measuring.Objectives;
using Nines.Measuring.Probes;
using Nines.Measuring.Signals;
using Nines.Measuring.Sources;
using Nines.Paging.Channels;
using Nines.Paging.Handoffs;
using Nines.Paging.Escalations;
using Nines.Paging.Coverage;
using Nines.Paging.Imports;
using Nines.Paging.Notifications;
using Nines.Paging.OwnObjective;
using Nines.Paging.Schedules;
using Nines.Paging.Shadowing;
using Nines.Paging.Tickets;
using Nines.Responding.Briefs;
using Nines.Responding.IncidentChannels;
using Nines.Responding.IncidentMetrics;
using Nines.Responding.Incidents;
using Nines.Responding.Updates;
using Nines.Responding.StatusPages;
using Nines.Responding.Remediation;
using Nines.Responding.Runbooks;
using Nines.Responding.Runner;
using Nines.Responding.Security;
using Nines.Shell;
using Nines.Shell.Outbox;

namespace Nines.Host;

/// <summary>
/// Every room of the house, listed once in the order of the loop. A new room is one line here.
/// </summary>
public static class Rooms
{
    /// <summary>The modules, ground first.</summary>
    public static IReadOnlyList<Module> All { get; } =
    [
        new ShellModule(),
        new ManifestsModule(),
        new AccessModule(),
        new CatalogModule(),
        new OutboxModule(),
        new SignalsModule(),
        new IngestionModule(),
        new ProbesModule(),
        new ChangesModule(),
        new ObjectivesModule(),
        new SourcesModule(),
        new AlertsModule(),
        new SilencesModule(),
        new RulesModule(),
        new AlertmanagerModule(),
        new IntegrationsModule(),
        new HeartbeatsModule(),
        new SchedulesModule(),
        new ChannelsModule(),
        new EscalationsModule(),
        new NotificationsModule(),
        new OwnObjectiveModule(),
        new ImportsModule(),
        new TicketsModule(),
        new HandoffsModule(),
        new CoverageModule(),
        new ShadowModule(),
        new IncidentsModule(),
        new UpdatesModule(),
        new IncidentChannelsModule(),
        new BriefsModule(),
        new IncidentMetricsModule(),
        new StatusPagesModule(),
        new RunnerModule(),
        new RunbooksModule(),
        new RemediationModule(),
        new SecurityModule(),
        new ActionsModule(),
        new PostmortemsModule(),
        new KnowledgeModule(),
        new DrillsModule(),
    ];

    /// <summary>Asks each module what it brings.</summary>
    public static IReadOnlyList<Registration> Register(IServiceCollection services, IConfiguration settings)
    {
        var rooms = new List<Registration>(All.Count);
        foreach (var module in All)
        {
            var room = new Registration(module.Name, services, settings);
            module.Register(room);
            rooms.Add(room);
        }

        return rooms;
    }
}
