using System.Text;
using Nines.Catalog.Access;
using Xunit;

namespace Nines.Tests.Unit.Catalog.Access;

public class PasswordTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];

    [Fact]
    public void Fits_ItsOwnHash_AndNoOther()
    {
        var hash = PasswordHash.Of("correct horse battery", Salt, rounds: 1000);

        Assert.True(PasswordHash.Fits("correct horse battery", hash));
        Assert.False(PasswordHash.Fits("correct horse batter", hash));
        Assert.False(PasswordHash.Fits("", hash));
        Assert.True(PasswordHash.IsOld(hash));
    }

    // Value by Python: hashlib.pbkdf2_hmac("sha256", b"correct horse battery", bytes(range(1, 17)), 1000).
    [Fact]
    public void Of_KnownInput_IsWhatAnotherImplementationSays() => Assert.Equal(
        "pbkdf2-sha256$1000$AQIDBAUGBwgJCgsMDQ4PEA==$OZisqJloVWQ/xF8cg5vJoGqp86fPH5Ob3F8cZLPh8Zs=",
        Encoding.ASCII.GetString(PasswordHash.Of("correct horse battery", Salt, rounds: 1000)));

    [Fact]
    public void Of_Today_HasTheRoundsThatOwaspAsksFor()
    {
        Assert.True(PasswordHash.Rounds >= 600_000);
        var hash = PasswordHash.Of("x", Salt);
        Assert.StartsWith("pbkdf2-sha256$600000$", Encoding.ASCII.GetString(hash), StringComparison.Ordinal);
        Assert.False(PasswordHash.IsOld(hash));
    }

    /// <summary>Where there is no account the work is the same, and nothing opens it.</summary>
    [Fact]
    public void OfNobody_HasTheSameCostAndFitsNothing()
    {
        Assert.False(PasswordHash.IsOld(PasswordHash.OfNobody));
        Assert.Equal(PasswordHash.Of("x", Salt).Length, PasswordHash.OfNobody.Length);
        Assert.False(PasswordHash.Fits("", PasswordHash.OfNobody));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pbkdf2-sha256$1000$AQ==$AQ==")]
    [InlineData("pbkdf2-sha256$99999999999$AQIDBAUGBwgJCgsMDQ4PEA==$AQ==")]
    [InlineData("bcrypt$1$2$3")]
    public void Fits_WhatIsNoHash_IsFalse(string kept) => Assert.False(PasswordHash.Fits("x", Encoding.ASCII.GetBytes(kept)));

    [Theory]
    [InlineData("eleven char", "A password has at least 12 characters; this one has 11.")]
    [InlineData("aaaaaaaaaaaaaaa", "This password is a row of the same signs.")]
    [InlineData("123456789012", "This password is a row of the same signs.")]
    [InlineData("abcdefghijklmn", "This password is a row of the same signs.")]
    [InlineData("adalovelace12", "This password is little more than a name.")]
    [InlineData("nines-password", "This password is little more than a name.")]
    public void Check_AWeakOne_SaysWhy(string password, string why) =>
        Assert.Equal(why, PasswordRules.Check(password, ["ada", "lovelace", "nines", "password"])?.What);

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("ümläuts sind auch gut")]
    [InlineData("9f86d081884c")]
    public void Check_AGoodOne_IsTaken(string password) => Assert.Null(PasswordRules.Check(password, ["ada", "nines"]));

    [Fact]
    public void Check_ANovel_IsTooLong() => Assert.Equal("A password has at most 256 characters.", PasswordRules.Check(new string('a', 200) + new string('b', 57), [])?.What);
}
