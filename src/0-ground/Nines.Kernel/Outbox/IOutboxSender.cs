using System.Text.Json;
using NodaTime;

namespace Nines.Kernel;

/// <summary>Takes one kind of effect out of the house. Registered as a service; found by its kind.</summary>
public interface IOutboxSender
{
    /// <summary>The kind of effects that it sends.</summary>
    string Kind { get; }

    /// <summary>How long one try may last.</summary>
    Duration Timeout { get; }

    /// <summary>Tries once. What it throws counts as a failed try that is repeated.</summary>
    Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop);
}

/// <summary>One try of one effect.</summary>
/// <param name="Id">Shown to the receiver, the same at every try.</param>
/// <param name="Kind">The sender's kind.</param>
/// <param name="Target">Whom it goes to.</param>
/// <param name="About">What it belongs to.</param>
/// <param name="Payload">The content.</param>
/// <param name="Attempt">From 1.</param>
public sealed record Delivery(string Id, string Kind, string Target, string About, JsonElement Payload, int Attempt);

/// <summary>What a try came to.</summary>
public enum SendVerdict
{
    /// <summary>The receiver took it.</summary>
    Accepted,

    /// <summary>Not this time: try again.</summary>
    Retry,

    /// <summary>Never: the receiver says that the message or the address is wrong.</summary>
    Refused,
}

/// <summary>The outcome of a try, with its reason in words.</summary>
/// <param name="Verdict">What happens next.</param>
/// <param name="Reason">What the receiver said.</param>
/// <param name="Wait">How long the receiver asks to wait (Retry-After), or null.</param>
public sealed record SendOutcome(SendVerdict Verdict, string Reason, Duration? Wait = null);
