using System.Text.Json;
using FsCheck.Fluent;
using Nines.Kernel;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Nines.Tests.Unit.Ground;

/// <summary>Times are written and read digit by digit, and come to what NodaTime's own pattern says.</summary>
public sealed class InstantJsonTests
{
    [Fact]
    public void Write_AnyTime_IsWhatThePatternSaysAndComesBack() => Prop.ForAll(ArbMap.Default.ArbFor<long>(), ArbMap.Default.ArbFor<int>(), (days, more) =>
    {
        var at = NodaConstants.UnixEpoch + Duration.FromDays((int)(days % 2_900_000)) + Duration.FromMilliseconds(more) + Duration.FromTicks(days % 3) + Duration.FromNanoseconds(more % 2);
        var text = JsonSerializer.Serialize(at, HouseJson.Options);
        return text == $"\"{InstantPattern.ExtendedIso.Format(at)}\"" && JsonSerializer.Deserialize<Instant>(text, HouseJson.Options) == at;
    }).Hold();

    [Theory]
    [InlineData("2026-11-21T03:12:00Z", 0)]
    [InlineData("2026-11-21T03:12:00.5Z", 500_000_000)]
    [InlineData("2026-11-21T03:12:00.000000001Z", 1)]
    [InlineData("2024-02-29T23:59:59.123456789Z", 123_456_789)]
    public void Read_ATime_IsThatTime(string text, long nanoseconds)
    {
        var read = JsonSerializer.Deserialize<Instant>($"\"{text}\"", HouseJson.Options);
        Assert.Equal(InstantPattern.ExtendedIso.Parse(text).Value, read);
        Assert.Equal(nanoseconds, (read - Instant.FromUnixTimeSeconds(read.ToUnixTimeSeconds())).NanosecondOfDay);
    }

    [Theory]
    [InlineData("2026-11-21T04:12:00+01:00")]
    [InlineData("2026-11-20T22:12:00.000-05:00")]
    [InlineData("2026-11-21T03:12:00+00:00")]
    public void Read_ATimeWithAnOffset_IsThatTimeInUtc(string text) => Assert.Equal(Instant.FromUtc(2026, 11, 21, 3, 12), JsonSerializer.Deserialize<Instant>($"\"{text}\"", HouseJson.Options));

    [Theory]
    [InlineData("2026-02-30T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-11-21T24:01:00Z")]
    [InlineData("2026-11-21T03:12:60Z")]
    [InlineData("2026-11-21T03:12:00")]
    [InlineData("2026-11-21T03:12:00.Z")]
    [InlineData("2026-11-21T03:12:00.1234567890Z")]
    [InlineData("2026-11-21t03:12:00Z")]
    [InlineData("0000-11-21T03:1a:00Z")]
    [InlineData("")]
    public void Read_WhatIsNoTime_IsRefused(string text)
    {
        var problem = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Instant>($"\"{text}\"", HouseJson.Options));
        Assert.Equal("Write a time as RFC 3339, such as 2026-11-21T03:12:00Z or 2026-11-21T04:12:00+01:00.", problem.Message);
    }
}
