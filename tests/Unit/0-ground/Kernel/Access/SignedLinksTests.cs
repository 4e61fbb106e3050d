using FsCheck.Fluent;
using Nines.Kernel;
using Nines.Storage;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground;

public class SignedLinksTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 3, 0);
    private static readonly Instant Later = Now + Duration.FromHours(12);

    private readonly MemoryPersonKeys _keys = new();

    private SignedLinks Links => new(_keys);

    [Fact]
    public async Task Check_WhatWasSigned_CountsUntilItEnds()
    {
        var signature = await Links.SignAsync("page.acknowledge", "effect-1", Later, Now, default);

        Assert.Equal(Later, Links.Check("page.acknowledge", "effect-1", signature, Later - Duration.FromSeconds(1)).Value);
        Assert.Equal("This link has expired. Open the newest message, or find it in Nines after signing in.", Assert.Single(Links.Check("page.acknowledge", "effect-1", signature, Later).Problems).ToString());
        Assert.Equal(Uri.EscapeDataString(signature), signature);
    }

    [Fact]
    public async Task Check_AnotherPurposeOrSubject_IsRefused()
    {
        var signature = await Links.SignAsync("page.acknowledge", "effect-1", Later, Now, default);

        Assert.False(Links.Check("page.view", "effect-1", signature, Now).Ok);
        Assert.False(Links.Check("page.acknowledge", "effect-2", signature, Now).Ok);
        Assert.False(Links.Check("page.acknowledgeeffect-", "1", signature, Now).Ok);
    }

    [Fact]
    public async Task Check_AnyCharacterChanged_IsRefused()
    {
        var signature = await Links.SignAsync("p", "s", Later, Now, default);

        for (var i = 0; i < signature.Length; i++)
        {
            var changed = signature[..i] + (signature[i] == '1' ? '2' : '1') + signature[(i + 1)..];
            Assert.False(Links.Check("p", "s", changed, Now).Ok, changed);
        }
    }

    [Fact]
    public async Task Check_KeysOfAnotherHouse_IsRefused()
    {
        var signature = await new SignedLinks(new MemoryPersonKeys()).SignAsync("p", "s", Later, Now, default);
        await Links.SignAsync("p", "s", Later, Now, default);

        Assert.False(Links.Check("p", "s", signature, Now).Ok);
    }

    [Fact]
    public async Task Check_AfterTheKeysRotated_CountsStill()
    {
        var signature = await Links.SignAsync("feed", "s", Now + SignedLinks.Longest, Now, default);
        var inElevenMonths = Now + Duration.FromDays(335);
        await Links.SignAsync("feed", "s", inElevenMonths + Duration.FromDays(1), inElevenMonths, default);

        Assert.True(Links.Check("feed", "s", signature, inElevenMonths).Ok);
    }

    [Fact]
    public async Task EndAll_WhatWasSigned_IsRefusedFromThenOn()
    {
        var signature = await Links.SignAsync("p", "s", Later, Now, default);
        await Links.EndAllAsync(Now, default);
        Assert.False(Links.Check("p", "s", signature, Now).Ok);

        var next = await Links.SignAsync("p", "s", Later, Now, default);
        Assert.True(Links.Check("p", "s", next, Now).Ok);
        Assert.False(Links.Check("p", "s", signature, Now).Ok);
    }

    [Fact]
    public async Task Sign_LongerThanAYear_IsABug() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Links.SignAsync("p", "s", Now + SignedLinks.Longest + Duration.FromSeconds(1), Now, default));

    [Fact]
    public async Task Check_AnyText_NeverThrowsAndNeverCounts()
    {
        await Links.SignAsync("p", "s", Later, Now, default);
        Prop.ForAll<string>(text => !Links.Check("p", "s", text, Now).Ok && !Links.Check("p", "s", "202611." + text, Now).Ok && !Links.Check("p", "s", "202611.7fffffff." + text, Now).Ok).Hold();
    }
}
