using Nines.Alerting.Alerts;
using NodaTime;
using Xunit;
using static Nines.Tests.Unit.Alerting.Alerts.PipelineRig;

namespace Nines.Tests.Unit.Alerting.Alerts;

public class MuteTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    private static readonly TimeInterval Nights = new() { Times = [new(0, 7 * 60), new(22 * 60, 24 * 60)], Zone = Berlin };

    private static RouteTable Muted(TimeInterval interval, bool active = false) => RouteTable.Shipped.With(new()
    {
        Branches = [new() { Name = "all", Mute = active ? null : ["i"], Active = active ? ["i"] : null }],
        Intervals = new Dictionary<string, IReadOnlyList<TimeInterval>> { ["i"] = [interval] },
    });

    [Fact]
    public void Mute_AtNight_IsToldWhenTheNightEnds()
    {
        var rig = new PipelineRig { Routes = Muted(Nights) };
        rig.Report(Incoming());
        Assert.Empty(rig.Due);
        Assert.Equal("The mute time i holds; it is judged again at 2026-11-21T06:00:00Z.", rig.Book.All.Values.Single().Trail.Single(v => v.Stage == Stage.Mute).Reason);
        rig.Advance(Duration.FromHours(5));
        Assert.Equal(Instant.FromUtc(2026, 11, 21, 6, 0), rig.Log.Single(l => l.Event is NotificationDue).At);
    }

    [Fact]
    public void Active_OutsideOfIt_WaitsForItsBegin()
    {
        // 2026-11-21 is a Saturday.
        var rig = new PipelineRig { Routes = Muted(new() { Times = [new(9 * 60, 17 * 60)], Weekdays = [new(1, 5)], Zone = Berlin }, active: true) };
        rig.Report(Incoming());
        rig.Advance(Duration.FromDays(4));
        Assert.Equal(Instant.FromUtc(2026, 11, 23, 8, 0), rig.Log.First(l => l.Event is NotificationDue).At);
        Assert.Contains("The branch tells only during i, which is not now", rig.Book.All.Values.Single().Trail.First(v => v.Stage == Stage.Mute).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void LastDayOfAMonth_OverChangesOfTheClock_IsTheLastDay()
    {
        // prometheus/alertmanager#5447: months of 743 or 745 hours had another last day.
        var last = new TimeInterval { Days = [new(-1, -1)], Zone = Berlin };
        for (var date = new LocalDate(2020, 1, 1); date < new LocalDate(2031, 1, 1); date = date.PlusDays(1))
            foreach (var hour in new[] { 0, 1, 2, 3, 12, 23 })
                Assert.Equal(date.PlusDays(1).Day == 1, last.Holds((date + new LocalTime(hour, 30)).InZoneLeniently(Berlin).ToInstant()));
    }

    [Fact]
    public void Days_FromBothEnds_AreCountedInEachMonth()
    {
        var week = new TimeInterval { Days = [new(-7, -1)] };
        Assert.False(week.Holds(Instant.FromUtc(2027, 2, 21, 12, 0)));
        Assert.True(week.Holds(Instant.FromUtc(2027, 2, 22, 12, 0)));
        Assert.True(new TimeInterval { Days = [new(25, 31)] }.Holds(Instant.FromUtc(2027, 2, 28, 12, 0)));
        Assert.True(new TimeInterval { Days = [new(25, -1)] }.Holds(Instant.FromUtc(2027, 2, 28, 12, 0)));
    }

    [Fact]
    public void NextEdge_AgainstEveryMinuteOfTwoClockChanges_MissesNoBeginAndNoEnd()
    {
        TimeInterval[] all =
        [
            Nights, new() { Times = [new(150, 170)], Zone = Berlin }, new() { Weekdays = [new(7, 7)], Zone = Berlin }, new() { Days = [new(-1, -1)], Zone = Berlin },
            new() { Times = [new(0, 1440)], Months = [new(3, 3)], Zone = Berlin }, new() { Times = [new(119, 121)], Zone = DateTimeZoneProviders.Tzdb["Australia/Lord_Howe"] },
        ];
        foreach (var start in new[] { Instant.FromUtc(2026, 3, 28, 0, 0), Instant.FromUtc(2026, 10, 24, 0, 0), Instant.FromUtc(2026, 10, 3, 0, 0) })
            foreach (var interval in all)
                for (var at = start; at < start + Duration.FromDays(2); at += Duration.FromMinutes(1))
                    if (interval.Holds(at) != interval.Holds(at + Duration.FromMinutes(1)))
                        Assert.Equal(at + Duration.FromMinutes(1), interval.NextEdge(at));
    }

    [Fact]
    public void Maintenance_Ends_WhatStillFiresIsTold()
    {
        var window = new MaintenanceWindow("move", ["checkout"], [], Instant.FromUtc(2026, 11, 21, 2, 0), Instant.FromUtc(2026, 11, 21, 4, 0), "alice", "The database moves.");
        var rig = new PipelineRig { Routes = RouteTable.Shipped.With(RoutingSpec.None, [window]) };
        rig.Report(Incoming(), Incoming(service: "search"));
        Assert.Equal("search", rig.Due.Single().Service);
        var held = rig.Book.All.Values.Single(a => a.Service == "checkout");
        Assert.Equal("maintenance/move", held.MutedBy);
        Assert.Contains(held.Trail, v => v.Reason == "The maintenance move of alice lasts until 2026-11-21T04:00:00Z: The database moves.");
        rig.Restart();
        rig.Advance(Duration.FromHours(2));
        Assert.Equal((Instant.FromUtc(2026, 11, 21, 4, 0), "checkout"), rig.Log.Where(l => l.Event is NotificationDue).Select(l => (l.At, ((NotificationDue)l.Event).Service)).Last());
    }

    [Theory]
    [InlineData("monday:friday", "1-5")]
    [InlineData("Sunday", "7-7")]
    [InlineData("sunday:thursday", "7-7 1-4")]
    [InlineData("friday:monday", "")]
    public void Weekday_AsAlertmanagerWritesIt_IsRead(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', (TimeIntervalText.Weekday(text) ?? []).Select(r => $"{r.From}-{r.To}")));

    [Theory]
    [InlineData("1:5", true)]
    [InlineData("-3:-1", true)]
    [InlineData("25:-1", true)]
    [InlineData("0", false)]
    [InlineData("-1:3", false)]
    [InlineData("32", false)]
    [InlineData("5:1", false)]
    public void Day_Range_IsReadOrRefused(string text, bool good) => Assert.Equal(good, TimeIntervalText.Day(text) is not null);

    [Theory]
    [InlineData("09:00-17:00", true)]
    [InlineData("00:00-24:00", true)]
    [InlineData("22:00-06:00", false)]
    [InlineData("9:00-17:00", false)]
    [InlineData("00:00-24:01", false)]
    public void Time_Range_IsReadOrRefused(string text, bool good) => Assert.Equal(good, TimeIntervalText.Time(text) is not null);
}
