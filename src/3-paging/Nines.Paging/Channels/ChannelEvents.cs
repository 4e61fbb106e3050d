using Nines.Kernel;

namespace Nines.Paging.Channels;

/// <summary>A provider, or the device itself, says what became of a message.</summary>
/// <param name="Effect">The message's delivery id.</param>
/// <param name="Stage"><see cref="ProofStage.Delivered"/> or <see cref="ProofStage.Seen"/>.</param>
/// <param name="Failed">True where it did not come so far and will not.</param>
/// <param name="Reason">What was said.</param>
[EventType("channels.receipt.v1")]
public sealed record MessageReceipt(string Effect, ProofStage Stage, bool Failed, string Reason);

/// <summary>Somebody answered a message where it reached them.</summary>
/// <param name="Effect">The message's delivery id.</param>
/// <param name="Page">The page that it is about.</param>
/// <param name="Person">Opaque id of the person.</param>
/// <param name="Answer"><see cref="ContactAnswer.Acknowledge"/> or <see cref="ContactAnswer.Escalate"/>.</param>
/// <param name="Via">Which way, as <c>voice</c>.</param>
[EventType("channels.answered.v1")]
public sealed record ContactAnswered(string Effect, string Page, string Person, string Answer, string Via);

/// <summary>The words of <see cref="ContactAnswered.Answer"/>.</summary>
public static class ContactAnswer
{
    /// <summary>I take it on.</summary>
    public const string Acknowledge = "acknowledge";

    /// <summary>Not me: call the next.</summary>
    public const string Escalate = "escalate";
}

/// <summary>A contact proved to be that person's.</summary>
/// <param name="Person">Opaque id.</param>
/// <param name="Contact">The contact's name among that person's.</param>
/// <param name="AddressHash">Keyed hash of kind and address: another address is another contact.</param>
/// <param name="How"><c>code</c>, or the answer over it, as <c>acknowledged by sms</c>.</param>
[EventType("channels.contact-verified.v1")]
public sealed record ContactVerified(string Person, string Contact, string AddressHash, string How);

/// <summary>A code was sent over a contact, so that its owner can prove that it is theirs.</summary>
/// <param name="Person">Opaque id.</param>
/// <param name="Contact">The contact's name among that person's.</param>
/// <param name="Effect">The delivery that carries it; the code follows from it and stands nowhere.</param>
/// <param name="AddressHash">Which address it went to.</param>
[EventType("channels.code-sent.v1")]
public sealed record CodeSent(string Person, string Contact, string Effect, string AddressHash);

/// <summary>Somebody gave a wrong code.</summary>
/// <param name="Person">Opaque id.</param>
/// <param name="Contact">The contact's name among that person's.</param>
/// <param name="Effect">The delivery whose code was meant.</param>
[EventType("channels.code-wrong.v1")]
public sealed record CodeWrong(string Person, string Contact, string Effect);

/// <summary>What a provider calls a message, so that a later one can change or answer it.</summary>
/// <param name="Effect">The message's delivery id.</param>
/// <param name="Reference">The provider's own id; no address.</param>
[EventType("channels.referenced.v1")]
public sealed record MessageReferenced(string Effect, string Reference);

/// <summary>A message took a place under its contact's limits, and carries others that had none.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Effect">The delivery that goes out.</param>
/// <param name="Covers">Deliveries whose news go along with it.</param>
[EventType("channels.slot-taken.v1")]
public sealed record SlotTaken(string Contact, string Effect, IReadOnlyList<string> Covers);

/// <summary>A browser signed up for push.</summary>
/// <param name="Id">The subscription.</param>
/// <param name="Person">Opaque id.</param>
/// <param name="Sealed">Its address and keys, encrypted with the person's key.</param>
/// <param name="AddressHash">Keyed hash of its address: the same browser signs up once.</param>
[EventType("channels.push-subscribed.v1")]
public sealed record PushSubscribed(string Id, string Person, string Sealed, string AddressHash);

/// <summary>A browser takes no push any more.</summary>
/// <param name="Id">The subscription.</param>
/// <param name="Person">Opaque id.</param>
/// <param name="Reason">Why.</param>
[EventType("channels.push-ended.v1")]
public sealed record PushEnded(string Id, string Person, string Reason);
