using Nines.Responding.StatusPages;
using NodaTime;
using Xunit;
using static Nines.Tests.Unit.Responding.StatusPages.StatusFixture;

namespace Nines.Tests.Unit.Responding.StatusPages;

public class WorkRulesTests
{
    // Saturday 22:00 to Sunday 06:00 in Berlin.
    private static readonly Instant Window = Instant.FromUtc(2026, 11, 21, 21, 0);

    private static WorkRequest Asked(Instant from, Duration length, string because = "") => new("A new database", "Past orders may be missing.", ["search"], from, from + length, because);

    [Fact]
    public void Schedule_InTheWindowWithNotice_IsAnnounced()
    {
        var done = WorkRules.Schedule(Context(), "shop", Asked(Window + Duration.FromHours(6), Duration.FromHours(2)), "ada");
        Assert.Equal(("new", "A new database"), (done.Value.Id, done.Value.Title));
    }

    [Fact]
    public void Schedule_AgainstEveryRule_SaysAllOfIt_AndTheEarliestTime() => Assert.Equal(
        "from: That is less than 2d ahead: the earliest beginning is 2026-11-21T03:00Z. Announce it for then, or say under override why it cannot wait. "
        + "until: It takes longer than 4h. Divide it, or say under override why it cannot be. "
        + "from: It lies outside the windows of this page: sat, sun 22:00–06:00 (Europe/Berlin). Choose a time within one, or say under override why it cannot be.",
        Said(WorkRules.Schedule(Context(), "shop", Asked(Now + Duration.FromHours(47), Duration.FromHours(5)), "ada")));

    [Fact]
    public void Schedule_WithAReason_NeedNotKeepToThem()
    {
        var done = WorkRules.Schedule(Context(), "shop", Asked(Now + Duration.FromHours(1), Duration.FromHours(5), "A disk is failing."), "ada");
        Assert.Equal("A disk is failing.", done.Value.Override);
    }

    [Fact]
    public void Schedule_WithNothing_SaysAllThatIsMissing() => Assert.Equal(
        "title: Work needs a title. Say in a few words what is done. body: There is nothing to read. Say what users notice meanwhile. "
        + "components: Nobody said what is worked on. Name one or more of: payments, search. "
        + "from: Nobody said when it begins. Write it as 2026-11-22T04:00:00Z. until: Nobody said when it ends. Write it as 2026-11-22T05:00:00Z.",
        Said(WorkRules.Schedule(Context(), "shop", new(), "ada")));

    [Theory]
    [InlineData(0, 8, true)]
    [InlineData(0, 9, false)]
    [InlineData(-1, 2, false)]
    [InlineData(24, 8, true)]
    [InlineData(30, 2, true)]
    [InlineData(48, 1, false)]
    public void Within_TheWindowOverMidnight_IsTheRest(int after, int hours, bool within) => Assert.Equal(
        within, WorkRules.Within(Page.Maintenance, Page.Zone, Window + Duration.FromHours(after), Window + Duration.FromHours(after + hours)));

    [Fact]
    public void Change_OfTheTime_AsksForNoticeAgain_OfTheWordsDoesNot()
    {
        var book = Fold(Scheduled());
        Assert.True(WorkRules.Change(Context(book), "shop", "work1", new(Body: "Nothing is missing."), "ada").Ok);
        Assert.Contains("the earliest beginning is 2026-11-21T03:00Z", Said(WorkRules.Change(Context(book), "shop", "work1", new(From: Now + Duration.FromHours(10)), "ada")), StringComparison.Ordinal);
    }

    [Fact]
    public void Cancel_AfterItsBeginning_IsRefused_AndEndBeforeIt()
    {
        var book = Fold(Scheduled());
        Assert.Equal("It has not begun. Call it off: nines statuspage maintenance cancel.", Said(WorkRules.End(Context(book), "shop", "work1", "ada")));
        Assert.Equal("reason: Work is called off with a reason. Say it in a sentence; users read it.", Said(WorkRules.Cancel(Context(book), "shop", "work1", "", "ada")));
        var begun = Fold(book, new MaintenanceStarted("shop", "work1", "u2"));
        Assert.Equal("It has begun already. End it: nines statuspage maintenance end.", Said(WorkRules.Cancel(Context(begun), "shop", "work1", "x", "ada")));
        Assert.True(WorkRules.End(Context(begun), "shop", "work1", "ada").Ok);
    }

    [Fact]
    public void Due_FollowsFromTheState_AlsoWhereNobodyWasThereInBetween()
    {
        var page = Fold(Scheduled()).Of("shop");
        var work = page.Maintenance("work1")!;
        Assert.Equal(work.From, WorkRules.NextDue(page));
        Assert.Empty(WorkRules.Due("shop", page, work.From - Duration.FromSeconds(1), () => "u"));
        Assert.IsType<MaintenanceStarted>(Assert.Single(WorkRules.Due("shop", page, work.From, () => "u")));
        Assert.Equal([typeof(MaintenanceStarted), typeof(MaintenanceEnded)], WorkRules.Due("shop", page, work.Until, () => "u").Select(e => e.GetType()));
        var begun = Fold(Scheduled(), new MaintenanceStarted("shop", "work1", "u2")).Of("shop");
        Assert.Equal(work.Until, WorkRules.NextDue(begun));
    }
}
