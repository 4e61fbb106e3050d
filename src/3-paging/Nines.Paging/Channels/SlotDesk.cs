using Nines.Kernel;

namespace Nines.Paging.Channels;

/// <summary>Takes a message's place under its contact's limits: decided by the one writer, and durable before anything leaves.</summary>
internal static class SlotDesk
{
    /// <summary>The verdict, and the texts of those that go along.</summary>
    public static async Task<(SlotVerdict Verdict, IReadOnlyList<string> Others)> TakeAsync(ChannelDesk desk, Envelope envelope, CancellationToken stop)
    {
        var decided = await desk.House.DecideAsync(Actor.Door("channels"), deciding =>
        {
            var outbox = deciding.State.Get<Outbox>();
            var verdict = SendSlots.Decide(
                deciding.State.Get<ChannelBook>(), outbox, envelope.Id, envelope.Contact.Kind, envelope.Contact.Name, envelope.Message.Page.Length == 0, deciding.Now);
            if (verdict.Take is { } take) deciding.Write(new StreamName("contacts", envelope.Contact.Person), take);
            return Outcome<(SlotVerdict, IReadOnlyList<string>)>.Of((verdict, Texts(outbox, verdict.Covers)));
        }, stop: stop);
        return decided.Outcome.Value;
    }

    /// <summary>What the messages say that go along.</summary>
    public static IReadOnlyList<string> Texts(Outbox outbox, IReadOnlyList<string> covers) =>
        [.. covers.Select(id => outbox.Pending.TryGetValue(id, out var effect) ? ChannelDesk.ReadMessage(effect.Payload)?.Text : null).OfType<string>()];
}
