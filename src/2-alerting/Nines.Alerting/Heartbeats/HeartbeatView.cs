using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Alerting.Heartbeats;

/// <summary>A heartbeat as doors show it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What people call it.</param>
/// <param name="State"><c>waiting</c> (never heard), <c>alive</c> or <c>missed</c>.</param>
/// <param name="Last">When it was heard last.</param>
/// <param name="Due">When it counts as missed; null while it waits or is missed.</param>
/// <param name="Every">How often it is promised.</param>
/// <param name="Grace">How late it may be.</param>
/// <param name="Severity">How loud its absence is.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Key">Where its key is kept; empty for none.</param>
/// <param name="Address">Where to ping.</param>
public sealed record HeartbeatView(
    string Name, string Title, string State, Instant? Last, Instant? Due, Duration Every, Duration Grace, AlertSeverity Severity, string Service, string Key, string Address);
