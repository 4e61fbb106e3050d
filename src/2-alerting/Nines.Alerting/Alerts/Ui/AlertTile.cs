namespace Nines.Alerting.Alerts.Ui;

/// <summary>A slot on an alert's page, right below who was told (the pages about it, an incident).</summary>
/// <param name="Component">A component with one parameter, <c>Alert</c>: the alert's id.</param>
public sealed record AlertTile(Type Component);
