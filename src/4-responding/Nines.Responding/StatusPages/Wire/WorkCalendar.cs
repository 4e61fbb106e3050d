using System.Globalization;
using System.Text;
using Nines.Paging.Schedules.Calendars;
using NodaTime;

namespace Nines.Responding.StatusPages.Wire;

/// <summary>Announced work as a calendar (RFC 5545): what is called off stays in it, cancelled, so that calendars take it away. Pure.</summary>
public static class WorkCalendar
{
    /// <summary>The calendar.</summary>
    public static byte[] Write(PublicView view)
    {
        var name = PublicText.Clean(view.Page.Title) + " maintenance" + (view.Component.Length > 0 ? ": " + PublicText.Clean(view.NameOf(view.Component)) : "");
        var text = new StringBuilder(4096)
            .Line("BEGIN:VCALENDAR").Line("VERSION:2.0").Line("PRODID:-//Nines//Status page//EN").Line("CALSCALE:GREGORIAN").Line("METHOD:PUBLISH")
            .Line("NAME:" + IcsText.Escape(name)).Line("X-WR-CALNAME:" + IcsText.Escape(name)).Line("REFRESH-INTERVAL;VALUE=DURATION:PT1H").Line("X-PUBLISHED-TTL:PT1H");
        foreach (var work in view.Published.Maintenances.OrderBy(m => m.From).ThenBy(m => m.Id, StringComparer.Ordinal))
        {
            text.Line("BEGIN:VEVENT").Line($"UID:{work.Id}@{view.Page.Name}.statuspages.nines").Line("DTSTAMP:" + Utc(work.UpdatedAt)).Line("LAST-MODIFIED:" + Utc(work.UpdatedAt))
                .Line("SEQUENCE:" + work.Sequence.ToString(CultureInfo.InvariantCulture)).Line("DTSTART:" + Utc(work.From)).Line("DTEND:" + Utc(work.Until))
                .Line("SUMMARY:" + IcsText.Escape(PublicText.Clean(work.Title))).Line("DESCRIPTION:" + IcsText.Escape(PublicText.Clean(work.Body)))
                .Line("LOCATION:" + IcsText.Escape(string.Join(", ", work.Components.Select(view.NameOf).Select(PublicText.Clean))))
                .Line("URL:" + view.LinkTo(work.Id)).Line("STATUS:" + (work.Status == MaintenanceStatus.Cancelled ? "CANCELLED" : "CONFIRMED")).Line("TRANSP:TRANSPARENT").Line("END:VEVENT");
        }

        return Encoding.UTF8.GetBytes(text.Line("END:VCALENDAR").ToString());
    }

    private static string Utc(Instant at) => at.ToString("uuuuMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
