namespace Nines.Measuring.Objectives.Ui;

/// <summary>
/// A slot in the overview's rail: a higher room puts a component there (who is on call, may I ship) by registering one.
/// </summary>
/// <param name="Component">A component without required parameters; it gets the reader as a cascading value.</param>
public sealed record OverviewTile(Type Component);
