using FsCheck;
using FsCheck.Fluent;
using Nines.Learning.Drills;
using Nines.Responding.Incidents;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Learning.Drills;

public class DrillScoreTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 1, 0);

    internal static DrillStarted Started(params DrillInject[] injects) => new(
        "d1", 1, "payments-slow", "Payments are slow", "payments", IncidentSeverity.Sev2, "An index is gone.", "", injects,
        new DrillTargets().Or(IncidentPolicy.Shipped, IncidentSeverity.Sev2), 1, Duration.FromMinutes(70), false, [new("ada", DrillRole.Leader), new("bob", DrillRole.OnCall)], "local");

    internal static readonly DrillInject Alert = new("alert-1", Duration.Zero, InjectKind.Alert, "payments burns", "Burn");

    private static readonly DrillInject Clue = new("clue-2", Duration.FromMinutes(3), InjectKind.Clue, "What changed?", Answers: ["the release"]);

    private static DrillRun Run(double? acknowledged) => new()
    {
        Start = Started(Alert),
        StartedAt = Start,
        Came = [new(Alert, Start, [], acknowledged is { } at ? Start + Duration.FromMinutes(at) : null, acknowledged is null ? "" : "bob", [])],
    };

    private static Incident Incident(double declared) => new()
    {
        Id = "i1",
        Number = 1,
        Title = "x",
        Severity = IncidentSeverity.Sev2,
        DeclaredAt = Start + Duration.FromMinutes(declared),
        DetectedAt = Start + Duration.FromMinutes(declared),
    };

    private static ScoreItem Item(IReadOnlyList<ScoreItem> items, string key) => items.Single(i => i.Key == key);

    private static IReadOnlyList<ScoreItem> Of(DrillRun run, Incident? incident, double end) => DrillScore.Of(run, incident, Start + Duration.FromMinutes(end));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 1)]
    [InlineData(7.5, 0.5)]
    [InlineData(9, 0.2)]
    [InlineData(10, 0)]
    [InlineData(600, 0)]
    public void Share_UntilTheTarget_IsAll_AndGoneAtTwiceTheTarget(double minutes, double share) =>
        Assert.Equal(share, DrillScore.Share(Duration.FromMinutes(minutes), Duration.FromMinutes(5)), 9);

    [Fact]
    public void Of_NothingDone_IsUnmeasuredBeforeItIsDue_AndMissedAfter()
    {
        var early = Of(Run(null), null, 4);
        Assert.All(early, i => Assert.Equal(ScoreVerdict.Unmeasured, i.Verdict));
        Assert.Null(DrillScore.Total(early));
        Assert.Equal("The drill ended before it was due.", Item(early, "detect").Why);
        Assert.Equal("No incident was declared, and none was due yet.", Item(early, "severity").Why);

        var late = Of(Run(null), null, 60);
        Assert.All(late, i => Assert.Equal(ScoreVerdict.Missed, i.Verdict));
        Assert.Equal(0, DrillScore.Total(late));
        Assert.Equal("No incident was declared.", Item(late, "commander").Why);
    }

    [Fact]
    public void Of_WhatNobodyAsks_IsSaidToBeUnmeasured_AndLeftOut()
    {
        var run = Run(2) with { Start = Started(Alert) with { Severity = IncidentSeverity.Sev4, Targets = new DrillTargets().Or(IncidentPolicy.Shipped, IncidentSeverity.Sev4) } };
        var items = Of(run, null, 3);
        Assert.Equal(("No target is set for it.", ScoreVerdict.Unmeasured), (Item(items, "acknowledge").Why, Item(items, "acknowledge").Verdict));
        Assert.Equal(100, DrillScore.Total(items));
        Assert.Equal("Nothing had come that it could be measured from.", Item(Of(run with { Came = [] }, null, 60), "detect").Why);
    }

    [Theory]
    [InlineData(IncidentSeverity.Sev2, 10, ScoreVerdict.Met, "SEV2 is right.")]
    [InlineData(IncidentSeverity.Sev1, 5, ScoreVerdict.Late, "SEV1 was said, SEV2 is right.")]
    [InlineData(IncidentSeverity.Sev4, 0, ScoreVerdict.Missed, "SEV4 was said, SEV2 is right.")]
    public void Of_TheSeverity_IsRightByHalfNextToTheRightOne(IncidentSeverity said, double points, ScoreVerdict verdict, string why)
    {
        var item = Item(Of(Run(1), Incident(2) with { Severity = said }, 20), "severity");
        Assert.Equal((points, verdict, why), (item.Points, item.Verdict, item.Why));
    }

    [Fact]
    public void Of_RolesUpdateNotesAndAnswers_AreReadFromTheExerciseAndTheRun()
    {
        var incident = Incident(2) with
        {
            Roles = [new(IncidentRole.Commander, "bob", Start + Duration.FromMinutes(4)), new(IncidentRole.Communications, "cem", Start + Duration.FromMinutes(17))],
            MitigatedAt = Start + Duration.FromMinutes(45),
            Timeline = [new("l1", Start, Start, TimelineKind.Alert, "x", "bob"), new("l2", Start, Start, TimelineKind.Decision, "Roll back", "bob"), new("l3", Start, Start, TimelineKind.Note, "by the house")],
        };
        var run = Run(1) with
        {
            UpdatedAt = Start + Duration.FromMinutes(20),
            Came = Run(1).Came.Add(new(Clue, Start + Duration.FromMinutes(3), [], null, "", [new(Start + Duration.FromMinutes(4), "the pool", false, "bob"), new(Start + Duration.FromMinutes(6), "the release", true, "bob")])),
        };
        var items = Of(run, incident, 50);
        Assert.Equal((ScoreVerdict.Met, Duration.FromMinutes(2)), (Item(items, "commander").Verdict, Item(items, "commander").Took));
        Assert.Equal((ScoreVerdict.Late, 5.0), (Item(items, "communications").Verdict, Item(items, "communications").Points));
        Assert.Equal((ScoreVerdict.Late, 5.0), (Item(items, "mitigate").Verdict, Item(items, "mitigate").Points));
        Assert.Equal("1 line.", Item(items, "notes").Why);
        Assert.Equal((ScoreVerdict.Met, Duration.FromMinutes(3), "Question: What changed?"), (Item(items, "clue-2").Verdict, Item(items, "clue-2").Took, Item(items, "clue-2").Words));
        // 105 points in all; 10 are lost.
        Assert.Equal(90, DrillScore.Total(items));
    }

    [Fact]
    public void Total_AnyTimes_LiesBetweenNothingAndAll_AndNeverFallsForBeingSooner() =>
        Prop.ForAll(Gen.Choose(0, 120).Two().Zip(Gen.Choose(0, 30)).ToArbitrary(), times =>
        {
            var ((a, b), declared) = times;
            var (soon, late) = (Math.Min(a, b), Math.Max(a, b));
            var sooner = DrillScore.Total(Of(Run(soon), Incident(declared), 130));
            var later = DrillScore.Total(Of(Run(late), Incident(declared), 130));
            return sooner is >= 0 and <= 100 && later is >= 0 and <= 100 && sooner >= later;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Share_AnyTimes_FallsNeverRises_AndIsAllExactlyInTime() =>
        Prop.ForAll(Gen.Choose(1, 100_000).Three().ToArbitrary(), seconds =>
        {
            var (target, a, b) = (Duration.FromSeconds(seconds.Item1), Duration.FromSeconds(seconds.Item2), Duration.FromSeconds(seconds.Item3));
            var share = DrillScore.Share(a, target);
            return share is >= 0 and <= 1 && (share == 1) == (a <= target) && (share == 0) == (a >= target * 2) && (a > b || share >= DrillScore.Share(b, target));
        }).QuickCheckThrowOnFailure();
}
