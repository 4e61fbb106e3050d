using FsCheck.Fluent;
using Nines.Catalog.Access;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Catalog.Access;

public class SignInThrottleTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 3, 0);

    private readonly SignInThrottle _throttle = new();

    [Fact]
    public void Begin_FiveMistakes_ThenEachOneDoublesTheWait()
    {
        for (var i = 0; i < 5; i++) Assert.Equal(Duration.Zero, _throttle.Begin("ada", "192.0.2.1", Now));

        var at = Now;
        foreach (var seconds in new[] { 1, 2, 4, 8 })
        {
            Assert.Equal(Duration.FromSeconds(seconds), _throttle.Begin("ada", "192.0.2.1", at));
            at += Duration.FromSeconds(seconds);
            Assert.Equal(Duration.Zero, _throttle.Begin("ada", "192.0.2.1", at));
        }
    }

    [Fact]
    public void Begin_ManyAtOnce_AreCountedAsMany() => Assert.Equal(5, Enumerable.Range(0, 100).Count(_ => _throttle.Begin("ada", "192.0.2.1", Now) == Duration.Zero));

    [Fact]
    public void Begin_AStrangersMistakes_DoNotLockTheOwnerOut()
    {
        for (var i = 0; i < 50; i++) _throttle.Begin("ada", "192.0.2.1", Now);

        Assert.Equal(Duration.Zero, _throttle.Begin("ada", "198.51.100.7", Now));
    }

    [Fact]
    public void Begin_AThousandAddresses_SlowTheAccountButNeverByMoreThanHalfAMinute()
    {
        var (at, tries) = (Now, 0);
        for (var i = 0; i < 1000; i++)
            if (_throttle.Begin("ada", $"2001:db8::{i:x}", at) == Duration.Zero) tries++;

        Assert.Equal(100, tries);
        Assert.InRange(_throttle.Begin("ada", "198.51.100.7", at), Duration.FromSeconds(1), Duration.FromSeconds(30));
    }

    [Fact]
    public void Begin_OneAddressManyNames_IsSlowed() => Assert.Equal(30, Enumerable.Range(0, 200).Count(i => _throttle.Begin($"name{i}", "192.0.2.1", Now) == Duration.Zero));

    [Fact]
    public void Passed_TheRightPassword_BeginsAnew()
    {
        for (var i = 0; i < 4; i++) _throttle.Begin("ada", "192.0.2.1", Now);
        Assert.Equal(Duration.Zero, _throttle.Begin("ada", "192.0.2.1", Now));
        _throttle.Passed("ada", "192.0.2.1");

        for (var i = 0; i < 5; i++) Assert.Equal(Duration.Zero, _throttle.Begin("ada", "192.0.2.1", Now));
    }

    [Fact]
    public void Begin_AfterAnHour_IsForgotten()
    {
        for (var i = 0; i < 20; i++) _throttle.Begin("ada", "192.0.2.1", Now);

        Assert.Equal(Duration.Zero, _throttle.Begin("ada", "192.0.2.1", Now + Duration.FromMinutes(61)));
    }

    [Fact]
    public void Begin_WhateverIsSent_MemoryIsBounded()
    {
        var small = new SignInThrottle(capacity: 50);
        Prop.ForAll<string, string>((name, from) =>
        {
            small.Begin(name ?? "", from ?? "", Now);
            return small.Count <= 50;
        }).Hold(500);
    }
}
