using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Alerting.Integrations.Api;
using Nines.Alerting.Integrations.Cli;
using Nines.Alerting.Integrations.Mail;
using Nines.Alerting.Integrations.Manifests;
using Nines.Alerting.Integrations.Ui;
using Nines.Alerting.Silences;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Integrations;

/// <summary>The doors through which other programs send alerts, each in its own format.</summary>
public sealed class IntegrationsModule : Module
{
    /// <inheritdoc />
    public override string Name => "integrations";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Options<IntegrationsOptions, IntegrationsOptionsValidator>();
        room.Manifest(new IntegrationManifest());
        room.State(new DoorKeysFold());
        room.Services.AddSingleton<IntegrationFigures>();
        room.Services.AddSingleton<AliasCounts>();
        room.Services.AddSingleton(s => new IntegrationDesk(
            s.GetRequiredService<IHouse>(), s.GetRequiredService<CompiledManifests>(), s.GetRequiredService<AlertDesk>(), s.GetRequiredService<SilenceDesk>(),
            s.GetRequiredService<IOptions<AlertsOptions>>(), s.GetRequiredService<IntegrationFigures>(), s.GetRequiredService<AliasCounts>(), s.GetRequiredService<TimeProvider>()));
        room.Services.AddSingleton<MailDesk>();
        room.Services.AddSingleton<SmtpListener>();
        room.Services.AddSingleton<IRoomLife>(s => s.GetRequiredService<SmtpListener>());
        room.Services.AddSingleton<IntegrationList>();
        Doors(room);
        Opsgenie(room);
        IntegrationPages.Register(room);
        var read = Permission.Read("integrations");
        room.Get("/api/v1/integrations", read, IntegrationsApi.List);
        room.Get("/api/v1/integrations/{name}", read, IntegrationsApi.Show);
        room.Post("/api/v1/integrations/{name}/try", read, IntegrationsApi.TryAsync);
        room.Command(new IntegrationListCommand()).Command(new IntegrationShowCommand()).Command(new IntegrationTryCommand(room.Services));
    }

    private static void Doors(Registration room)
    {
        room.Post("/in/alertmanager", SentRequest.Permission, AlertmanagerDoor.AnyAsync);
        room.Post("/in/alertmanager/{name}", SentRequest.Permission, AlertmanagerDoor.NamedAsync);
        room.Post("/in/events/{source}", SentRequest.Permission, EventsDoor.TakeAsync);
        room.Post("/v2/enqueue", SentRequest.Permission, PagerDutyDoor.EnqueueAsync);
        room.Post("/v2/change/enqueue", SentRequest.Permission, PagerDutyDoor.ChangeAsync);
        room.Post("/victorops/{key}", SentRequest.Permission, VictorOpsDoor.WithoutRouteAsync);
        room.Post("/victorops/{key}/{route}", SentRequest.Permission, VictorOpsDoor.TakeAsync);
        room.Post("/integrations/generic/20131114/alert/{key}/{route}", SentRequest.Permission, VictorOpsDoor.TakeAsync);
        room.Post("/integrations/v1/{type}/{key}", SentRequest.Permission, OnCallDoor.TakeAsync);
    }

    private static void Opsgenie(Registration room)
    {
        const string Alerts = "/opsgenie/v2/alerts";
        room.Post(Alerts, SentRequest.Permission, OpsgenieDoor.CreateAsync);
        room.Get(Alerts, SentRequest.Permission, OpsgenieDoor.ListAsync);
        room.Get(Alerts + "/requests/{id}", SentRequest.Permission, OpsgenieDoor.RequestAsync);
        room.Get(Alerts + "/{identifier}", SentRequest.Permission, OpsgenieDoor.ShowAsync);
        room.Post(Alerts + "/{identifier}/{action}", SentRequest.Permission, OpsgenieDoor.ActAsync);
        room.Route("PUT", Alerts + "/{identifier}/{action}", SentRequest.Permission, OpsgenieDoor.ActAsync);
        room.Route("DELETE", Alerts + "/{identifier}", SentRequest.Permission, OpsgenieDoor.DeleteAsync);
    }
}
