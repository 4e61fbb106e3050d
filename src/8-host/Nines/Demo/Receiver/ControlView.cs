using NodaTime;

namespace Nines.Host.Demo;

/// <summary>One service on the demo's page.</summary>
internal sealed record ServiceView(string Name, Uri Address, Fault Fault, RequestSums Requests);

/// <summary>What the demo's page shows.</summary>
/// <param name="Nines">Where Nines is.</param>
/// <param name="Services">The shop.</param>
/// <param name="Load">The customers.</param>
/// <param name="FaultAt">Last time something was broken.</param>
/// <param name="Pages">What the pager got, newest first.</param>
internal sealed record ControlView(Uri? Nines, IReadOnlyList<ServiceView> Services, LoadFigures Load, Instant? FaultAt, IReadOnlyList<ReceivedPage> Pages);
