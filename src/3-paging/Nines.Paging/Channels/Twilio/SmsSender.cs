using Nines.Catalog;
using Nines.Kernel;

namespace Nines.Paging.Channels.Twilio;

/// <summary>Sends a message as a text message; too many in a short time become one.</summary>
internal sealed class SmsSender(ChannelDesk desk, TwilioAccount account) : ChannelSender(desk)
{
    public override string Kind => ContactKinds.Sms;

    protected override async Task<SendOutcome> SendAsync(Envelope envelope, CancellationToken stop)
    {
        var (place, others) = await SlotDesk.TakeAsync(Desk, envelope, stop);
        if (!place.Go) return place.Instead!;
        var code = account.CallsBack ? ContactCode.ShortOf(Desk.KeyOf(envelope.Contact.Person), envelope.Id) : null;
        var form = new List<KeyValuePair<string, string>>
        {
            new("To", envelope.Contact.Address), account.From, new("Body", SmsText.Of(envelope.Message, code, others)),
        };
        if (account.CallsBack) form.Add(new("StatusCallback", account.Back(TwilioAccount.StatusDoor, envelope.Id)));
        return await account.PostAsync("Messages", envelope.Id, form, stop);
    }
}
