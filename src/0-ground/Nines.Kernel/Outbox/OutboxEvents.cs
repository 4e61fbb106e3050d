using System.Text.Json;
using NodaTime;

namespace Nines.Kernel;

/// <summary>Something shall leave the house: a page, a mail, a fault to inject. Durable before anybody tries.</summary>
/// <param name="Id">The one id that the receiver sees at every try (header <c>Nines-Delivery-Id</c>).</param>
/// <param name="Kind">Which sender takes it, such as <c>webhook</c>.</param>
/// <param name="Target">Whom it goes to, opaque to the outbox; no address, no secret: the sender looks them up.</param>
/// <param name="About">What it belongs to, such as <c>page/01j…</c>.</param>
/// <param name="Payload">What the sender needs to write the message, the same at every try.</param>
/// <param name="After">Another effect that must be settled first, so that a resolve never overtakes its page; null for none.</param>
/// <param name="Patience">How long it is tried; null takes <see cref="RetrySchedule.Patience"/>.</param>
[EventType("outbox.intended.v1")]
public sealed record OutboxIntended(
    string Id, string Kind, string Target, string About, JsonElement Payload, string? After = null, Duration? Patience = null);

/// <summary>A try is over. It is written after the try: what has no entry was perhaps sent, and is sent again under its id.</summary>
/// <param name="Id">The effect.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="TookMs">How long the receiver took, in milliseconds.</param>
/// <param name="Reason">What the receiver said, in words.</param>
/// <param name="NextAt">When it is tried again; null when this was the last try.</param>
[EventType("outbox.attempted.v1")]
public sealed record OutboxAttempted(string Id, int Attempt, long TookMs, string Reason, Instant? NextAt);

/// <summary>How an effect ended.</summary>
public enum EffectEnd
{
    /// <summary>The receiver took it.</summary>
    Accepted,

    /// <summary>It was refused for good, or the last try failed.</summary>
    Failed,

    /// <summary>It was called off before the receiver took it.</summary>
    Cancelled,
}

/// <summary>The last word on an effect.</summary>
/// <param name="Id">The effect.</param>
/// <param name="End">How it ended.</param>
/// <param name="Attempts">How many tries it took.</param>
/// <param name="Reason">Why, in words.</param>
[EventType("outbox.settled.v1")]
public sealed record OutboxSettled(string Id, EffectEnd End, int Attempts, string Reason);

/// <summary>
/// An effect is called off: it is not tried any more. Once the commit that holds this is answered, no try of it runs or
/// begins on that node.
/// </summary>
/// <param name="Id">The effect.</param>
/// <param name="Reason">Why, in words.</param>
[EventType("outbox.cancelled.v1")]
public sealed record OutboxCancelled(string Id, string Reason);
