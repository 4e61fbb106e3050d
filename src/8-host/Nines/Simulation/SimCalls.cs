using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using NodaTime;
using static Nines.Host.Simulation.SimPromises;

namespace Nines.Host.Simulation;

/// <summary>
/// Every single call of a page by what the journal promised when it was decided: one that did not come far enough in time
/// is followed by the next at once, one that shall follow later follows, and a receipt is believed of its own message only.
/// </summary>
internal sealed class SimCalls(SimWorld world, SimPromises promises)
{
    private readonly Dictionary<string, ProofStage> _came = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Page, string Contact), TimeSpan> _called = [];
    private readonly Dictionary<(string Page, string Contact), TimeSpan> _planned = [];

    // When what a page had planned was last void, because somebody has it, it sleeps, or it was given to others; and for one person.
    private readonly Dictionary<(string Page, string Person), TimeSpan> _void = [];

    /// <summary>One durable event, with the newest state that is published.</summary>
    public void Hear(Recorded one, HouseState state)
    {
        switch (one.Event)
        {
            case PageIntended e:
                foreach (var message in e.Messages) Intends(e.Page, message);
                break;
            case PageStepTaken e:
                foreach (var call in e.Planned) Plans(e.Page, call);
                break;
            case PageHandedOver e:
                foreach (var call in e.Planned) Plans(e.Page, call);
                break;
            case PageFailedOver e:
                if (e.Effect.Length > 0) _lost.Add(e.Effect);
                else _called[(e.Page, e.Contact)] = world.Clock.Now;
                break;
            case PageAcknowledged e:
                Void(e.Page, state.Get<PageBook>().All.GetValueOrDefault(e.Page)?.AcknowledgedAt is null ? e.Person : "");
                break;
            case PageUnacknowledged e:
                Void(e.Page, "");
                break;
            case PageSnoozed e:
                Void(e.Page, "");
                break;
            case PageReassigned e:
                Void(e.Page, "");
                break;
            case PageEscalated e:
                Void(e.Page, "");
                break;
            case PageEnded e:
                Void(e.Page, "");
                break;
            case OutboxAttempted e:
                Came(e.Id, ProofStage.Attempted);
                break;
            case OutboxSettled { End: EffectEnd.Accepted } e:
                Came(e.Id, ProofStage.Accepted);
                break;
            case OutboxSettled { End: EffectEnd.Failed } e:
                Failed(e.Id, one.Entry.At, state);
                break;
            case OutboxCancelled e:
                _lost.Add(e.Id);
                break;
            case MessageReceipt { Failed: false } e:
                Came(e.Effect, e.Stage);
                Receipt(e, one.Entry.At, state);
                break;
            case MessageReceipt e:
                Failed(e.Effect, one.Entry.At, state);
                break;
        }
    }

    private void Intends(string page, IntendedMessage message)
    {
        _called[(page, message.Contact)] = world.Clock.Now;
        if (message.Due is not { } due) return;
        Expect(page, message, ProofStage.Attempted, due.Attempted);
        Expect(page, message, ProofStage.Accepted, due.Accepted);
        if (due.Delivered is { } delivered) Expect(page, message, ProofStage.Delivered, delivered);
    }

    /// <summary>By its time it has come so far, or the page has gone on to somebody else.</summary>
    private void Expect(string page, IntendedMessage message, ProofStage stage, Instant due) => promises.Expect(
        Broken.Late, Wait(due),
        state => _came.GetValueOrDefault(message.Effect) >= stage || _lost.Contains(message.Effect) ? Standing.Kept
            : Stands(state, page, message.Person, TimeSpan.MinValue) is not Standing.Broken and var stands ? stands
            : state.Get<PageBook>().All[page].Messages.FirstOrDefault(m => m.Effect == message.Effect) is { Closed: false } ? Standing.Broken : Standing.Kept,
        () => $"The message {message.Effect} of the page {page} was to be {stage} by {due}, and nobody else is called instead.");

    /// <summary>Somebody's next contact has its turn, unless the page is in hand or went on without it.</summary>
    private void Plans(string page, PlannedCall call)
    {
        var planned = _planned[(page, call.Contact)] = world.Clock.Now;
        promises.Expect(
            Broken.Late, Wait(call.At),
            state => _called.GetValueOrDefault((page, call.Contact), TimeSpan.MinValue) >= planned || _planned[(page, call.Contact)] > planned ? Standing.Kept
                : Stands(state, page, call.Person, planned),
            () => $"The call of {call.Person} by {call.Kind} about the page {page}, planned for {call.At}, is not made.");
    }

    /// <summary>How anything about a page stands that was neither done nor replaced.</summary>
    private Standing Stands(HouseState state, string page, string person, TimeSpan since)
    {
        if (world.Unsettled) return Standing.UnderWay;
        if (state.Get<PageBook>().All.GetValueOrDefault(page) is not { Rings: true }) return Standing.Kept;
        var stopped = Max(_void.GetValueOrDefault((page, ""), TimeSpan.MinValue), _void.GetValueOrDefault((page, person), TimeSpan.MinValue));
        if (since > TimeSpan.MinValue && stopped >= since) return Standing.Kept;
        // It rings again just now: what is overdue follows at once.
        return stopped > world.Clock.Now - SimOwed.StepsWithin.ToTimeSpan() ? Standing.UnderWay : Standing.Broken;
    }

    private void Void(string page, string person) => _void[(page, person)] = world.Clock.Now;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private TimeSpan Wait(Instant until)
    {
        var wait = (until - world.Clock.Wall).ToTimeSpan();
        return (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) + SimOwed.StepsWithin.ToTimeSpan();
    }

    private void Came(string effect, ProofStage stage)
    {
        if (_came.GetValueOrDefault(effect) < stage) _came[effect] = stage;
    }

    /// <summary>A call that failed is lost in the same commit, where its page still looks for somebody.</summary>
    private void Failed(string effect, Instant at, HouseState state)
    {
        if (state.Get<PageBook>().OfEffect(effect) is not { Rings: true } page || page.Run!.StepAt == at)
        {
            // Nobody waits for it: if the page rings again, it begins anew; maybe in this very commit, as somebody asks for the next step.
            _lost.Add(effect);
            return;
        }

        if (page.Messages.FirstOrDefault(m => m.Effect == effect) is { Due: not null, Closed: false, Missed: null }) world.Ledger.Break(Broken.Late, $"The message {effect} of the page {page.Id} failed, and nothing follows from it.");
    }

    private void Receipt(MessageReceipt e, Instant at, HouseState state)
    {
        if (state.Get<PageBook>().OfEffect(e.Effect) is not { } page) return;
        foreach (var message in page.Messages)
            if (message.DeliveredAt < at && _came.GetValueOrDefault(message.Effect) < ProofStage.Delivered)
                world.Ledger.Break(Broken.Lost, $"The message {message.Effect} of the page {page.Id} counts as delivered, and no receipt says so.");
            else if (message.Effect == e.Effect && message.DeliveredAt is null)
                world.Ledger.Break(Broken.Lost, $"The receipt of the message {e.Effect} of the page {page.Id} was taken and is not known.");
    }
}
