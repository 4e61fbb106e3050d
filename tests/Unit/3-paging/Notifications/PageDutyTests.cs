using Nines.Kernel;
using Nines.Paging.Notifications;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Notifications;

public class PageDutyTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 3, 0);

    private static HouseState Waiting()
    {
        var rig = new PageRig(WhoIsPagedTests.Person("alice"), WhoIsPagedTests.Person("ops"), WhoIsPagedTests.Service("checkout", "owner: {person: alice}"));
        rig.Burn();
        Assert.Equal(Start + Duration.FromMinutes(5), rig.Pages.NextDue);
        return HouseState.Empty([new PageBookFold()]).With([rig.Pages], 1);
    }

    [Fact]
    public void NextDue_TheClockGoesOn_IsThePagesOwnTime()
    {
        var clock = new TwoClocks();
        var duty = new PageDuty(null!, null!, clock);
        Assert.Equal(Start + Duration.FromMinutes(5), duty.NextDue(Waiting()));
    }

    [Fact]
    public void NextDue_TheClockIsSetBackAnHour_WaitsNoLongerForThat()
    {
        var clock = new TwoClocks();
        var state = Waiting();
        var duty = new PageDuty(null!, null!, clock);
        duty.NextDue(state);
        clock.Wall -= TimeSpan.FromHours(1);
        clock.Pass(TimeSpan.FromMinutes(4.9));
        Assert.True(duty.NextDue(state) > clock.Now());
        clock.Pass(TimeSpan.FromMinutes(0.2));
        Assert.True(duty.NextDue(state) <= clock.Now());
    }

    [Fact]
    public void NextDue_TheClockIsSetForward_IsDueByTheClock()
    {
        var clock = new TwoClocks();
        var state = Waiting();
        var duty = new PageDuty(null!, null!, clock);
        duty.NextDue(state);
        clock.Wall += TimeSpan.FromHours(1);
        Assert.True(duty.NextDue(state) <= clock.Now());
    }

    /// <summary>A wall clock that somebody may set, and one that only goes on.</summary>
    private sealed class TwoClocks : TimeProvider
    {
        private long _ticks;

        public DateTimeOffset Wall { get; set; } = Start.ToDateTimeOffset();

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time)
        {
            Wall += time;
            _ticks += time.Ticks;
        }

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => _ticks;
    }
}
