using Microsoft.Extensions.Options;

namespace Nines.Alerting.Alerts;

/// <summary>The routes of this house: what ships, with the times of its settings.</summary>
internal sealed class AlertRoutes(IOptions<AlertsOptions> options)
{
    private readonly Lazy<RouteTable> _table = new(() => options.Value.Routes());

    public RouteTable Table => _table.Value;
}
