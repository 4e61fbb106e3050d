using System.Text;
using Nines.Paging.Schedules;
using Nines.Paging.Schedules.Calendars;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Schedules;

/// <summary>Calendars in and out; each of Grafana OnCall's bugs with calendars is one of these.</summary>
public class CalendarTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    private static IcsCalendar Read(params string[] events) =>
        IcsReader.Read("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + string.Concat(events.Select(e => $"BEGIN:VEVENT\r\n{e.ReplaceLineEndings("\r\n")}\r\nEND:VEVENT\r\n")) + "END:VCALENDAR\r\n");

    private static string[] Shifts(IcsCalendar calendar, int from = 2026, int until = 2027) =>
        [.. calendar.Between(Berlin, Instant.FromUtc(from, 1, 1, 0, 0), Instant.FromUtc(until, 1, 1, 0, 0)).Select(s => $"{s.From:MM-dd HH:mm}/{s.Until:MM-dd HH:mm} {string.Join('+', s.Event.Names)}")];

    [Fact]
    public void Between_UtcEvent_IsItsShift() =>
        Assert.Equal(["03-02 08:00/03-02 20:00 ada"], Shifts(Read("UID:1\nDTSTART:20260302T080000Z\nDTEND:20260302T200000Z\nSUMMARY:ada")));

    [Fact]
    public void Between_SameUidTwice_TheHigherSequenceCounts() =>
        Assert.Equal(
            ["03-02 10:00/03-02 12:00 bo"],
            Shifts(Read("UID:1\nSEQUENCE:2\nDTSTART:20260302T100000Z\nDTEND:20260302T120000Z\nSUMMARY:bo", "UID:1\nSEQUENCE:1\nDTSTART:20260302T080000Z\nDTEND:20260302T120000Z\nSUMMARY:ada")));

    [Fact]
    public void Between_SameUidAndSequenceTwice_BothCountAndEqualOnesOnce() =>
        Assert.Equal(
            ["03-02 08:00/03-02 09:00 ada", "03-03 08:00/03-03 09:00 ada"],
            Shifts(Read(
                "UID:1\nDTSTART:20260302T080000Z\nDTEND:20260302T090000Z\nSUMMARY:ada", "UID:1\nDTSTART:20260303T080000Z\nDTEND:20260303T090000Z\nSUMMARY:ada",
                "UID:1\nDTSTART:20260303T080000Z\nDTEND:20260303T090000Z\nSUMMARY:ada")));

    [Fact]
    public void Between_CancelledEvent_IsNoShift() =>
        Assert.Empty(Shifts(Read("UID:1\nSTATUS:CANCELLED\nDTSTART:20260302T080000Z\nDTEND:20260302T120000Z\nSUMMARY:ada")));

    [Fact]
    public void Between_WholeDays_AreDaysOfTheSchedulesZone() =>
        Assert.Equal(["07-01 22:00/07-03 22:00 ada", "12-01 23:00/12-02 23:00 bo"], Shifts(Read(
            "UID:1\nDTSTART;VALUE=DATE:20260702\nDTEND;VALUE=DATE:20260704\nSUMMARY:ada", "UID:2\nDTSTART;VALUE=DATE:20261202\nSUMMARY:bo")));

    [Fact]
    public void Between_WeeklyOverAChangeOfClocks_StaysAtItsLocalHour() =>
        Assert.Equal(
            ["10-19 07:00/10-26 08:00 ada", "10-26 08:00/11-02 08:00 ada"],
            Shifts(Read("UID:1\nDTSTART;TZID=Europe/Berlin:20261019T090000\nDTEND;TZID=Europe/Berlin:20261026T090000\nRRULE:FREQ=WEEKLY;COUNT=2\nSUMMARY:ada")));

    [Theory]
    // UNTIL in local time means the event's own zone; in UTC what it says; as a day all of that day.
    [InlineData("20260304T090000", 3)]
    [InlineData("20260304T080000Z", 3)]
    [InlineData("20260304T075959Z", 2)]
    [InlineData("20260304", 3)]
    public void Between_Until_IsTheLastBeginning(string until, int shifts) =>
        Assert.Equal(shifts, Shifts(Read($"UID:1\nDTSTART;TZID=Europe/Berlin:20260302T090000\nDTEND;TZID=Europe/Berlin:20260302T170000\nRRULE:FREQ=DAILY;UNTIL={until}\nSUMMARY:ada")).Length);

    [Fact]
    public void Between_WeeklyByDay_HappensOnThoseDays() =>
        Assert.Equal(
            ["03-02", "03-06", "03-16", "03-20"],
            Shifts(Read("UID:1\nDTSTART:20260302T080000Z\nDTEND:20260302T120000Z\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=4\nSUMMARY:ada")).Select(s => s[..5]));

    [Fact]
    public void Between_MonthlyByDay_CountsFromBothEnds() =>
        Assert.Equal(
            ["03-02", "03-27", "04-06", "04-24"],
            Shifts(Read("UID:1\nDTSTART:20260302T080000Z\nDTEND:20260302T120000Z\nRRULE:FREQ=MONTHLY;BYDAY=1MO,-1FR;COUNT=4\nSUMMARY:ada")).Select(s => s[..5]));

    [Fact]
    public void Between_MonthlyOnThe31st_LeavesShortMonthsOut() =>
        Assert.Equal(
            ["01-31", "03-31", "05-31"],
            Shifts(Read("UID:1\nDTSTART:20260131T080000Z\nDTEND:20260131T120000Z\nRRULE:FREQ=MONTHLY;COUNT=3\nSUMMARY:ada")).Select(s => s[..5]));

    [Fact]
    public void Between_ExDate_IsLeftOutInAnyZoneAndAsADay() =>
        Assert.Equal(
            ["03-03", "03-05"],
            Shifts(Read("UID:1\nDTSTART;TZID=Europe/Berlin:20260302T090000\nDURATION:PT8H\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20260302T080000Z\nEXDATE;VALUE=DATE:20260304\nSUMMARY:ada")).Select(s => s[..5]));

    [Fact]
    public void Between_RecurrenceId_TakesThePlaceOfOneRepetition() =>
        Assert.Equal(
            ["03-02 08:00/03-02 09:00 ada", "03-03 12:00/03-03 13:00 bo"],
            Shifts(Read(
                "UID:1\nDTSTART:20260302T080000Z\nDTEND:20260302T090000Z\nRRULE:FREQ=DAILY;COUNT=3\nSUMMARY:ada",
                "UID:1\nRECURRENCE-ID:20260303T080000Z\nDTSTART:20260303T120000Z\nDTEND:20260303T130000Z\nSUMMARY:bo",
                "UID:1\nRECURRENCE-ID:20260304T080000Z\nSTATUS:CANCELLED\nDTSTART:20260304T080000Z\nDTEND:20260304T090000Z\nSUMMARY:ada")));

    [Theory]
    [InlineData("/freeassociation.sourceforge.net/Europe/Berlin", "")]
    [InlineData("W. Europe Standard Time", "")]
    [InlineData("\"Europe/Berlin\"", "")]
    [InlineData("Home", "BEGIN:VTIMEZONE\r\nTZID:Home\r\nX-LIC-LOCATION:Europe/Berlin\r\nEND:VTIMEZONE\r\n")]
    [InlineData("Plus one", "BEGIN:VTIMEZONE\r\nTZID:Plus one\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n")]
    public void Read_ZonesAsTheyAreWritten_AreKnown(string zone, string definition)
    {
        var calendar = IcsReader.Read($"BEGIN:VCALENDAR\r\n{definition}BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID={zone}:20260302T090000\r\nDTEND;TZID={zone}:20260302T170000\r\nSUMMARY:ada\r\nEND:VEVENT\r\nEND:VCALENDAR");

        Assert.Empty(calendar.Problems);
        Assert.Equal(["03-02 08:00/03-02 16:00 ada"], Shifts(calendar));
    }

    [Fact]
    public void Read_WhatItCannotTake_IsSaidByLine()
    {
        var calendar = Read(
            "UID:1\nDTSTART;TZID=Atlantis/City:20260302T090000\nDTEND:20260302T120000Z", "UID:2\nDTSTART:20260302T080000Z\nDTEND:20260302T120000Z\nRRULE:FREQ=WEEKLY;BYSETPOS=2", "UID:3\nSUMMARY:none",
            "UID:4\nDTSTART:20260302T080000Z\nDTEND:20260302T080000Z", "UID:6\nDTSTART:20260302T080000Z\nDURATION:P8400000D", "UID:5\nDTSTART:20260302T080000Z\nDURATION:PT4H\nSUMMARY:bo");

        Assert.Equal(
            [
                "body:5:1: The zone \"Atlantis/City\" is not known. Export the calendar with IANA zones such as Europe/Berlin.",
                "body:12:1: The repetition \"BYSETPOS=2\" is not taken. Taken are FREQ=DAILY, WEEKLY, MONTHLY, YEARLY with INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, WKST.",
                "body:14:1: The event has no DTSTART. Write when it begins.",
                "body:18:1: The event ends when it begins, or before. Write DTEND or DURATION.",
                "body:26:1: An event of \"P8400000D\" is longer than ten years. Write a shorter one that repeats.",
            ],
            calendar.Problems.Select(p => p.ToString()));
        Assert.Equal(["03-02 08:00/03-02 12:00 bo"], Shifts(calendar));
    }

    [Fact]
    public void Read_AnyText_NeverThrows()
    {
        var whole = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=\"Europe/Berlin\":20260302T090000\r\nDURATION:P1DT2H\r\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270101;INTERVAL=2\r\nEXDATE:20260302T080000Z,20260303\r\nRECURRENCE-ID:20260302T080000Z\r\nATTENDEE;CN=\"Ada\":mailto:ada@example.com\r\n folded\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        for (var seed = 0; seed < LongRun.Of(2_000, 20_000); seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder(whole);
            for (var i = random.Next(1, 12); i > 0; i--)
            {
                var at = random.Next(text.Length);
                if (random.Next(3) == 0) text.Remove(at, Math.Min(random.Next(1, 30), text.Length - at));
                else if (random.Next(2) == 0) text.Insert(at, whole.AsSpan(random.Next(whole.Length / 2), random.Next(40)));
                else text[at] = (char)random.Next(1, 200);
                if (text.Length == 0) text.Append(':');
            }

            Shifts(IcsReader.Read(text.ToString()));
        }
    }

    [Fact]
    public void Between_RuleThatNeverMatches_Ends() =>
        Assert.Empty(Shifts(Read("UID:1\nDTSTART:20260301T080000Z\nDTEND:20260301T120000Z\nRRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=5MO;UNTIL=20260105T000000Z\nSUMMARY:ada")));

    [Fact]
    public void Layer_OfACalendar_PutsWhomItNamesOnCallAndOverlapsTogether()
    {
        var calendar = Read("UID:1\nDTSTART:20260302T080000Z\nDTEND:20260302T120000Z\nSUMMARY:Ada Lovelace", "UID:2\nDTSTART:20260302T100000Z\nDTEND:20260302T140000Z\nSUMMARY:bo@example.com", "UID:3\nDTSTART:20260302T150000Z\nDTEND:20260302T160000Z\nSUMMARY:stranger");
        var rota = new Rota(
            new() { Name = "s", DisplayName = "s", Zone = Berlin, Layers = [new() { Name = "calendar", Calendar = calendar }] }, _ => true,
            named: name => name switch { "Ada Lovelace" => "ada", "bo@example.com" => "bo", _ => null });

        var shifts = rota.Between(Instant.FromUtc(2026, 3, 2, 6, 0), Instant.FromUtc(2026, 3, 2, 18, 0));

        Assert.Equal(["-", "ada", "ada+bo", "bo", "-"], shifts.Select(s => s.IsGap ? "-" : string.Join('+', s.People)));
    }

    [Fact]
    public void Write_Line_IsFoldedAt75OctetsAndNeverInsideACharacter()
    {
        var name = string.Concat(Enumerable.Repeat("Zoë 日本 🌍, on; call\\", 12));
        var text = FeedText.Write("x", [new(new("u@nines", "p", Instant.FromUtc(2026, 1, 5, 8, 0), Instant.FromUtc(2026, 1, 12, 8, 0), 3, true, Instant.FromUtc(2026, 1, 1, 0, 0)), name)]);

        var lines = text.Split("\r\n");
        Assert.All(lines, l => Assert.True(Encoding.UTF8.GetByteCount(l) <= 75, l));
        Assert.DoesNotContain('\n', string.Concat(lines));
        Assert.DoesNotContain('�', text);
        Assert.Equal(name, IcsText.Unescape(IcsText.Unfold(text).Single(l => l.Line.StartsWith("SUMMARY:", StringComparison.Ordinal)).Line[8..]));
        Assert.Contains("STATUS:CANCELLED\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20260105T080000Z\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ThenRead_IsTheSame()
    {
        var shift = new PublishedShift("u@nines", "p", Instant.FromUtc(2026, 10, 19, 7, 0), Instant.FromUtc(2026, 10, 26, 8, 0), 3, false, Instant.FromUtc(2026, 1, 1, 0, 0));

        var read = IcsReader.Read(FeedText.Write("Payments", [new(shift, "Ada on call: Payments")]));

        Assert.Empty(read.Problems);
        Assert.Equal(["10-19 07:00/10-26 08:00 Ada on call: Payments"], Shifts(read));
    }
}
