using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Notifications;

namespace Nines.Responding.Incidents;

/// <summary>A page of a service that an open incident is about belongs to it from its first message on.</summary>
internal sealed class OnPageOpened : Reaction<PageIntended>
{
    protected override void React(PageIntended happened, JournalEntry entry, Deciding deciding)
    {
        if (happened is not { Cause: PageCause.First or PageCause.Reopened, Severity: AlertSeverity.Page, Service.Length: > 0 }) return;
        var (book, alerts) = (deciding.State.Get<IncidentBook>(), deciding.State.Get<AlertBook>());
        // That nobody checks in is about the people, not about what is broken.
        if (happened.Alerts.All(a => alerts.All.GetValueOrDefault(a)?.Source == MissedCheckIn.Source)) return;
        if (book.OfPage(happened.Page) is not null || book.Open.FirstOrDefault(i => !i.Drill && i.Services.Contains(happened.Service)) is not { } incident) return;
        deciding.Write(IncidentDesk.StreamOf(incident.Id), new IncidentJoined(incident.Id, [happened.Page], happened.Alerts, [], $"Another page of {happened.Service}: {happened.Title}"));
    }
}
