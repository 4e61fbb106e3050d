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
