using Nines.Kernel;
using Nines.Paging.Notifications;

namespace Nines.Host.Simulation;

/// <summary>
/// Who may ring: once somebody was answered that a page is theirs, no call of it begins, on any way out, until somebody
/// or time gives it back.
/// </summary>
internal sealed class SimQuiet(SimLedger ledger)
{
    private readonly Dictionary<string, (string Page, long Position, bool Calls)> _effects = new(StringComparer.Ordinal);
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
    public void Left(string effect)
    {
        if (!_effects.TryGetValue(effect, out var call) || !call.Calls || !_answered.Contains(call.Page)) return;
        if (call.Position < _quiet[call.Page]) ledger.Break(Broken.RangOn, $"The message {effect} of the page {call.Page} leaves, though somebody was answered that the page is theirs.");
    }

    private void Intends(PageIntended e, long position)
    {
        // Everything but the news that it is over asks somebody to come.
        var calls = e.Cause is not (PageCause.Resolved or PageCause.Test);
        foreach (var message in e.Messages) _effects[message.Effect] = (e.Page, position, calls);
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
