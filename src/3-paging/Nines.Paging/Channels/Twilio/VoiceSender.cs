using Nines.Catalog;
using Nines.Kernel;

namespace Nines.Paging.Channels.Twilio;

/// <summary>
/// Calls a telephone. The provider listens for who picked up (a human or a machine) and then asks this server what to
/// say; where it cannot reach this server, what is said goes along and no key is heard.
/// </summary>
internal sealed class VoiceSender(ChannelDesk desk, TwilioAccount account) : ChannelSender(desk)
{
    // Before most voicemails pick up.
    private const string RingSeconds = "25";

    public override string Kind => ContactKinds.Voice;

    protected override async Task<SendOutcome> SendAsync(Envelope envelope, CancellationToken stop)
    {
        if (Desk.Settings.TwilioVoiceFrom.StartsWith("MG", StringComparison.Ordinal)) return new(SendVerdict.Refused, "A messaging service cannot call: set channels:twilioCallFrom to a number.");
        var (place, others) = await SlotDesk.TakeAsync(Desk, envelope, stop);
        if (!place.Go) return place.Instead!;
        var form = new List<KeyValuePair<string, string>> { new("To", envelope.Contact.Address), new("From", Desk.Settings.TwilioVoiceFrom), new("Timeout", RingSeconds) };
        if (account.CallsBack)
        {
            form.Add(new("Url", account.Back(TwilioAccount.VoiceDoor, envelope.Id)));
            form.Add(new("Method", "POST"));
            form.Add(new("MachineDetection", "Enable"));
            form.Add(new("StatusCallback", account.Back(TwilioAccount.StatusDoor, envelope.Id)));
            form.Add(new("StatusCallbackEvent", "completed"));
        }
        else
        {
            form.Add(new("Twiml", VoiceScript.Call(envelope.Message, others, null)));
        }

        return await account.PostAsync("Calls", envelope.Id, form, stop);
    }
}
