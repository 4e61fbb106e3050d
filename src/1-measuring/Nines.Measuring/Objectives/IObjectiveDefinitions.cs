using Nines.Kernel;

namespace Nines.Measuring.Objectives;

/// <summary>Says which objectives a state of the house defines; the room that reads manifests fills this.</summary>
public interface IObjectiveDefinitions
{
    /// <summary>
    /// Every objective of a state. The same list instance as long as nothing changed, and within it the same objective
    /// where that one did not: it is asked at every publication.
    /// </summary>
    IReadOnlyList<Objective> From(HouseState state);
}
