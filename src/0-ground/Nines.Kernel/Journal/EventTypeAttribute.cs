namespace Nines.Kernel;

/// <summary>
/// Names an event in the journal: room, what happened, version, as <c>alerts.raised.v1</c>. Never renamed; a change
/// that is not additive is a new version.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventTypeAttribute(string name) : Attribute
{
    /// <summary>The name in the journal.</summary>
    public string Name { get; } = name;
}
