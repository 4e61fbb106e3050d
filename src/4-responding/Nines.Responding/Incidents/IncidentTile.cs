namespace Nines.Responding.Incidents;

/// <summary>What another room shows in an incident's room, such as its runbooks. The component has a parameter <c>Incident</c> of type <see cref="IncidentView"/>.</summary>
/// <param name="Component">The component; it draws nothing where it has nothing to say.</param>
/// <param name="Order">Lower stands first.</param>
public sealed record IncidentTile(Type Component, int Order = 10);
