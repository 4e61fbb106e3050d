using System.Text.Json;
using NodaTime;

namespace Nines.Kernel;

/// <summary>An effect that is intended and not yet settled.</summary>
/// <param name="Id">The id that the receiver sees.</param>
/// <param name="Kind">Which sender takes it.</param>
/// <param name="Target">Whom it goes to.</param>
/// <param name="About">What it belongs to.</param>
/// <param name="Payload">The message's content.</param>
/// <param name="After">The effect that it waits for; null once it waits for none.</param>
/// <param name="IntendedAt">When it was decided.</param>
/// <param name="Patience">How long it is tried.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="DueAt">When it is tried next.</param>
/// <param name="LastReason">What the last try said; empty before the first.</param>
public sealed record Effect(
    string Id, string Kind, string Target, string About, JsonElement Payload, string? After, Instant IntendedAt, Duration Patience,
    int Attempts, Instant DueAt, string LastReason);

/// <summary>What is left of an effect once it is settled; its detail is its stream in the journal.</summary>
/// <param name="Id">The effect.</param>
/// <param name="Kind">Its sender.</param>
/// <param name="Target">Whom it went to.</param>
/// <param name="About">What it belonged to.</param>
/// <param name="End">How it ended.</param>
/// <param name="Attempts">How many tries it took.</param>
/// <param name="Reason">Why.</param>
/// <param name="IntendedAt">When it was decided.</param>
/// <param name="SettledAt">When it ended.</param>
public sealed record SettledEffect(
    string Id, string Kind, string Target, string About, EffectEnd End, int Attempts, string Reason, Instant IntendedAt, Instant SettledAt);

/// <summary>What one kind of sender has done since the journal began.</summary>
public sealed record OutboxTotals(long Intended, long Attempts, long Accepted, long Failed, long Cancelled = 0)
{
    /// <summary>Nothing yet.</summary>
    public static OutboxTotals None { get; } = new(0, 0, 0, 0);
}
