using System.Globalization;
using System.Text;
using NodaTime;

namespace Nines.Paging.Schedules.Calendars;

/// <summary>One shift with its words.</summary>
/// <param name="Shift">The shift.</param>
/// <param name="Summary">What a calendar shows.</param>
public sealed record FeedEntry(PublishedShift Shift, string Summary);

/// <summary>Writes a calendar: UTC instants only, so that no reader needs a zone.</summary>
public static class FeedText
{
    /// <summary>The calendar.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="entries">Its shifts, cancelled ones too.</param>
    public static string Write(string name, IEnumerable<FeedEntry> entries)
    {
        var text = new StringBuilder(4096)
            .Line("BEGIN:VCALENDAR").Line("VERSION:2.0").Line("PRODID:-//Nines//On call//EN").Line("CALSCALE:GREGORIAN").Line("METHOD:PUBLISH")
            .Line("NAME:" + IcsText.Escape(name)).Line("X-WR-CALNAME:" + IcsText.Escape(name))
            // Hints only: readers come when they like, so the calendar is never the place to look at night.
            .Line("REFRESH-INTERVAL;VALUE=DURATION:PT1H").Line("X-PUBLISHED-TTL:PT1H");
        foreach (var (shift, summary) in entries.OrderBy(e => e.Shift.From).ThenBy(e => e.Shift.Uid, StringComparer.Ordinal))
        {
            text.Line("BEGIN:VEVENT").Line("UID:" + shift.Uid).Line("DTSTAMP:" + Utc(shift.ChangedAt)).Line("LAST-MODIFIED:" + Utc(shift.ChangedAt))
                .Line("SEQUENCE:" + shift.Sequence.ToString(CultureInfo.InvariantCulture)).Line("DTSTART:" + Utc(shift.From)).Line("DTEND:" + Utc(shift.Until))
                .Line("SUMMARY:" + IcsText.Escape(summary)).Line("STATUS:" + (shift.Cancelled ? "CANCELLED" : "CONFIRMED")).Line("TRANSP:TRANSPARENT").Line("END:VEVENT");
        }

        return text.Line("END:VCALENDAR").ToString();
    }

    private static string Utc(Instant at) => at.ToString("uuuuMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
