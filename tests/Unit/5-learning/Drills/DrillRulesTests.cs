using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Learning.Drills;
using Nines.Responding.Incidents;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Learning.Drills;

public class DrillRulesTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 1, 0);
    private static readonly DrillInject Say = new("say-2", Duration.FromMinutes(4), InjectKind.World, "Support has 30 calls.");
    private static readonly DrillInject Clue = new("clue-3", Duration.FromMinutes(6), InjectKind.Clue, "What changed?", Answers: ["release", "v2.41"]);
    private static readonly DrillStarted Started = DrillScoreTests.Started(DrillScoreTests.Alert, Say, Clue);

    private static DrillBook Fold(params object[] events)
    {
        var fold = new DrillBookFold();
        return events.Select((e, i) => new Recorded(new JournalEntry(i + 1, new("drill", "d1"), i + 1, "x", Start + Duration.FromMinutes(i), "local", 0, null, ReadOnlyMemory<byte>.Empty), e)).Aggregate(fold.Empty, (book, e) => fold.Apply(book, e));
    }

    private static DrillContext Context(DrillBook book) => new() { Drills = book, Incidents = IncidentBook.None, Catalog = ManifestSet.Empty, Now = Start, NewId = () => "new1" };

    private static string Words(IReadOnlyList<Problem> problems) => string.Join(" ", problems.Select(p => $"{p.What} {p.Remedy}".TrimEnd()));

    [Fact]
    public void Due_AtEachTime_IsWhatHasNotCome_AndNothingTwice()
    {
        var book = Fold(Started);
        var run = book.All["d1"];
        Assert.Equal(Start, run.NextDue);
        Assert.Equal(["alert-1"], DrillRules.Due(run, Start).Select(i => i.Key));
        Assert.Equal(["alert-1", "say-2", "clue-3"], DrillRules.Due(run, Start + Duration.FromMinutes(6)).Select(i => i.Key));
        var next = Fold(Started, new DrillInjected("d1", "alert-1", [], ""), new DrillInjected("d1", "alert-1", [], "")).All["d1"];
        Assert.Single(next.Came);
        Assert.Equal(Start + Duration.FromMinutes(4), next.NextDue);
        Assert.Empty(DrillRules.Due(next, Start + Duration.FromMinutes(4) - Duration.FromSeconds(1)));
        Assert.Equal(Start + Duration.FromMinutes(2), Fold(Started with { Speed = 2 }, new DrillInjected("d1", "alert-1", [], "")).All["d1"].NextDue);
        Assert.Null(Fold(Started, new DrillEnded("d1", "x", false, "")).All["d1"].NextDue);
    }

    [Fact]
    public void Acknowledge_ByThoseWhoTakePart_Once()
    {
        var context = Context(Fold(Started, new DrillInjected("d1", "alert-1", [], "")));
        Assert.Equal(new DrillAcknowledged("d1", "alert-1", "bob", "nines"), Assert.Single(DrillRules.Acknowledge(context, "DR-1", "", "bob", "nines").Value));
        Assert.Equal("Only those who take part in DR-1 take its alerts on. Say under by for whom it is done.", Words(DrillRules.Acknowledge(context, "1", "", "ada", "nines").Problems));
        Assert.Equal("DR-1 has no alert \"say-2\".", Words(DrillRules.Acknowledge(context, "d1", "say-2", "bob", "nines").Problems));
        Assert.Equal("There is no run DR-9. List them with \"nines drill runs\".", Words(DrillRules.Acknowledge(context, "DR-9", "", "bob", "nines").Problems));
        var taken = Context(Fold(Started, new DrillInjected("d1", "alert-1", [], ""), new DrillAcknowledged("d1", "alert-1", "bob", "nines")));
        Assert.Equal("Somebody has it already.", Words(DrillRules.Acknowledge(taken, "d1", "", "bob", "nines").Problems));
    }

    [Theory]
    [InlineData("The RELEASE, I think", true)]
    [InlineData("v2.41.", true)]
    [InlineData("prereleases", false)]
    [InlineData("v2.4", false)]
    [InlineData("", false)]
    public void IsRight_AWholeAnswerInAnyCase_Counts(string said, bool right) => Assert.Equal(right, DrillRules.IsRight(Clue, said));

    [Fact]
    public void Leading_ByAnybodyElse_IsRefused()
    {
        var context = Context(Fold(Started));
        Assert.Equal("Somebody else leads DR-1. Say under by for whom it is done.", Words(DrillRules.Next(context, "d1", "bob").Problems));
        Assert.Equal("Somebody else leads DR-1. Say under by for whom it is done.", Words(DrillRules.Say(context, "d1", "x", "bob").Problems));
        Assert.Equal("alert-1", DrillRules.Next(context, "d1", "ada").Value.Key);
        Assert.Equal("There is nothing to say. Say in a sentence what those who take part hear.", Words(DrillRules.Say(context, "d1", " ", "ada").Problems));
    }

    [Fact]
    public void Over_CallsOffWhatHasNotLeft_AndScoresOnlyWhatWasPlayed()
    {
        var run = Fold(Started, new DrillInjected("d1", "alert-1", [new("e1", "bob")], "")).All["d1"];
        var events = DrillRules.Over(run, null, "Its time is over.", false, "", Start + Duration.FromMinutes(70));
        Assert.Equal([typeof(DrillEnded), typeof(DrillScored), typeof(OutboxCancelled)], events.Select(e => e.GetType()));
        Assert.Equal("e1", ((OutboxCancelled)events[2]).Id);
        Assert.DoesNotContain(DrillRules.Over(run, null, "INC-1 is real", true, "", Start), e => e is DrillScored);
    }

    [Fact]
    public void Fold_SavedAndLoaded_IsTheSame_AndTheRecordCountsEverybody()
    {
        var fold = new DrillBookFold();
        var book = Fold(
            new WheelSpun("w1", "bob", ["payments-slow"], "payments-slow", "local"), Started, new DrillInjected("d1", "alert-1", [new("e1", "bob")], ""), new OutboxSettled("e1", EffectEnd.Accepted, 1, ""),
            new DrillAcknowledged("d1", "alert-1", "bob", "push"), new DrillInjected("d1", "clue-3", [], "ada"), new DrillAnswered("d1", "clue-3", "release", true, "bob"), new DrillSaid("d1", "Hurry.", "ada"),
            new DrillDeclared("d1", "i1"), new DrillUpdated("d1", "bob"), new DrillEnded("d1", "Whoever leads ended it.", false, "ada"),
            new DrillScored("d1", 88, [new("detect", "Somebody reacts", ScoreVerdict.Met, 15, 15, Duration.FromMinutes(5), Duration.FromMinutes(2), "In time.")]), new DrillDebriefed("d1", "Well.", "More.", "ada"), new DrillActionAdded("d1", "a1"));
        Assert.Equal(88, book.All["d1"].Score);
        Assert.Equal(["bob"], book.All["d1"].Reached);
        Assert.Equal([DrillRole.Leader, DrillRole.OnCall], new[] { book.Had["ada"][0].Role, book.Had["bob"][0].Role });
        Assert.Equal(["payments-slow"], book.LastOf("bob").Keys);
        Assert.Empty(book.LastOf("ada"));
        var saved = fold.Save(book);
        Assert.Equal(System.Text.Encoding.UTF8.GetString(saved.Span), System.Text.Encoding.UTF8.GetString(fold.Save(fold.Load(saved)).Span));
    }

    [Fact]
    public void Start_Nonsense_NamesAllOfIt()
    {
        Assert.Equal("There is no drill \"x\". List them with \"nines drill list\".", Words(DrillStart.Decide(Context(DrillBook.None), "x", new(), "local").Problems));
        Assert.Equal("There is no drill. Write one, or draft one from a past incident with \"nines drill draft INC-1\".", Words([.. DrillRules.Spin(Context(DrillBook.None), "bob", "local").Problems.Where(p => p.Kind == ProblemKind.Conflict)]));
    }

    [Fact]
    public void Injects_OfAPastIncident_KeepOffsets_AndNothingThatSomebodyWrote()
    {
        var past = new Incident
        {
            Id = "i1",
            Number = 12,
            Title = "Payments fail",
            Severity = IncidentSeverity.Sev1,
            DeclaredAt = Start,
            DetectedAt = Start,
            ResolvedAt = Start + Duration.FromHours(1),
            Cause = "An index.",
            Timeline =
            [
                new("l1", Start - Duration.FromMinutes(12), Start, TimelineKind.Change, "Deploy of payments: v2.41", "bob"), new("l2", Start, Start, TimelineKind.Alert, "payments burns."),
                new("l3", Start + Duration.FromMinutes(2), Start, TimelineKind.Note, "bob says that the pool is full", "bob"), new("l4", Start + Duration.FromMinutes(5), Start, TimelineKind.Alert, "checkout burns."),
                new("l5", Start + Duration.FromHours(2), Start, TimelineKind.Change, "Deploy of payments: v2.42"),
            ],
        };
        var injects = PastIncident.Injects(past);
        Assert.Equal(
            [(Duration.Zero, InjectKind.World, "0:12 h before: Deploy of payments: v2.41"), (Duration.Zero, InjectKind.Alert, "payments burns."), (Duration.FromMinutes(5), InjectKind.Alert, "checkout burns.")],
            injects.Select(i => (i.At, i.Kind, i.Text)));
        Assert.DoesNotContain("bob", DrillDraft.Of(past), StringComparison.Ordinal);
        Assert.Equal("Payments fail", Assert.Single(PastIncident.Injects(past with { Timeline = [] })).Text);
    }
}
