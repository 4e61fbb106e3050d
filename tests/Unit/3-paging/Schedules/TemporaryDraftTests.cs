using Nines.Paging.Schedules.Ui;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Schedules;

public class TemporaryDraftTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Fact]
    public void Read_DaysOverANightInWhichClocksChange_KeepTheirHour()
    {
        var asked = new TemporaryDraft("2026-10-24T09:00", "2026-10-27T09:00", "1d", ["ada", "", "bo"], false).Read(Berlin).Value;

        Assert.Equal(
            ["ada 24 09:00 25", "bo 25 09:00 24", "ada 26 09:00 24"],
            asked.Shifts!.Select(s => $"{string.Join('+', s.People)} {s.From.InZone(Berlin).ToString("dd HH':'mm", null)} {(s.Until - s.From).TotalHours:0}"));
    }

    [Fact]
    public void Read_TheWholeTime_IsOneShiftOfAll() =>
        Assert.Equal(["ada", "bo"], Assert.Single(new TemporaryDraft("2026-12-24T09:00", "2026-12-27T09:00", "all", ["ada", "bo"], false).Read(Berlin).Value.Shifts!).People);

    [Fact]
    public void Read_LastTurn_EndsWithTheSchedule()
    {
        var shifts = new TemporaryDraft("2026-12-01T09:00", "2026-12-10T12:00", "7d", ["ada", "bo"], false).Read(Berlin).Value.Shifts!;

        Assert.Equal([168, 51], shifts.Select(s => (int)(s.Until - s.From).TotalHours));
    }

    [Fact]
    public void Read_NothingFilledIn_NamesEveryField()
    {
        var read = new TemporaryDraft("", "", "2y", ["", ""], false).Read(Berlin);

        Assert.Equal(["person1", "turn", "from", "until"], read.Problems.Select(p => p.Path));
    }

    [Fact]
    public void Read_TooManyTurns_IsRefusedBesideTheirLength() =>
        Assert.Equal("turn", Assert.Single(new TemporaryDraft("2026-12-01T09:00", "2056-12-01T09:00", "12h", ["ada"], false).Read(Berlin).Problems).Path);
}
