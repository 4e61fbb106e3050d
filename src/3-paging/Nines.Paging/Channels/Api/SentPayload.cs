using Nines.Kernel;

namespace Nines.Paging.Channels.Api;

/// <summary>Reads what a message said, also after it has left the outbox.</summary>
internal sealed class SentPayload(IJournal journal, EventCatalog events, ChannelDesk desk)
{
    /// <summary>The message of a delivery; null where there is none.</summary>
    public async Task<ChannelMessage?> FindAsync(string effect, CancellationToken stop)
    {
        if (desk.House.State.Get<Outbox>().Pending.TryGetValue(effect, out var pending)) return ChannelDesk.ReadMessage(pending.Payload);
        await foreach (var entry in journal.ReadStreamAsync(Outbox.StreamOf(effect), 0, stop))
            if (events.Read(entry.Type, entry.Data) is OutboxIntended intended) return ChannelDesk.ReadMessage(intended.Payload);
        return null;
    }

    /// <summary>The texts of those that went along.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(IReadOnlyList<string> effects, CancellationToken stop)
    {
        var texts = new List<string>();
        foreach (var effect in effects)
            if (await FindAsync(effect, stop) is { } message) texts.Add(message.Text);
        return texts;
    }
}
