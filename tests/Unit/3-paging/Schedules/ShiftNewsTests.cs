using Nines.Paging.Schedules;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Schedules;

/// <summary>What calendars are told: ids stay, sequences rise, what is gone is cancelled.</summary>
public class ShiftNewsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 18, 12, 0);

    private static Instant D(int days, int hours = 0) => Now + Duration.FromDays(days) + Duration.FromHours(hours);

    private static Dictionary<string, PublishedShift> Told(IReadOnlyDictionary<string, PublishedShift> before, params PersonShift[] shifts)
    {
        var all = before.ToDictionary();
        foreach (var news in ShiftNews.Since("payments", before, shifts, Now)) all[news.Uid] = news;
        return all;
    }

    private static readonly Dictionary<string, PublishedShift> Nothing = [];

    [Fact]
    public void Since_NothingChanged_SaysNothing()
    {
        PersonShift[] shifts = [new("a", D(1), D(8)), new("b", D(8), D(15))];

        Assert.Empty(ShiftNews.Since("payments", Told(Nothing, shifts), shifts, Now));
    }

    [Fact]
    public void Since_ShiftMoved_KeepsItsIdAndItsSequenceRises()
    {
        var told = Told(Nothing, new PersonShift("a", D(1), D(8)));

        var news = Assert.Single(ShiftNews.Since("payments", told, [new("a", D(1), D(6))], Now));

        Assert.Equal(told.Keys.Single(), news.Uid);
        Assert.Equal((1, false, D(6)), (news.Sequence, news.Cancelled, news.Until));
    }

    [Fact]
    public void Since_OverrideInTheMiddle_MovesOneAndAddsTwo()
    {
        var told = Told(Nothing, new PersonShift("a", D(1), D(8)));

        var news = ShiftNews.Since("payments", told, [new("a", D(1), D(3)), new("b", D(3), D(4)), new("a", D(4), D(8))], Now);

        Assert.Equal(3, news.Count);
        Assert.Single(news, n => n.Uid == told.Keys.Single() && n.Sequence == 1);
        Assert.DoesNotContain(news, n => n.Cancelled);
    }

    [Fact]
    public void Since_OverrideTakenBack_CancelsAndRestores()
    {
        var first = Told(Nothing, new PersonShift("a", D(1), D(8)));
        var second = Told(first, new("a", D(1), D(3)), new("b", D(3), D(4)), new("a", D(4), D(8)));

        var third = Told(second, new PersonShift("a", D(1), D(8)));

        var open = Assert.Single(third.Values, s => !s.Cancelled);
        Assert.Equal((D(1), D(8)), (open.From, open.Until));
        Assert.Equal(2, third.Values.Count(s => s.Cancelled && s.Sequence > 0));
    }

    [Fact]
    public void Since_CancelledShiftComesBack_IsTheOldOneAgain()
    {
        var first = Told(Nothing, new PersonShift("a", D(1), D(8)));
        var gone = Told(first);
        Assert.True(gone.Values.Single().Cancelled);

        var back = Assert.Single(ShiftNews.Since("payments", gone, [new("a", D(1), D(8))], Now));

        Assert.Equal((first.Keys.Single(), 2, false), (back.Uid, back.Sequence, back.Cancelled));
    }

    [Fact]
    public void Since_ShiftUnderWay_KeepsItsBeginning()
    {
        var told = Told(Nothing, new PersonShift("a", D(-3), D(4)));

        var news = Assert.Single(ShiftNews.Since("payments", told, [new("a", D(-2), D(6))], Now));

        Assert.Equal((D(-3), D(6)), (news.From, news.Until));
    }

    [Fact]
    public void Since_WhatIsPast_IsNotTouched()
    {
        var told = new Dictionary<string, PublishedShift> { ["x"] = new("x", "a", D(-9), D(-2), 0, false, D(-20)) };

        Assert.Empty(ShiftNews.Since("payments", told, [], Now));
    }

    [Fact]
    public void Since_AnyTwoStates_TellsExactlyTheSecondAndNeverLowersASequence()
    {
        // Laws over random edits: after the news, open shifts are the new ones, ids are unique, sequences never fall.
        for (var seed = 0; seed < LongRun.Of(300, 5_000); seed++)
        {
            var random = new Random(seed);
            var told = Nothing;
            for (var edit = 0; edit < 4; edit++)
            {
                var shifts = new List<PersonShift>();
                var at = random.Next(0, 3);
                while (at < 20)
                {
                    var length = random.Next(1, 5);
                    if (random.Next(5) > 0) shifts.Add(new($"p{random.Next(3)}", D(at), D(at + length)));
                    at += length;
                }

                var next = Told(told, [.. shifts]);
                Assert.Equal(
                    shifts.Select(s => (s.Person, s.From, s.Until)).OrderBy(s => s.From),
                    next.Values.Where(s => !s.Cancelled).Select(s => (s.Person, s.From, s.Until)).OrderBy(s => s.From));
                Assert.All(told, t => Assert.True(next[t.Key].Sequence >= t.Value.Sequence && (next[t.Key] == t.Value || next[t.Key].Sequence > t.Value.Sequence)));
                told = next;
            }
        }
    }

    [Fact]
    public void Shifts_OnePersonForEver_AreCutAtMonthsSoThatTomorrowSaysTheSame()
    {
        var rota = new Rota(
            new() { Name = "s", DisplayName = "s", Zone = DateTimeZone.Utc, Layers = [new() { Name = "l", Rotation = new(TurnUnit.Weekly, 1, new(2020, 1, 6, 9, 0), [["ada"]]) }] }, _ => true);
        var today = ShiftNews.Shifts(rota, p => p, Now);
        var told = Told(Nothing, [.. today]);

        Assert.Equal(LocalDate.FromDateTime(new(2026, 12, 1)), today[1].From.InUtc().Date);
        Assert.Empty(ShiftNews.Since("payments", told, ShiftNews.Shifts(rota, p => p, D(1)), D(1)));
    }
}
