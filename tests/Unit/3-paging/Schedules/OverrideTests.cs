using Nines.Kernel;
using Nines.Paging.Schedules;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Schedules;

public class OverrideTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 11, 19, 12, 0);
    private static readonly Rota Base = new(
        new() { Name = "payments", DisplayName = "Payments", Zone = DateTimeZone.Utc, Layers = [Layer("weeks", "ada")] }, _ => true);

    private static ScheduleLayer Layer(string name, params string[] people) => new()
    {
        Name = name,
        Rotation = new(TurnUnit.Weekly, 1, new(2026, 11, 16, 9, 0), [.. people.Select(p => (IReadOnlyList<string>)[p])]),
    };

    private static Instant H(int hours) => Noon + Duration.FromHours(hours);

    private static Rota With(params (OverrideKind Kind, string In, string Out, int From, int Until)[] all) =>
        new(Base.Schedule, _ => true, [.. all.Select((o, i) => new Override($"{i}", "payments", o.Kind, o.In, o.Out, H(o.From), H(o.Until), i))]);

    private static string Words(Rota rota, int from, int until) =>
        string.Join(" ", rota.Between(H(from), H(until)).Select(s => $"{(s.From - Noon).TotalHours}:{(s.IsGap ? "-" : string.Join('+', s.People))}"));

    [Fact]
    public void Between_Replace_CountsForItsTime() =>
        Assert.Equal("0:ada 2:bo 4:ada", Words(With((OverrideKind.Replace, "bo", "ada", 2, 4)), 0, 6));

    [Fact]
    public void Between_Add_StandsBeside() =>
        Assert.Equal("0:ada 2:ada+bo 4:ada", Words(With((OverrideKind.Add, "bo", "", 2, 4)), 0, 6));

    [Fact]
    public void Between_Remove_LeavesAGap() =>
        Assert.Equal("0:ada 2:- 4:ada", Words(With((OverrideKind.Remove, "", "ada", 2, 4)), 0, 6));

    [Fact]
    public void Between_ReplacementOfSomebodyWhoIsNotOnCall_IsNoAddition() =>
        // target/goalert#4306: replace acted as add and delete.
        Assert.Equal("0:ada", Words(With((OverrideKind.Replace, "bo", "cem", 2, 4)), 0, 6));

    [Fact]
    public void Between_TwoAboutTheSamePerson_TheNewestCountsWhereTheyOverlap() =>
        Assert.Equal("0:ada 1:bo 2:cem 4:bo 5:ada", Words(With((OverrideKind.Replace, "bo", "ada", 1, 5), (OverrideKind.Replace, "cem", "ada", 2, 4)), 0, 6));

    [Fact]
    public void Between_TheNewestTakenBack_TheOlderShowsAgain() =>
        Assert.Equal("0:ada 1:bo 5:ada", Words(With((OverrideKind.Replace, "bo", "ada", 1, 5)), 0, 6));

    [Fact]
    public void Between_WhoeverCoversIsCovered_TheChainHolds() =>
        Assert.Equal("0:ada 1:bo 2:cem 4:bo 5:ada", Words(With((OverrideKind.Replace, "bo", "ada", 1, 5), (OverrideKind.Replace, "cem", "bo", 2, 4)), 0, 6));

    [Fact]
    public void Between_ForEverybody_TheNewestStandsAlone() =>
        Assert.Equal("0:ada 1:bo 3:cem 5:ada", Words(With((OverrideKind.Replace, "bo", "", 1, 5), (OverrideKind.Replace, "cem", "", 3, 5)), 0, 6));

    [Fact]
    public void Between_OverrideOfSomebodyErased_ChangesNothing()
    {
        var rota = new Rota(Base.Schedule, p => p == "ada", [new("1", "payments", OverrideKind.Replace, "gone", "ada", H(1), H(2), 1)]);

        Assert.Equal("0:ada", Words(rota, 0, 6));
    }

    [Fact]
    public void Between_TemporarySchedule_TakesThePlaceOfAllLayersAndItsHolesAreGaps()
    {
        var rota = new Rota(Base.Schedule, _ => true, [], [new("t", "payments", H(1), H(5), [new(H(1), H(2), ["bo"]), new(H(3), H(5), ["cem"])], 1)]);

        Assert.Equal("0:ada 1:bo 2:- 3:cem 5:ada", Words(rota, 0, 6));
    }

    private static Problem? Known(string person) => person is "ada" or "bo" or "cem" ? null : Problem.NotFound($"There is no person \"{person}\".");

    private static Outcome<Override> Decide(OverrideRequest asked, Rota? rota = null) => OverrideRules.Decide(rota ?? Base, asked, "id", Known, Noon);

    [Fact]
    public void Decide_LeavesNobody_IsRefusedWithTheTime()
    {
        var refused = Decide(new(InsteadOf: "ada", From: H(2), Until: H(4)));

        Assert.Equal(
            "person: Nobody would be on call from 2026-11-19T14:00:00Z until 2026-11-19T16:00:00Z. Name somebody who stands in; or say that it may be so (evenIfGap) and why (note).",
            Assert.Single(refused.Problems).ToString());
    }

    [Fact]
    public void Decide_LeavesNobodyOnPurpose_NeedsAReason()
    {
        Assert.False(Decide(new(InsteadOf: "ada", From: H(2), Until: H(4), EvenIfGap: true)).Ok);
        Assert.True(Decide(new(InsteadOf: "ada", From: H(2), Until: H(4), EvenIfGap: true, Note: "the shop is closed")).Ok);
    }

    [Fact]
    public void Decide_EverythingWrong_IsSaidAtOnce()
    {
        var refused = Decide(new("nobody-here", "nor-here", Beside: true, From: H(4), Until: H(2)));

        Assert.Equal(["insteadOf", "person", "insteadOf", "until"], refused.Problems.Select(p => p.Path));
    }

    [Fact]
    public void Decide_TheSameAgain_IsAConflict()
    {
        // GoAlert, overrideconflict: of two equal ones set at once, one is refused.
        var one = Decide(new("bo", "ada", From: H(2), Until: H(4))).Value;

        var again = Decide(new("bo", "ada", From: H(2), Until: H(4)), Base.With(one));

        Assert.Equal("from: This very override is already set.", Assert.Single(again.Problems).ToString());
    }

    [Fact]
    public void Decide_WouldChangeNothing_IsSaid() =>
        Assert.StartsWith("insteadOf: cem is not on call at any time", Assert.Single(Decide(new("bo", "cem", From: H(2), Until: H(4))).Problems).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Decide_BeginsInThePast_BeginsNow() => Assert.Equal(Noon, Decide(new("bo", From: H(-5), Until: H(4))).Value.From);

    [Fact]
    public void Decide_OverAnOlderOne_SaysWhichCounts()
    {
        var older = Decide(new("bo", "ada", From: H(2), Until: H(8))).Value;

        var newer = Decide(new("cem", "ada", From: H(4), Until: H(6)), Base.With(older));

        Assert.Equal("There is another override of ada until 2026-11-19T20:00:00Z; where they overlap the newest, this one, counts.", Assert.Single(newer.Problems).What);
    }

    [Fact]
    public void Accept_Swap_IsTwoOverrides()
    {
        var rota = new Rota(Base.Schedule with { Layers = [Layer("weeks", "ada", "bo")] }, _ => true);
        var (this_, next) = (rota.At(Noon), rota.At(H(24 * 7)));
        var asked = CoverRules.Ask(rota, new("ada", "bo", Noon, this_.Until, next.From, next.Until), "r", Known, Noon);
        Assert.True(asked.Ok);

        var accepted = CoverRules.Accept(rota, asked.Value, "bo", () => "id", Known, Noon);

        Assert.Equal(["bo", "ada"], accepted.Value.Select(o => o.In));
        Assert.Equal(["ada", "bo"], accepted.Value.Select(o => o.Out));
        Assert.All(accepted.Value, o => Assert.Equal("r", o.Request));
    }

    [Fact]
    public void Accept_BySomebodyElseThanAsked_IsRefused()
    {
        var asked = CoverRules.Ask(Base, new("ada", "bo", Noon, H(4)), "r", Known, Noon).Value;

        Assert.Equal("by: bo was asked, not cem. Only they can accept; or ask anew.", Assert.Single(CoverRules.Accept(Base, asked, "cem", () => "id", Known, Noon).Problems).ToString());
    }
}
