using Nines.Kernel;

namespace Nines.Paging.OwnObjective;

/// <summary>The objective of pages was applied, or something of its name stood there already: it is never applied again.</summary>
/// <param name="Name">Its name.</param>
[EventType("own-objective.offered.v1")]
public sealed record ObjectiveOffered(string Name);
