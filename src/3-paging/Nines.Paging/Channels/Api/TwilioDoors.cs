using System.Text;
using Microsoft.AspNetCore.Http;
using Nines.Catalog;
using Nines.Kernel;
using Nines.Paging.Channels.Twilio;
using Nines.Shell;

namespace Nines.Paging.Channels.Api;

/// <summary>
/// Where the telephone provider calls back: what became of a message, what a call shall say, which key was pressed, what
/// somebody answered. Every call is signed; one that is not, or is for another message, changes nothing.
/// </summary>
internal static class TwilioDoors
{
    private const string Provider = "Twilio";
    private const string Door = "twilio";

    public static void Register(Registration room)
    {
        var proof = Permission.OwnProof("channels", "the provider's signature over address and form");
        room.Post(TwilioAccount.StatusDoor + "{effect}", proof, StatusAsync);
        room.Post(TwilioAccount.VoiceDoor + "{effect}", proof, VoiceAsync);
        room.Post(TwilioAccount.VoiceDoor + "{effect}/key", proof, KeyAsync);
        room.Post("/in/twilio/sms", proof, ReplyAsync);
    }

    private static async Task<IResult> StatusAsync(HttpContext http, string effect, ChannelDesk desk, AnswerDesk answers, CancellationToken stop)
    {
        var (form, refused) = await GenuineAsync(http, desk);
        if (refused is not null) return refused;
        var status = form.Field("MessageStatus") is { Length: > 0 } message ? message : form.Field("CallStatus");
        var error = form.Field("ErrorCode") is { Length: > 0 and < 10 } code && code.All(char.IsAsciiDigit) ? $" (error {code})" : "";
        switch (status)
        {
            case "delivered":
                await answers.ReceiveAsync(Door, effect, ProofStage.Delivered, false, "The carrier delivered it.", stop);
                break;
            case "read":
                await answers.ReceiveAsync(Door, effect, ProofStage.Seen, false, "It was read.", stop);
                break;
            case "undelivered" or "failed":
                await answers.ReceiveAsync(Door, effect, ProofStage.Delivered, true, $"The carrier could not deliver it{error}.", stop);
                break;
            case "busy" or "no-answer" or "canceled":
                await answers.ReceiveAsync(Door, effect, ProofStage.Delivered, true, status switch { "busy" => "The line was busy.", "no-answer" => "Nobody picked up.", _ => "The call was cancelled." }, stop);
                break;
            default:
                // On its way, or a state that says nothing about the person.
                break;
        }

        return Results.NoContent();
    }

    private static async Task<IResult> VoiceAsync(HttpContext http, string effect, ChannelDesk desk, AnswerDesk answers, SentPayload sent, CancellationToken stop)
    {
        var (form, refused) = await GenuineAsync(http, desk);
        if (refused is not null) return refused;
        if (answers.Find(effect) is not { Kind: ContactKinds.Voice } call || desk.Find(call.Contact) is not { } contact || await sent.FindAsync(effect, stop) is not { } message)
            return Xml(VoiceScript.Only("This page is over. Good bye."));
        var answered = form.Field("AnsweredBy");
        if (answered.StartsWith("machine", StringComparison.Ordinal) || answered == "fax")
        {
            await answers.ReceiveAsync(Door, effect, ProofStage.Delivered, true, "A machine picked up.", stop);
            return Xml(VoiceScript.Machine());
        }

        // "unknown" proves nothing: it is said, and only a key tells that somebody is there.
        if (answered == "human") await answers.ReceiveAsync(Door, effect, ProofStage.Delivered, false, "A human picked up.", stop);
        var code = message.Event == MessageEvent.Code ? ContactCode.Of(desk.KeyOf(contact.Person), effect) : null;
        if (code is not null) message = message with { Text = message.Text.Replace(ContactCode.Place, code, StringComparison.Ordinal) };
        var others = await sent.TextsAsync(desk.Book.SlotOf(call.Contact, effect)?.Covers ?? [], stop);
        return Xml(VoiceScript.Call(message, others, call.Page.Length > 0 ? desk.PublicUrl + TwilioAccount.VoiceDoor + effect + "/key" : null));
    }

    private static async Task<IResult> KeyAsync(HttpContext http, string effect, ChannelDesk desk, AnswerDesk answers, CancellationToken stop)
    {
        var (form, refused) = await GenuineAsync(http, desk);
        if (refused is not null) return refused;
        if (answers.Find(effect) is not { Kind: ContactKinds.Voice }) return Xml(VoiceScript.Only("This page is over. Good bye."));
        switch (form.Field("Digits"))
        {
            case "4":
                await answers.AnswerAsync(effect, ContactAnswer.Acknowledge, null, stop);
                return Xml(VoiceScript.Only("Thank you. The page is yours. Good bye."));
            case "6":
                await answers.AnswerAsync(effect, ContactAnswer.Escalate, null, stop);
                return Xml(VoiceScript.Only("The next person is called. Good bye."));
            default:
                return Xml($"<Response><Redirect method=\"POST\">{desk.PublicUrl}{TwilioAccount.VoiceDoor}{effect}</Redirect></Response>");
        }
    }

    private static async Task<IResult> ReplyAsync(HttpContext http, ChannelDesk desk, AnswerDesk answers, CancellationToken stop)
    {
        var (form, refused) = await GenuineAsync(http, desk);
        if (refused is not null) return refused;
        // A stranger learns nothing, not even that this is Nines.
        var people = answers.PeopleAt(ContactKinds.Sms, form.Field("From")).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        if (people.Count == 0) return Xml(VoiceScript.Reply(null));
        if (SmsReply.Read(form.Field("Body")) is not { } reply) return Xml(VoiceScript.Reply("Nines: reply \"ack CODE\" to take a page on, or \"esc CODE\" to call the next person."));
        var meant = desk.Book.Sent.Values.FirstOrDefault(s => s.Kind == ContactKinds.Sms && people.Contains(s.Person) && ContactCode.Matches(ContactCode.ShortOf(desk.KeyOf(s.Person), s.Effect), reply.Code));
        if (meant is null || meant.Page.Length == 0) return Xml(VoiceScript.Reply($"Nines: no page has the code {reply.Code}."));
        await answers.AnswerAsync(meant.Effect, reply.Answer, null, stop);
        return Xml(VoiceScript.Reply(reply.Answer == ContactAnswer.Acknowledge ? "Nines: thank you, the page is yours." : "Nines: the next person is called."));
    }

    private static async Task<(IReadOnlyList<KeyValuePair<string, string>> Form, IResult? Refused)> GenuineAsync(HttpContext http, ChannelDesk desk)
    {
        var (bytes, refused) = await ProviderBody.ReadAsync(http);
        if (refused is not null) return ([], refused);
        var form = ProviderBody.Form(bytes);
        var url = desk.PublicUrl + http.Request.Path + http.Request.QueryString;
        return ChannelDesk.Setting(desk.Settings.TwilioToken) is { Ok: true } token && TwilioSignature.Verify(token.Value, url, form, http.Request.Headers[TwilioSignature.Header].ToString())
            ? (form, null)
            : ([], ProviderBody.Forged(Provider));
    }

    private static IResult Xml(string text) => Results.Text(text, "text/xml", Encoding.UTF8);
}
