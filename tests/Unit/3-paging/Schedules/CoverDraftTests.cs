using Nines.Paging.Schedules.Ui;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Schedules;

public class CoverDraftTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly ShiftOfOthers Theirs = new("payments", "bo", Instant.FromUtc(2026, 12, 7, 8, 0), Instant.FromUtc(2026, 12, 14, 8, 0));

    [Fact]
    public void Read_WithAShiftInReturn_AsksWhoeverHasIt()
    {
        var asked = Draft(Theirs.Value).Read("ada", Berlin).Value;

        Assert.Equal(("ada", "bo", (Instant?)Theirs.From, (Instant?)Theirs.Until), (asked.By, asked.To, asked.BackFrom, asked.BackUntil));
        Assert.Equal(Instant.FromUtc(2026, 11, 30, 8, 0), asked.From);
    }

    [Fact]
    public void Read_WithoutOne_IsPlainCover()
    {
        var asked = Draft("").Read("ada", Berlin).Value;

        Assert.Equal(("", (Instant?)null), (asked.To, asked.BackFrom));
    }

    [Theory]
    [InlineData("search|bo|1765094400|1765699200", "", "That shift belongs to search.")]
    [InlineData("payments|bo|1765094400|1765699200", "cem", "That shift is bo's, but cem is asked.")]
    [InlineData("payments|bo|soon|1765699200", "", "This is no shift of the list.")]
    [InlineData("payments|bo|1|99999999999999999", "", "This is no shift of the list.")]
    [InlineData("|||||", "", "This is no shift of the list.")]
    public void Read_WhatNoFormSends_IsRefusedBesideTheField(string back, string to, string what)
    {
        var problem = Assert.Single((Draft(back) with { To = to }).Read("ada", Berlin).Problems);

        Assert.Equal(("back", what), (problem.Path, problem.What));
    }

    private static CoverDraft Draft(string back) => new("payments", "", "2026-11-30T09:00", "2026-12-07T09:00", back);
}
