using System.Text.Json;
using Nines.Kernel;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>Asks somebody whether it is them.</summary>
internal sealed class ConfirmSender(IHouse house, StatusPress press, SubscriberAddresses addresses, SubscriberDesk desk, HouseMail mail, OutsideConnections outside, TimeProvider clock) : IOutboxSender
{
    public string Kind => SubscriberDesk.ConfirmKind;

    public Duration Timeout => Duration.FromSeconds(30);

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop)
    {
        if (delivery.Payload.Deserialize<ConfirmPayload>(HouseJson.Options) is not { } asked || press.Find(asked.Page) is not { } page) return new(SendVerdict.Refused, "There is no such status page any more.");
        if (house.State.Get<StatusBook>().Of(asked.Page).Subscribers.GetValueOrDefault(asked.Subscriber) is not { } one || addresses.Open(one) is not { } address) return new(SendVerdict.Refused, "They are gone.");
        if (one.ConfirmedAt is not null) return new(SendVerdict.Accepted, "They have confirmed it already.");
        var link = await desk.ConfirmLinkAsync(page, one.Id, clock.Now(), stop);
        var outcome = one.Kind == SubscriberKind.Email
            ? await mail.SendAsync(new(mail.From, address, $"Confirm: updates of {page.Title}", NoticeText.Confirm(page, link, one.Choice), $"{delivery.Id}@{mail.Domain}", Sender: page.Title), stop)
            : await NoticeSender.PostAsync(outside, address, JsonSerializer.SerializeToUtf8Bytes(new { confirm = link, page = page.Name }), delivery.Id, stop);
        return outcome with { Reason = outcome.Reason.Replace(address, "…", StringComparison.OrdinalIgnoreCase) };
    }
}
