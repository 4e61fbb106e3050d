using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;

namespace Nines.Host.Simulation;

/// <summary>
/// Who may ring: once somebody was answered that a page is theirs, no call of it begins, on any way out, until somebody
/// or time gives it back. What only changes what stands there may leave; but on a way out that can do so without a sound,
/// and saying that it is no more than that.
/// </summary>
internal sealed class SimQuiet(SimLedger ledger)
{
    private readonly Dictionary<string, (string Page, long Position, PageCause Cause)> _effects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _quiet = new(StringComparer.Ordinal);
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);

    /// <summary>One durable event, with the newest state that is published.</summary>
    public void Hear(Recorded one, HouseState state)
    {
        switch (one.Event)
        {
            case PageAcknowledged e when state.Get<PageBook>().All.GetValueOrDefault(e.Page)?.AcknowledgedAt is not null:
                _quiet.TryAdd(e.Page, one.Entry.Position);
                break;
            case PageMerged e:
                // It rings as part of the other one, or not at all.
                _quiet.TryAdd(e.Page, one.Entry.Position);
                break;
            case PageUnacknowledged e:
                Loud(e.Page);
                break;
            case PageReassigned e:
                Loud(e.Page);
                break;
            case PageEscalated e:
                Loud(e.Page);
                break;
            case PageEnded e:
                Loud(e.Page);
                break;
            case PageIntended e:
                Intends(e, one.Entry.Position);
                break;
        }
    }

    /// <summary>Somebody was answered that they have it.</summary>
    public void Answered(string page)
    {
        if (_quiet.ContainsKey(page)) _answered.Add(page);
    }

    /// <summary>A try begins.</summary>
    public void Left(Delivery delivery)
    {
        if (!_effects.TryGetValue(delivery.Id, out var call)) return;
        if (call.Cause.IsQuiet() && !IsQuiet(delivery)) ledger.Break(Broken.RangOn, $"The message {delivery.Id} of the page {call.Page} shall only change what stands there ({call.Cause}), and rings by {delivery.Kind}.");
        if (!call.Cause.Calls() || !_answered.Contains(call.Page)) return;
        if (call.Position < _quiet[call.Page]) ledger.Break(Broken.RangOn, $"The message {delivery.Id} of the page {call.Page} leaves, though somebody was answered that the page is theirs.");
    }

    /// <summary>As its receiver sees it: what it says, and how it comes.</summary>
    private static bool IsQuiet(Delivery delivery) =>
        ChannelTraits.Of(delivery.Kind).ChangesQuietly && delivery.Payload.TryGetProperty("event", out var said) && MessageEvent.IsQuiet(said.GetString() ?? "");

    private void Intends(PageIntended e, long position)
    {
        foreach (var message in e.Messages) _effects[message.Effect] = (e.Page, position, e.Cause);
        if (e.Cause is PageCause.First or PageCause.Reopened) Loud(e.Page);
        else if (e.Cause is PageCause.Escalated or PageCause.LastResort && e.Messages.Count > 0 && _answered.Contains(e.Page))
            ledger.Break(Broken.RangOn, $"The page {e.Page} calls further people ({e.Cause}), though somebody was answered that it is theirs.");
    }

    private void Loud(string page)
    {
        _quiet.Remove(page);
        _answered.Remove(page);
    }
}
