using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alertmanager.Api;

/// <summary>What amtool and Grafana ask before anything else: version, routes as a configuration, receivers.</summary>
internal sealed class StatusDoor(IHouse house, AlertRoutes routes, IOptions<AlertsOptions> options, ManifestFolder folder, TimeProvider clock)
{
    private readonly Instant _started = clock.Now();

    public static Task ShowAsync(HttpContext http, StatusDoor door) => WireAnswers.OneAsync(http, door.Write);

    public static Task ReceiversAsync(HttpContext http, StatusDoor door) =>
        WireAnswers.RowsAsync(http, RoutesYaml.Receivers(door.Routes), static (json, name) =>
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteEndObject();
        });

    /// <summary>Looks at the watched folder of manifests now, not in a few seconds.</summary>
    public static async Task ReloadAsync(HttpContext http, StatusDoor door) => await door.LookAsync(http.RequestAborted);

    private Task LookAsync(CancellationToken stop) => folder.LookAsync(stop);

    private RouteTable Routes => routes.For(house.State);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("cluster");
        json.WriteStartArray("peers");
        json.WriteEndArray();
        json.WriteString("status", "disabled");
        json.WriteEndObject();
        json.WriteStartObject("config");
        json.WriteString("original", RoutesYaml.Write(Routes, options.Value.ResolvesAfter(), options.Value.Without()));
        json.WriteEndObject();
        WireTime.Write(json, JsonEncodedText.Encode("uptime"), _started);
        json.WriteStartObject("versionInfo");
        json.WriteString("branch", "nines");
        json.WriteString("buildDate", "");
        json.WriteString("buildUser", "nines");
        // The runtime stands where Alertmanager names its own.
        json.WriteString("goVersion", RuntimeInformation.FrameworkDescription);
        json.WriteString("revision", typeof(StatusDoor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");
        // amtool compares this with its own version: it names the API that is spoken, not this program.
        json.WriteString("version", "0.28.0");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
