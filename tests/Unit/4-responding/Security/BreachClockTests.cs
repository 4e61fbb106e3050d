using Nines.Responding.Security;
using NodaTime;
using Xunit;
using static Nines.Tests.Unit.Responding.Security.SecurityWorld;

namespace Nines.Tests.Unit.Responding.Security;

public class BreachClockTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    private static DutyStanding Standing(string key, SecurityCase one, Instant now) => BreachClock.Of(one, Policy, now).Single(d => d.Duty.Key == key);

    private static SecurityCase Known(params object[] more) => Fold([Opened(), new CaseConfirmed("sec1", "The log shows it.", "ada"), new ClockStarted("sec1", ClockStart.Aware, Now, "The log.", "ada"), .. more]).All["sec1"];

    [Theory]
    [InlineData("2026-03-27T12:00:00+01:00", 72, SpanUnit.Hours, "2026-03-30T13:00:00+02:00")] // clocks go forward on 29 March: 72 hours are 72 hours
    [InlineData("2026-10-23T12:00:00+02:00", 72, SpanUnit.Hours, "2026-10-26T11:00:00+01:00")] // and back on 25 October
    [InlineData("2026-03-01T12:00:00+01:00", 60, SpanUnit.Days, "2026-04-30T12:00:00+02:00")] // a day is a day of the calendar
    [InlineData("2026-02-28T02:30:00+01:00", 29, SpanUnit.Days, "2026-03-29T03:30:00+02:00")] // 02:30 is left out that night
    [InlineData("2026-01-31T10:00:00+01:00", 1, SpanUnit.Months, "2026-02-28T10:00:00+01:00")] // the last day of a shorter month
    [InlineData("2028-01-31T10:00:00+01:00", 1, SpanUnit.Months, "2028-02-29T10:00:00+01:00")]
    [InlineData("2026-02-28T10:00:00+01:00", 1, SpanUnit.Months, "2026-03-28T10:00:00+01:00")]
    [InlineData("2026-03-10T10:00:00+01:00", 1, SpanUnit.Months, "2026-04-10T10:00:00+02:00")] // the same time on the wall
    public void End_InBerlin_CountsAsTheLawDoes(string from, int count, SpanUnit unit, string expected) =>
        Assert.Equal(Instant.FromDateTimeOffset(DateTimeOffset.Parse(expected, null)), LegalTime.End(Instant.FromDateTimeOffset(DateTimeOffset.Parse(from, null)), new(count, unit), Berlin, null, LegalTime.NoHolidays));

    [Theory]
    [InlineData("2026-11-16T10:00:00-05:00", "2026-11-20T17:30:00-05:00")] // Monday: Tuesday to Friday
    [InlineData("2026-11-19T23:30:00-05:00", "2026-11-25T17:30:00-05:00")] // Thursday night: Friday, Monday, Tuesday, Wednesday
    [InlineData("2026-11-21T10:00:00-05:00", "2026-11-27T17:30:00-05:00")] // Saturday: begins on and includes Monday; Thanksgiving is none
    [InlineData("2026-03-06T10:00:00-05:00", "2026-03-12T17:30:00-04:00")] // over the change of clocks
    public void End_FourBusinessDaysInNewYork_LeavesOutWeekendsAndHolidays(string from, string expected) => Assert.Equal(
        Instant.FromDateTimeOffset(DateTimeOffset.Parse(expected, null)),
        LegalTime.End(Instant.FromDateTimeOffset(DateTimeOffset.Parse(from, null)), new(4, SpanUnit.BusinessDays), NewYork, new LocalTime(17, 30), new HashSet<LocalDate> { new(2026, 11, 26) }));

    [Fact]
    public void Of_ACaseOfWhichNobodySaidSinceWhen_Waits()
    {
        var one = Fold(Opened()).All["sec1"];
        Assert.Equal((DutyState.Waiting, "Nobody has said since when it is known."), (Standing("gdpr-33", one, Now).State, Standing("gdpr-33", one, Now).Why));
        Assert.All(BreachClock.Of(one, Policy, Now), d => Assert.Null(BreachClock.NextReminder(one, d)));
    }

    [Fact]
    public void Of_AKnownCase_RunsInDoubt_AndIsOverdueThenToldLate()
    {
        var one = Known();
        Assert.Equal((DutyState.Running, Now + Duration.FromHours(72)), (Standing("gdpr-33", one, Now).State, Standing("gdpr-33", one, Now).Due));
        Assert.Equal(DutyState.Running, Standing("gdpr-33", one, Now + Duration.FromHours(72)).State);
        Assert.Equal(DutyState.Overdue, Standing("gdpr-33", one, Now + Duration.FromHours(72) + Duration.FromSeconds(1)).State);
        Assert.Equal(DutyState.Told, Standing("gdpr-33", Known(new DutyTold("sec1", "gdpr-33", Now + Duration.FromHours(80), "Report 1", "ada")), Now + Duration.FromHours(90)).State);
    }

    [Fact]
    public void Of_NoDataOfPeople_NeedsNoAuthority_ButNis2Does()
    {
        var one = Known(new DataAffected("sec1", new(false, [], null, null, [], null, ""), "ada"));
        Assert.Equal((DutyState.NotNeeded, "No data of people is affected."), (Standing("gdpr-33", one, Now).State, Standing("gdpr-33", one, Now).Why));
        Assert.Equal(DutyState.Running, Standing("nis2-early", one, Now).State);
    }

    [Fact]
    public void Of_ADutyAfterAnother_BeginsWhenThatWasTold()
    {
        Assert.Equal("It begins when nis2-notification was told.", Standing("nis2-final", Known(), Now).Why);
        var told = Instant.FromUtc(2026, 11, 30, 11, 0);
        Assert.Equal(Instant.FromUtc(2026, 12, 30, 11, 0), Standing("nis2-final", Known(new DutyTold("sec1", "nis2-notification", told, "N 1", "ada")), told).Due);
    }

    [Fact]
    public void Of_Dora_IsTheEarlierOfFourHoursAndADay_AndLaterOnlyFourHours()
    {
        Assert.Equal("Nobody has classified it as major.", Standing("dora-initial", Known(), Now).Why);
        Assert.Equal(Now + Duration.FromHours(6), Due(2));
        Assert.Equal(Now + Duration.FromHours(24), Due(22));
        Assert.Equal(Now + Duration.FromHours(34), Due(30));

        Instant? Due(int hours) => Standing("dora-initial", Known(new ClockStarted("sec1", ClockStart.Major, Now + Duration.FromHours(hours), "Classified.", "ada")), Now).Due;
    }

    [Fact]
    public void Reminder_OverSeventyTwoHours_ComesFourTimes_AndAfterACrashOnlyTheNewest()
    {
        var one = Known();
        var standing = Standing("gdpr-33", one, Now);
        Assert.Equal([36, 60, 70, 72], Enum.GetValues<ReminderMark>().Select(m => (int)(BreachClock.At(standing, m)!.Value - Now).TotalHours));
        Assert.Equal(Now + Duration.FromHours(36), BreachClock.NextReminder(one, standing));
        Assert.Null(BreachClock.Reminder(one, standing, Now + Duration.FromHours(35)));
        Assert.Equal(ReminderMark.TwoHours, BreachClock.Reminder(one, standing, Now + Duration.FromHours(71)));
        var reminded = Known(new DutyReminded("sec1", "gdpr-33", ReminderMark.TwoHours, standing.Due!.Value, 1));
        Assert.Null(BreachClock.Reminder(reminded, standing, Now + Duration.FromHours(71)));
        Assert.Equal(Now + Duration.FromHours(72), BreachClock.NextReminder(reminded, standing));
    }

    [Fact]
    public void Reminder_OfADeadlineThatMoved_ComesAnew()
    {
        var early = Now - Duration.FromHours(10);
        var one = Known(new DutyReminded("sec1", "gdpr-33", ReminderMark.Half, Now + Duration.FromHours(72), 1), new ClockStarted("sec1", ClockStart.Aware, early, "The mail.", "ada"));
        Assert.Equal(early + Duration.FromHours(36), BreachClock.NextReminder(one, Standing("gdpr-33", one, Now)));
    }

    [Fact]
    public void Shipped_EveryDuty_NamesItsSourceAndAKeyOfItsOwn()
    {
        Assert.All(BreachRegimes.Shipped, d => Assert.True(d.Source.Length > 20 && d.Key.StartsWith(d.Regime.Split('-')[0], StringComparison.Ordinal), d.Key));
        Assert.Equal(BreachRegimes.Shipped.Length, BreachRegimes.Shipped.Select(d => d.Key).Distinct().Count());
        Assert.All(BreachRegimes.Shipped.Where(d => d.After.Length > 0), d => Assert.Contains(BreachRegimes.Shipped, o => o.Key == d.After));
    }
}
