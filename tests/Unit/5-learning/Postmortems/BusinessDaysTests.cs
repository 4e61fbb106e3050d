using Nines.Learning.Postmortems;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Learning.Postmortems;

public class BusinessDaysTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Theory]
    // Thursday: Fri 1, Mon 2, Tue 3, Wed 4, Thu 5.
    [InlineData(2026, 11, 19, 3, 2026, 11, 26)]
    // On a Friday night, a Saturday and a Sunday the next Friday is the fifth.
    [InlineData(2026, 11, 20, 22, 2026, 11, 27)]
    [InlineData(2026, 11, 21, 12, 2026, 11, 27)]
    [InlineData(2026, 11, 22, 12, 2026, 11, 27)]
    // 23:30 UTC on Sunday is Monday in Berlin: it counts from Tuesday.
    [InlineData(2026, 11, 22, 23, 2026, 11, 30)]
    public void After_FiveDays_EndsWithTheFifthBusinessDay(int year, int month, int day, int hour, int dueYear, int dueMonth, int dueDay) => Assert.Equal(
        Berlin.AtStartOfDay(new LocalDate(dueYear, dueMonth, dueDay).PlusDays(1)).ToInstant(),
        BusinessDays.After(Instant.FromUtc(year, month, day, hour, 30), 5, Berlin));

    [Fact]
    public void After_OverTheNightInWhichClocksChange_EndsAtMidnightOnTheWall()
    {
        // Clocks go back on Sunday 25 October 2026: the days before and after differ by an hour in UTC.
        var due = BusinessDays.After(Instant.FromUtc(2026, 10, 23, 8, 0), 1, Berlin);
        Assert.Equal(new LocalDateTime(2026, 10, 27, 0, 0), due.InZone(Berlin).LocalDateTime);
        Assert.Equal(Instant.FromUtc(2026, 10, 26, 23, 0), due);
        Assert.Equal(Instant.FromUtc(2026, 10, 20, 22, 0), BusinessDays.After(Instant.FromUtc(2026, 10, 19, 8, 0), 1, Berlin));
    }

    [Fact]
    public void After_WhereMidnightDoesNotExist_EndsWhenTheNextDayBegins()
    {
        // In Beirut the clock skips from 00:00 to 01:00 on Sunday 29 March 2026; Friday's end is Saturday 00:00, Saturday's is 01:00.
        var beirut = DateTimeZoneProviders.Tzdb["Asia/Beirut"];
        Assert.Equal(new LocalTime(1, 0), beirut.AtStartOfDay(new(2026, 3, 29)).TimeOfDay);
        Assert.Equal(new LocalDateTime(2026, 3, 31, 0, 0), BusinessDays.After(Instant.FromUtc(2026, 3, 27, 9, 0), 1, beirut).InZone(beirut).LocalDateTime);
    }

    [Fact]
    public void After_EveryDayOfTwoYearsInEveryHour_EqualsCountingOneByOne()
    {
        foreach (var zone in (DateTimeZone[])[Berlin, DateTimeZoneProviders.Tzdb["America/New_York"], DateTimeZoneProviders.Tzdb["Pacific/Apia"]])
            for (var at = Instant.FromUtc(2026, 1, 1, 0, 17); at < Instant.FromUtc(2028, 1, 1, 0, 0); at += Duration.FromHours(7))
            {
                var due = BusinessDays.After(at, 5, zone);
                var last = (due - Duration.FromMilliseconds(1)).InZone(zone).Date;
                Assert.True(BusinessDays.IsOne(last));
                Assert.Equal(5, BusinessDays.Between(at, due - Duration.FromMilliseconds(1), zone));
                Assert.Equal(4, BusinessDays.Between(at, zone.AtStartOfDay(last).ToInstant() - Duration.FromMilliseconds(1), zone));
            }
    }
}
