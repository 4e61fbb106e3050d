namespace Nines.Measuring.Ingestion.Push;

/// <summary>Good and total events that a program counted itself and pushed.</summary>
/// <param name="Name">What was counted, such as <c>checkout-orders</c>.</param>
/// <param name="Good">How many went well; at most <paramref name="Total"/>.</param>
/// <param name="Total">How many there were.</param>
/// <param name="UnixMs">When they happened.</param>
/// <param name="Labels">Further labels, sorted by name.</param>
/// <param name="Key">Idempotency key; null where the sender gave none.</param>
internal sealed record PushedEvents(string Name, double Good, double Total, long UnixMs, IReadOnlyList<KeyValuePair<string, string>> Labels, string? Key);
