using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Learning.Actions;
using Nines.Responding.Incidents;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Learning.Actions;

public class ActionRulesTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 19, 2, 9);
    private static readonly ActionAdded Added = new("a1", 1, "Load-test the pool", ActionType.Prevent, ActionPriority.P0, Start + Duration.FromDays(8), "", "", "payments", "", null, "ada");

    private static Recorded Recorded(object happened, int i) => new(new JournalEntry(i + 1, new("action", "a1"), i + 1, "x", Start + Duration.FromMinutes(i), "local", 0, null, ReadOnlyMemory<byte>.Empty), happened);

    private static ActionBook Fold(params object[] events)
    {
        var fold = new ActionBookFold();
        return events.Select(Recorded).Aggregate(fold.Empty, (book, e) => fold.Apply(book, e));
    }

    private static ActionContext Context(ActionBook book) => new()
    {
        Actions = book,
        Incidents = IncidentBook.None,
        Catalog = ManifestSet.Empty,
        Policy = ActionPolicy.Shipped,
        Now = Start,
        NewId = () => "new1",
    };

    [Theory]
    [InlineData("P0", 2026, 11, 26)]
    [InlineData("p1", 2026, 12, 19)]
    [InlineData("P2", 2027, 2, 17)]
    [InlineData("", 2026, 12, 19)]
    public void Add_WithoutADay_IsDueByItsPriority_AtTheEndOfTheDay(string priority, int year, int month, int day)
    {
        var added = ActionRules.Add(Context(ActionBook.None), new("Load-test the pool", Priority: priority), "ada").Value;
        Assert.Equal(new LocalDate(year, month, day).PlusDays(1).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant(), added.Deadline);
    }

    [Fact]
    public void Add_Nonsense_NamesAllOfIt()
    {
        var wrong = ActionRules.Add(Context(ActionBook.None), new("", "cure", "P9", "carol", "INC-9", "", "2026-11-01", "ftp://x", "looks-good x"), "ada").Problems;
        Assert.Equal(
            [
                "An action needs a title. Say what is done, in a few words.", "\"cure\" is no type. Write prevent, detect, mitigate or process.", "\"P9\" is no priority. Write P0, P1 or P2.",
                "There is no person \"carol\" in the catalog. List them with \"nines get Person\".", "There is no incident INC-9. List them with \"nines incident list\".",
                "The deadline has passed. Write a day that lies ahead, or leave it out for the policy's.", "\"ftp://x\" is not a link. Write a whole URL that begins with http:// or https://.",
                "\"looks-good x\" is no check. Write alert-exists NAME, objective-holds NAME 7d or probe-green NAME 7d.",
            ],
            wrong.Select(p => $"{p.What} {p.Remedy}"));
    }

    [Fact]
    public void Steps_OfWhatIsOver_AreRefused_WithWhatToDo()
    {
        var book = Fold(Added, new ActionDropped("a1", "It is replaced.", "ada"));
        Assert.Equal("AI-1 is dropped. Open it again first, with a reason.", Words(ActionRules.Start(Context(book), "AI-1", "ada")));
        Assert.Equal("An action is opened again with a reason. Say what is left.", Words(ActionRules.Reopen(Context(book), "AI-1", " ", "ada")));
        Assert.Equal("Nobody said what proves it. Name the change, the test or the figure that shows it, in one sentence.", Words(ActionRules.Finish(Context(Fold(Added)), "1", "", "ada")));
        Assert.Equal("There is no action AI-9. List them with \"nines action list\".", Words(ActionRules.Start(Context(book), "AI-9", "ada")));

        static string Words(Outcome<IReadOnlyList<object>> outcome) => $"{outcome.Problems[0].What} {outcome.Problems[0].Remedy}";
    }

    [Fact]
    public void Saw_HoldsLongEnough_ClosesWithTheEvidence_AndOpensAgainOnceItIsGone()
    {
        var action = Fold(Added with { Check = new(CheckKind.ProbeGreen, "shop", 2) }).All["a1"];
        var (green, red) = (new CheckSight(true, "The probe shop is green."), new CheckSight(false, "The probe shop is not green: timeout"));
        Assert.Empty(ActionRules.Saw(action, new(null, ""), Start));
        Assert.Empty(ActionRules.Saw(action, red, Start));
        Assert.Equal(new CheckTurned("a1", true, green.Seen), Assert.Single(ActionRules.Saw(action, green, Start)));
        var since = action with { HoldsSince = Start };
        Assert.Empty(ActionRules.Saw(since, green, Start + Duration.FromDays(2) - Duration.FromSeconds(1)));
        Assert.Equal(new ActionDone("a1", green.Seen, true, ""), Assert.Single(ActionRules.Saw(since, green, Start + Duration.FromDays(2))));
        Assert.Equal(new CheckTurned("a1", false, red.Seen), Assert.Single(ActionRules.Saw(since, red, Start)));
        var closed = since with { State = ActionState.Done, ByCheck = true };
        Assert.Empty(ActionRules.Saw(closed, green, Start));
        Assert.Equal(new ActionReopened("a1", "What closed it holds no more: The probe shop is not green: timeout", ""), Assert.Single(ActionRules.Saw(closed, red, Start)));
        // What a person closed stays closed.
        Assert.Empty(ActionRules.Saw(closed with { ByCheck = false }, red, Start));
    }

    [Fact]
    public void Judge_AnObjectivesMinutes_NeedsDataAndItsTarget()
    {
        double[] total = [.. Enumerable.Repeat(1000.0, 100)];
        double[] few = [.. Enumerable.Repeat(1.0, 100)];
        Assert.True(CheckReading.Judge("pay", 0.999, few, total).Holds);
        Assert.False(CheckReading.Judge("pay", 0.9991, few, total).Holds);
        Assert.Equal("pay: 99.9 % of 100,000 events were good in 0.1 days, the target is 99.9 %.", CheckReading.Judge("pay", 0.999, few, total).Seen);
        double[] holed = [.. total.Select((t, i) => i < 10 ? double.NaN : t)];
        Assert.Null(CheckReading.Judge("pay", 0.999, few, holed).Holds);
    }

    [Fact]
    public void ReminderOf_BeforeAtAndEveryWeekAfter_AndNotTwice()
    {
        var policy = ActionPolicy.Shipped;
        var action = Fold(Added).All["a1"];
        var deadline = action.Deadline;
        Assert.Equal(deadline - Duration.FromDays(2), policy.ReminderOf(action));
        Assert.Equal(deadline, policy.ReminderOf(action with { RemindedAt = deadline - Duration.FromDays(2) }));
        Assert.Equal(deadline + Duration.FromDays(7), policy.ReminderOf(action with { RemindedAt = deadline }));
        // Three weeks in which nobody could be told are one reminder.
        Assert.Equal(deadline + Duration.FromDays(28), policy.ReminderOf(action with { RemindedAt = deadline + Duration.FromDays(21) + Duration.FromMinutes(5) }));
        Assert.Equal(deadline, policy.ReminderOf(action with { AddedAt = deadline - Duration.FromDays(1) }));
        Assert.Null(policy.ReminderOf(action with { State = ActionState.Done }));
    }

    [Fact]
    public void ReminderOf_AnyTimes_AlwaysLieAhead_SoThatNoneRepeatsWithoutEnd()
    {
        var action = Fold(Added).All["a1"];
        for (var hours = 0; hours < 24 * 60; hours += 5)
        {
            var reminded = Start + Duration.FromHours(hours);
            Assert.True(ActionPolicy.Shipped.ReminderOf(action with { RemindedAt = reminded }) > reminded);
        }
    }

    [Fact]
    public void Parse_Checks_AreReadAsTheyAreWritten()
    {
        Assert.Equal(new ActionCheck(CheckKind.ObjectiveHolds, "pay", 14), CheckWords.Parse("objective-holds pay 14d").Value);
        Assert.Equal(new ActionCheck(CheckKind.ProbeGreen, "shop", 7), CheckWords.Parse(" probe-green  shop ").Value);
        Assert.Null(CheckWords.Parse("").Value);
        Assert.Equal("\"91d\" is no number of days.", CheckWords.Parse("probe-green shop 91d").Problems[0].What);
        Assert.All((string[])["alert-exists a 0d", "objective-holds a 3d", "probe-green a 7d"], text => Assert.Equal(text, CheckWords.Write(CheckWords.Parse(text).Value!)));
    }

    [Fact]
    public void Save_Load_IsTheSameBook()
    {
        var fold = new ActionBookFold();
        var book = Fold(
            Added with { Check = new(CheckKind.AlertExists, "slow", 0) }, new ActionTaken("a1", "bo", "ada"), new ActionStarted("a1", "bo"), new CheckTurned("a1", true, "seen"), new ActionTrackerTold("a1", "e1", "jira", "open"),
            new ActionDone("a1", "seen", true, ""), Added with { Id = "a2", Number = 2 });
        var saved = fold.Save(book);
        Assert.Equal(saved.ToArray(), fold.Save(fold.Load(saved)).ToArray());
        Assert.Equal((2, "a1", "a1"), (fold.Load(saved).Numbers, Assert.Single(fold.Load(saved).Ended), fold.Load(saved).ByEffect["e1"]));
    }

    [Fact]
    public void Apply_ATrackersAnswer_SettlesWhatItWasTold()
    {
        var book = Fold(Added, new ActionTrackerTold("a1", "e1", "jira", "open"), new OutboxSettled("e1", EffectEnd.Accepted, 1, "It is OPS-7."));
        Assert.Equal(("accepted", "It is OPS-7."), (Assert.Single(book.All["a1"].Trackers).Outcome, book.All["a1"].Trackers[0].Reason));
        Assert.Empty(book.ByEffect);
    }
}
