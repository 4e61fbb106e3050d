using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Alertmanager.Api;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Alertmanager;

/// <summary>The room that speaks Alertmanager's API v2.</summary>
public sealed class AlertmanagerModule : Module
{
    /// <inheritdoc />
    public override string Name => "alertmanager";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Services.AddSingleton<TextPool>();
        room.Services.AddSingleton<AlertsDoor>();
        room.Services.AddSingleton<SilencesDoor>();
        room.Services.AddSingleton<StatusDoor>();
        room.Services.AddSingleton<ManifestFolder>();
        // Under a prefix too, as Mimir has it and Grafana's data source asks for it.
        foreach (var prefix in (ReadOnlySpan<string>)["/api/v2", "/alertmanager/api/v2"])
        {
            room.Post(prefix + "/alerts", Permission.Send("alerts"), AlertsDoor.PostAsync);
            room.Get(prefix + "/alerts", Permission.Read("alerts"), AlertsDoor.ListAsync);
            room.Get(prefix + "/alerts/groups", Permission.Read("alerts"), AlertsDoor.GroupsAsync);
            room.Get(prefix + "/silences", Permission.Read("silences"), SilencesDoor.ListAsync);
            room.Post(prefix + "/silences", Permission.Write("silences"), SilencesDoor.PostAsync);
            room.Get(prefix + "/silence/{uuid}", Permission.Read("silences"), SilencesDoor.ShowAsync);
            room.Route("DELETE", prefix + "/silence/{uuid}", Permission.Write("silences"), SilencesDoor.EndAsync);
            room.Get(prefix + "/status", Permission.Read("alerts"), StatusDoor.ShowAsync);
            room.Get(prefix + "/receivers", Permission.Read("alerts"), StatusDoor.ReceiversAsync);
        }

        room.Post("/-/reload", Permission.Write("manifests"), StatusDoor.ReloadAsync);
    }
}
