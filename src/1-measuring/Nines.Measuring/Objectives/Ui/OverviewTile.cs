namespace Nines.Measuring.Objectives.Ui;

/// <summary>
/// A slot in the overview's rail: a higher room puts a component there (who is on call, may I ship) by registering one.
/// </summary>
/// <param name="Component">A component without required parameters; it gets the reader as a cascading value.</param>
/// <param name="Order">Lower stands first; below zero stands above what burns.</param>
public sealed record OverviewTile(Type Component, int Order = 10);

/// <summary>
/// A slot in the rail of an objective's page (may I ship, what follows). The component gets the objective's name as
/// <c>Objective</c>.
/// </summary>
/// <param name="Component">A component with one parameter, <c>Objective</c>.</param>
public sealed record ObjectiveTile(Type Component);

/// <summary>A slot on a service's home (runbooks, incidents, who is on call).</summary>
/// <param name="Component">A component with one parameter, <c>Service</c>: the service's name.</param>
/// <param name="Order">Lower stands first; below zero stands above what burns.</param>
public sealed record ServiceTile(Type Component, int Order = 10);
