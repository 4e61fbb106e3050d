using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Channels;

namespace Nines.Paging.Notifications;

/// <summary>Somebody has it: in the same commit every call about it is called off, and its alerts know.</summary>
internal sealed class OnPageAcknowledged(PagingDesk desk) : Reaction<PageAcknowledged>
{
    protected override void React(PageAcknowledged happened, JournalEntry entry, Deciding deciding)
    {
        if (!deciding.State.Get<PageBook>().All.TryGetValue(happened.Page, out var page)) return;
        // Where several must take it on, only this one has peace for now.
        var enough = page.AcknowledgedAt is not null;
        PageEnding.CallOff(page, "The page was acknowledged.", enough ? null : happened.Person).WriteTo(deciding);
        if (!enough) return;
        PageNews.TakenOn(desk.Context(deciding), page).WriteTo(deciding);
        var acknowledged = Acknowledging.Decide(deciding.State.Get<AlertBook>(), page.Alerts, happened.Person, happened.Via);
        foreach (var alert in acknowledged.Ok ? acknowledged.Value : []) deciding.Write(Intake.StreamOf(alert.Id), alert);
    }
}

/// <summary>A page is over: what still rings about it is called off.</summary>
internal sealed class OnPageEnded : Reaction<PageEnded>
{
    protected override void React(PageEnded happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<PageBook>().All.TryGetValue(happened.Page, out var page) && page.Run is not null) PageEnding.CallOff(page, "The page is over.").WriteTo(deciding);
    }
}

/// <summary>A page sleeps.</summary>
internal sealed class OnPageSnoozed : Reaction<PageSnoozed>
{
    protected override void React(PageSnoozed happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<PageBook>().All.TryGetValue(happened.Page, out var page)) PageEnding.CallOff(page, "The page sleeps.").WriteTo(deciding);
    }
}

/// <summary>A page became part of another one, which goes on ringing.</summary>
internal sealed class OnPageMerged(PagingDesk desk) : Reaction<PageMerged>
{
    protected override void React(PageMerged happened, JournalEntry entry, Deciding deciding)
    {
        if (!deciding.State.Get<PageBook>().All.TryGetValue(happened.Page, out var page)) return;
        PageEnding.CallOff(page, "The page became part of another one.").WriteTo(deciding);
        PageNews.PartOf(desk.Context(deciding), page, happened.By).WriteTo(deciding);
    }
}

/// <summary>Somebody answered where a message reached them.</summary>
internal sealed class OnContactAnswered(PagingDesk desk) : Reaction<ContactAnswered>
{
    protected override void React(ContactAnswered happened, JournalEntry entry, Deciding deciding)
    {
        var context = desk.Context(deciding);
        var answered = happened.Answer switch
        {
            ContactAnswer.Acknowledge => PageAnswers.Acknowledge(context, happened.Page, happened.Person, happened.Via),
            ContactAnswer.Escalate => PageAnswers.Escalate(context, happened.Page, happened.Person),
            _ => Outcome<PageEvents>.Of([]),
        };
        // A page that is over meanwhile needs no answer any more.
        if (answered.Ok) answered.Value.WriteTo(deciding);
    }
}

/// <summary>A door says that somebody is at an alert: once that is so for all that fires of a page, the page is in hand.</summary>
internal sealed class OnAlertAcknowledged(PagingDesk desk) : Reaction<AlertAcknowledged>
{
    protected override void React(AlertAcknowledged happened, JournalEntry entry, Deciding deciding)
    {
        var alerts = deciding.State.Get<AlertBook>();
        if (!alerts.All.TryGetValue(happened.Id, out var alert) || alert.Thread.Length == 0) return;
        if (deciding.State.Get<PageBook>().OfThread(alert.Thread) is not { Run: not null, EndedAt: null, AcknowledgedAt: null } page) return;
        if (page.Alerts.Any(id => alerts.All.TryGetValue(id, out var other) && other.Firing && other.AcknowledgedAt is null)) return;
        var answered = PageAnswers.Acknowledge(desk.Context(deciding), page.Id, happened.By, happened.Via);
        if (answered.Ok) answered.Value.WriteTo(deciding);
    }
}
