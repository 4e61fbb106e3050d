using FsCheck.Fluent;
using Nines.Paging.Handoffs;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Handoffs;

public class OnCallHoursTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    // Zones with odd shifts: half an hour (Lord Howe), over midnight (Cairo, Beirut, Azores), quarters (Nepal), no shifts (UTC).
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "Africa/Cairo", "Atlantic/Azores", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns"];

    [Theory]
    [InlineData("2026-11-20T07:59:00", HourKind.Sleep)]
    [InlineData("2026-11-20T08:00:00", HourKind.Business)]
    [InlineData("2026-11-20T17:59:59", HourKind.Business)]
    [InlineData("2026-11-20T18:00:00", HourKind.Off)]
    [InlineData("2026-11-20T22:00:00", HourKind.Sleep)]
    [InlineData("2026-11-21T12:00:00", HourKind.Off)]
    [InlineData("2026-11-22T23:00:00", HourKind.Sleep)]
    public void KindOf_AMoment_IsThatOfThePersonsClock(string local, HourKind kind) =>
        Assert.Equal(kind, OnCallHours.KindOf(NodaTime.Text.LocalDateTimePattern.GeneralIso.Parse(local).Value.InZoneLeniently(Berlin).ToInstant(), Berlin));

    [Fact]
    public void Minutes_AWeek_IsFiftyBusinessHoursAndSeventyOfSleep()
    {
        var monday = Instant.FromUtc(2026, 11, 16, 0, 0);
        Assert.Equal(new MinutesByKind(5 * 10 * 60, ((5 * 4) + (2 * 14)) * 60, 7 * 10 * 60), OnCallHours.Minutes(monday, monday + Duration.FromDays(7), DateTimeZone.Utc));
    }

    [Fact]
    public void Minutes_TheNightTheClocksGoBack_HasAnHourMoreOfSleep()
    {
        // 25 October 2026, 22:00 to 8:00 in Berlin: eleven hours.
        var from = new LocalDateTime(2026, 10, 24, 22, 0).InZoneStrictly(Berlin).ToInstant();
        var until = new LocalDateTime(2026, 10, 25, 8, 0).InZoneStrictly(Berlin).ToInstant();
        Assert.Equal(new MinutesByKind(0, 0, 660), OnCallHours.Minutes(from, until, Berlin));
    }

    [Fact]
    public void Minutes_AnyStretchInAnyZone_IsWhatCountingMinuteByMinuteGives()
    {
        var any = from zone in Gen.Elements(Zones)
                  from start in Gen.Choose(0, 2 * 365 * 24 * 60)
                  from length in Gen.Choose(0, 4 * 24 * 60)
                  select (Zone: DateTimeZoneProviders.Tzdb[zone], From: Instant.FromUtc(2025, 1, 1, 0, 0) + Duration.FromMinutes(start), Length: length);
        Prop.ForAll(any.ToArbitrary(), a =>
        {
            var counted = new long[3];
            for (var minute = 0; minute < a.Length; minute++) counted[(int)OnCallHours.KindOf(a.From + Duration.FromMinutes(minute), a.Zone)]++;
            return OnCallHours.Minutes(a.From, a.From + Duration.FromMinutes(a.Length), a.Zone) == new MinutesByKind(counted[0], counted[1], counted[2]);
        }).Hold();
    }

    [Fact]
    public void Minutes_EachNightOfAYearAtEveryShiftOfTheseZones_LosesNoMinute()
    {
        foreach (var zone in Zones.Select(z => DateTimeZoneProviders.Tzdb[z]))
            for (var day = 0; day < 366; day++)
            {
                var from = Instant.FromUtc(2026, 1, 1, 12, 0) + Duration.FromDays(day);
                Assert.Equal(24 * 60, OnCallHours.Minutes(from, from + Duration.FromDays(1), zone).All);
            }
    }
}
