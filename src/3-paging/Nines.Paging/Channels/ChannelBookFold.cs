using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;

namespace Nines.Paging.Channels;

/// <summary>Folds the events of the ways out, and what the outbox says of their messages.</summary>
public sealed class ChannelBookFold : Fold<ChannelBook>
{
    /// <inheritdoc />
    public override string Room => "channels";

    /// <inheritdoc />
    public override int Version => 2;

    /// <inheritdoc />
    public override ChannelBook Empty => ChannelBook.None;

    /// <inheritdoc />
    public override ChannelBook Apply(ChannelBook state, in Recorded happened)
    {
        var at = happened.Entry.At;
        return happened.Event switch
        {
            OutboxIntended e => state.Leave(e),
            OutboxSettled e => state.Settle(e),
            MessageReceipt e => state.Change(e.Effect, m => e.Failed ? m with { Failed = true } : m with { Stage = e.Stage > m.Stage ? e.Stage : m.Stage }),
            ContactAnswered e => state.Change(e.Effect, m => m with { Answer = e.Answer }),
            MessageReferenced e => state.Change(e.Effect, m => m with { Reference = e.Reference }),
            SlotTaken e => state.Take(e, at),
            CodeSent e => state.Send(e, at),
            CodeWrong e => state.Mistake(e),
            ContactVerified e => state.Verify(e),
            PushSubscribed e => state with { Devices = state.Devices.SetItem(e.Id, new(e.Id, e.Person, e.Sealed, e.AddressHash, at)) },
            PushEnded e => state with { Devices = state.Devices.Remove(e.Id) },
            _ => state,
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(ChannelBook state) => JsonSerializer.SerializeToUtf8Bytes(
        new Kept(new(state.Verified, StringComparer.Ordinal), [.. state.SentOrder.Select(id => state.Sent[id])], new(state.Slots, StringComparer.Ordinal), new(state.Codes, StringComparer.Ordinal), [.. state.Devices.Values]),
        HouseJson.Options);

    /// <inheritdoc />
    public override ChannelBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of channels is empty.");
        return ChannelBook.None with
        {
            Verified = ChannelBook.None.Verified.AddRange(kept.Verified),
            Sent = kept.Sent.ToImmutableDictionary(s => s.Effect),
            SentOrder = ImmutableQueue.CreateRange(kept.Sent.Select(s => s.Effect)),
            Slots = ChannelBook.None.Slots.AddRange(kept.Slots),
            Codes = ChannelBook.None.Codes.AddRange(kept.Codes),
            Devices = ChannelBook.None.Devices.AddRange(kept.Devices.Select(d => KeyValuePair.Create(d.Id, d))),
        };
    }

    private sealed record Kept(
        SortedDictionary<string, string> Verified, SentMessage[] Sent, SortedDictionary<string, ImmutableList<SendSlot>> Slots, SortedDictionary<string, CodeState> Codes, PushDevice[] Devices);
}
