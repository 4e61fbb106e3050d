using Nines.Measuring.Objectives;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Objectives;

public sealed class Section12ExclusionTests
{
    private static readonly LocalDateTime Start = new(2026, 6, 21, 1, 0);

    private static Exclusion Once { get; } = new("move", "team-a", "boss", Start, DateTimeZone.Utc, Duration.FromMinutes(30));

    [Fact]
    public void Section12_Exclusion_RemovesItsMinutesAndKeepsBothFigures()
    {
        var objective = Scenario.Availability(days: 1) with { Exclusions = [Once], Policy = BurnPolicy.None };
        var now = new Scenario(1440, objective).Traffic(1440 + 60, 100, 0).Traffic(30, 100, 1).Traffic(30, 100, 0.1).Evaluate();
        Assert.Equal(300, now.Budget.Bad, 1e-6);
        Assert.Equal(100.0 * (1440 - 30), now.Budget.Total, 1e-6);
        Assert.Equal(1 - (300 / (0.001 * 144_000)), now.Remaining, 1e-9);
        Assert.Equal(1 - (3300 / (0.001 * 144_000)), now.RemainingWithExcluded, 1e-9);
    }

    [Fact]
    public void Section12_ExcludedOutage_DoesNotPage()
    {
        var objective = Scenario.Availability() with { Exclusions = [Once] };
        var scenario = new Scenario(1440, objective).Traffic(1440 + 60, 6000, 0).Traffic(30, 6000, 1).Traffic(60, 6000, 0);
        Assert.Empty(scenario.Conditions());
    }

    [Fact]
    public void Section12_RecurringExclusion_FollowsLocalTimeOverTheChangeOfClocks()
    {
        var berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var nightly = Once with { Start = new(2026, 3, 1, 4, 0), Zone = berlin, Every = 1 };
        Assert.True(nightly.Covers(Instant.FromUtc(2026, 3, 28, 3, 10)));
        Assert.True(nightly.Covers(Instant.FromUtc(2026, 3, 29, 2, 10)));
        Assert.False(nightly.Covers(Instant.FromUtc(2026, 3, 29, 3, 10)));
        Assert.False((nightly with { Until = new(2026, 3, 28) }).Covers(Instant.FromUtc(2026, 3, 29, 2, 10)));
    }

    [Fact]
    public void Section12_RecurringExclusion_BeforeItsStart_CoversNothing() =>
        Assert.False((Once with { Every = 1 }).Covers(Instant.FromUtc(2026, 6, 20, 1, 10)));

    [Fact]
    public void Section12_ExclusionOverMidnight_CoversTheNextMorning()
    {
        var late = Once with { Start = new(2026, 6, 1, 23, 30), Length = Duration.FromHours(2), Every = 7 };
        Assert.True(late.Covers(Instant.FromUtc(2026, 6, 9, 1, 10)));
        Assert.False(late.Covers(Instant.FromUtc(2026, 6, 10, 1, 10)));
    }
}
