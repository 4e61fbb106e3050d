using System.Text.Json;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>Proves that a contact is somebody's: a code goes out over it and comes back. Pure.</summary>
public static class ContactVerification
{
    /// <summary>How <see cref="ContactVerified.How"/> names a code that came back.</summary>
    public const string ByCode = "code";

    /// <summary>Wrong tries that end a code.</summary>
    public const int MostWrong = 5;

    /// <summary>Codes over one contact within <see cref="Within"/>.</summary>
    public const int MostCodes = 5;

    /// <summary>How long a code counts.</summary>
    public static Duration Life { get; } = Duration.FromMinutes(10);

    /// <summary>The least time between two codes over one contact.</summary>
    public static Duration Between { get; } = Duration.FromMinutes(1);

    /// <summary>Over which codes are counted.</summary>
    public static Duration Within { get; } = Duration.FromHours(1);

    /// <summary>The events that send a code, or why none is sent.</summary>
    /// <param name="book">What was sent before.</param>
    /// <param name="contact">Where it goes.</param>
    /// <param name="addressHash">Hash of its address.</param>
    /// <param name="effect">Id of the delivery.</param>
    /// <param name="url">The page on which the code is given back.</param>
    /// <param name="now">The time.</param>
    public static Outcome<IReadOnlyList<(StreamName Stream, object Event)>> Send(ChannelBook book, Contact contact, string? addressHash, string effect, string url, Instant now)
    {
        if (addressHash is null) return Problem.Conflict($"The key of {contact.Person} is gone: this person was erased.", "Apply the person's manifest again.");
        if (contact.Verified) return Problem.Conflict($"{contact.ShortName} is verified already.", "Nothing is to be done. Use the test to see that it still works.");
        var sent = (book.Codes.GetValueOrDefault(contact.Name)?.Sent ?? []).Where(t => t + Within > now).ToArray();
        if (sent.Length > 0 && sent[^1] + Between > now) return Problem.Conflict("A code was sent less than a minute ago.", "Wait for it, then try again.");
        if (sent.Length >= MostCodes) return Problem.Conflict($"{MostCodes} codes were sent in the last hour.", "Look whether the address is right; try again in an hour.");
        var message = new ChannelMessage(
            MessageEvent.Code, "", url, AlertSeverity.Log, "", $"Nines: your code is {ContactCode.Place}. It counts for 10 minutes.", now,
            "Somebody wants Nines to call them here. If that was not you, do nothing.", false, []);
        return Outcome<IReadOnlyList<(StreamName, object)>>.Of(
        [
            (ReceiptRule.StreamOfPerson(contact.Person), new CodeSent(contact.Person, contact.ShortName, effect, addressHash)),
            (Outbox.StreamOf(effect), new OutboxIntended(
                effect, contact.Kind, contact.Name, $"contact/{contact.Name}", JsonSerializer.SerializeToElement(message, HouseJson.Options), null, Life)),
        ]);
    }

    /// <summary>What a code that was given back comes to; a wrong one is written down too.</summary>
    /// <param name="book">What was sent before.</param>
    /// <param name="contact">Which contact.</param>
    /// <param name="addressHash">Hash of its address now.</param>
    /// <param name="personKey">From which the code follows.</param>
    /// <param name="given">What was given.</param>
    /// <param name="now">The time.</param>
    public static (bool Right, Problem? Problem, IReadOnlyList<(StreamName Stream, object Event)> Events) Try(
        ChannelBook book, Contact contact, string? addressHash, byte[]? personKey, string given, Instant now)
    {
        if (contact.Verified) return (true, null, []);
        if (book.Codes.GetValueOrDefault(contact.Name) is not { } code || code.AddressHash != addressHash)
            return (false, Problem.Conflict("No code was sent to this address.", "Send one first.", "code"), []);
        if (code.Wrong >= MostWrong) return (false, Problem.Conflict($"This code ended after {MostWrong} wrong tries.", "Send a new one.", "code"), []);
        if (code.Sent[^1] + Life <= now) return (false, Problem.Conflict("This code is older than 10 minutes.", "Send a new one.", "code"), []);
        var stream = ReceiptRule.StreamOfPerson(contact.Person);
        if (ContactCode.Matches(ContactCode.Of(personKey, code.Effect), given))
            return (true, null, [(stream, new ContactVerified(contact.Person, contact.ShortName, addressHash!, ByCode))]);
        var left = MostWrong - code.Wrong - 1;
        return (false, Problem.Invalid("This is not the code.", left == 0 ? "It has ended: send a new one." : $"Look again: {left} {(left == 1 ? "try is" : "tries are")} left.", "code"),
            [(stream, new CodeWrong(contact.Person, contact.ShortName, code.Effect))]);
    }

    /// <summary>The events that try one contact, without a page.</summary>
    public static IReadOnlyList<(StreamName Stream, object Event)> Test(Contact contact, string effect, string url, Instant now)
    {
        var message = new ChannelMessage(
            MessageEvent.Test, "", url, AlertSeverity.Page, "", "TEST does this contact reach you?", now, "Somebody tries whether this contact reaches you.", false, []);
        return
        [
            (Outbox.StreamOf(effect), new OutboxIntended(
                effect, contact.Kind, contact.Name, $"contact/{contact.Name}", JsonSerializer.SerializeToElement(message, HouseJson.Options), null, Life)),
        ];
    }
}
