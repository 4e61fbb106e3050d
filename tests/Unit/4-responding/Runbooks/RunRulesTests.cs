using FsCheck.Fluent;
using Nines.Responding.Runbooks;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.Runbooks;

public class RunRulesTests
{
    private static RunbookRun Run(params object[] events) => RunbookBench.Fold([RunbookBench.Started(), .. events]).All["run1"];

    private static string Said<T>(Nines.Kernel.Outcome<T> outcome) => RunbookBench.Said(outcome);

    [Fact]
    public void Run_AsExpected_GoesStepByStep_ThenSomebodyChooses()
    {
        Assert.Equal((RunStage.Step, "health"), (Run().Stage, Run().Step));
        var run = Run(RunbookBench.Ended("health"), RunbookBench.Ended("deploys", StepOutcome.Skipped), RunbookBench.Ended("deps"));
        Assert.Equal((RunStage.Choose, ""), (run.Stage, run.Step));
    }

    [Fact]
    public void Run_Unexpected_GoesWhereTheStepSays()
    {
        var run = Run(RunbookBench.Ended("health"), RunbookBench.Ended("deploys", StepOutcome.Unexpected));
        Assert.Equal((RunStage.Step, "roll-back-1"), (run.Stage, run.Step));
        run = Run(RunbookBench.Ended("health"), RunbookBench.Ended("deploys", StepOutcome.Unexpected), RunbookBench.Ended("roll-back-1"), RunbookBench.Ended("roll-back-2"));
        Assert.Equal(RunStage.Finish, run.Stage);
    }

    [Theory]
    [InlineData(StepOutcome.Failed)]
    [InlineData(StepOutcome.Unknown)]
    public void Run_WhatFailedOrNobodyKnows_StaysTheStep(StepOutcome outcome) => Assert.Equal((RunStage.Step, "health"), (Run(RunbookBench.Ended("health", outcome)).Stage, Run(RunbookBench.Ended("health", outcome)).Step));

    [Fact]
    public void Choose_AnOptionWithoutSteps_AsksWhetherItHelped() => Assert.Equal(RunStage.Finish, Run(new OptionChosen("run1", "scale-up", "ada")).Stage);

    [Fact]
    public void Record_OfAnotherStep_SaysThatSomebodyWentOn() => Assert.Equal(
        "step: RUN-1 is at the step deploys by now, not at health. Look again: somebody else went on.",
        Said(RunRules.Record(RunbookBench.Context(RunbookBench.Fold(RunbookBench.Started(), RunbookBench.Ended("health"))), "RUN-1", new("health", "expected"), "ada")));

    [Fact]
    public void Record_Wrong_SaysEverythingAtOnce() => Assert.Equal(
        "outcome: \"fine\" is nothing that comes of a step. Write expected, unexpected, skipped or failed. observed: The text has 4001 characters. Write at most 4000; put the rest into a document and link it.",
        Said(RunRules.Record(RunbookBench.Context(RunbookBench.Fold(RunbookBench.Started())), "1", new("", "fine", new('a', 4001)), "ada")));

    [Fact]
    public void Record_Unexpected_NeedsWhatWasSeen() => Assert.Equal(
        "observed: It does not say what was seen instead. Write it in a few words: whoever reads this next was not there.",
        Said(RunRules.Record(RunbookBench.Context(RunbookBench.Fold(RunbookBench.Started())), "RUN-1", new("", "unexpected"), "ada")));

    [Theory]
    [InlineData("unknown")]
    [InlineData("0")]
    public void Record_WhatOnlyNinesMaySay_IsRefused(string outcome) => Assert.False(RunRules.Record(RunbookBench.Context(RunbookBench.Fold(RunbookBench.Started())), "RUN-1", new("", outcome, "x"), "ada").Ok);

    [Fact]
    public void Start_OfNoRunbook_SaysEverythingAtOnce() => Assert.Equal(
        "runbook: There is no runbook \"payments-error\". Did you mean \"payments-errors\"? List them with \"nines runbook list\". page: There is no page p1. List them with \"nines page list\". incident: There is no incident INC-9. List them with \"nines incident list\". alert: There is no alert a1. List them with \"nines alerts list\".",
        Said(RunRules.Start(RunbookBench.Context(RunbookRuns.None), new("payments-error", "INC-9", "a1", "p1"), "ada")));

    [Fact]
    public void Finish_WithoutAWord_SaysEverythingAtOnce()
    {
        var context = RunbookBench.Context(RunbookBench.Fold(RunbookBench.Started()));
        Assert.Equal("helped: It does not say whether it helped. Write helped: true or false.", Said(RunRules.Finish(context, "RUN-1", null, "", "ada")));
        Assert.Equal("note: It does not say what was missing. Write it in a few words: the runbook gets better by it.", Said(RunRules.Finish(context, "RUN-1", false, " ", "ada")));
        Assert.True(RunRules.Finish(context, "RUN-1", true, "", "ada").Ok);
    }

    [Fact]
    public void Anything_WithARunThatIsOver_IsRefused()
    {
        var context = RunbookBench.Context(RunbookBench.Fold(RunbookBench.Started(), new RunAbandoned("run1", "It was the other one.", "ada")));
        Assert.Equal("RUN-1 is over. Begin another one with \"nines runbook run payments-errors\".", Said(RunRules.Abandon(context, "RUN-1", "again", "ada")));
        Assert.Equal("There is no run RUN-7. List them with \"nines runbook runs\".", Said(RunRules.Choose(context, "RUN-7", "roll-back", "ada")));
    }

    [Fact]
    public void Approve_AStepThatNinesCannotDo_SaysSo() => Assert.Equal(
        "step: Nines cannot do this step itself. Do it, and say what came of it.", Said(RunRules.Approve(RunbookBench.Context(RunbookBench.Fold(RunbookBench.Started())), "RUN-1", "")));

    [Fact]
    public void WhileNinesIsAtAStep_NobodyElseIs()
    {
        var context = RunbookBench.Context(RunbookBench.Fold(RunbookBench.Started(), new StepCalled("run1", "health", "c1", "ada")));
        Assert.Equal("step: Nines is at this step. Wait until it is done, or give the run up.", Said(RunRules.Record(context, "RUN-1", new("", "expected"), "ada")));
        Assert.Equal("option: Nines is at a step. Wait until it is done, or give the run up.", Said(RunRules.Choose(context, "RUN-1", "roll-back", "ada")));
        var shown = RunbookBench.Context(RunbookBench.Fold(RunbookBench.Started(), new StepCalled("run1", "health", "c1", "ada"), new StepShown("run1", "health", "c1", "exit 0")));
        Assert.Equal(("exit 0", "c1"), RunRules.Record(shown, "RUN-1", new("", "expected"), "ada").Value is var ended ? (ended.Observed, ended.Call) : default);
    }

    [Fact]
    public void EscalatesAt_OfARun_FollowsFromItsStart_Once()
    {
        Assert.Equal(RunbookBench.Now + Duration.FromMinutes(30), Run().EscalatesAt);
        Assert.Null(Run(new RunEscalationDue("run1", "Payments lead", "")).EscalatesAt);
    }

    [Fact]
    public void Use_OfRuns_CountsWhatHelped_AndNoDrill()
    {
        var runs = RunbookBench.Fold(RunbookBench.Started(), RunbookBench.Ended("health"), new RunFinished("run1", true, "", "ada"));
        Assert.Equal((1, 1, 0, Duration.FromMinutes(1)), runs.UseOf("payments-errors") is var use ? (use.Uses, use.Helped, use.NotHelped, use.Median("health")!.Value) : default);
        Assert.Equal(0, RunbookBench.Fold(RunbookBench.Started(drill: true), new RunFinished("run1", true, "", "ada")).UseOf("payments-errors").Uses);
    }

    [Fact]
    public void Fold_OfAnyEvents_NeverThrows_AndSurvivesASnapshot()
    {
        var keys = new[] { "health", "deploys", "deps", "roll-back-1", "roll-back-2", "nosuch", "" };
        var any = Gen.OneOf(
            from k in Gen.Elements(keys) from o in Gen.Elements(Enum.GetValues<StepOutcome>()) select (object)RunbookBench.Ended(k, o),
            from k in Gen.Elements("roll-back", "scale-up", "nosuch") select (object)new OptionChosen("run1", k, "ada"),
            from k in Gen.Elements(keys) select (object)new StepCalled("run1", k, "c1", ""),
            Gen.Constant((object)new StepShown("run1", "health", "c1", "x")),
            Gen.Constant((object)new RunFinished("run1", true, "", "ada")),
            Gen.Constant((object)new RunbookReviewed("payments-errors", "ada")));
        Prop.ForAll(Arb.From(Gen.ListOf(any)), events =>
        {
            var fold = new RunbookRunsFold();
            var runs = RunbookBench.Fold([RunbookBench.Started(), .. events]);
            var run = runs.All["run1"];
            Assert.Equal(run.Stage == RunStage.Step, run.Current is not null);
            Assert.Equal(run.Open, run.Stage != RunStage.Over);
            var saved = fold.Save(runs);
            return saved.Span.SequenceEqual(fold.Save(fold.Load(saved)).Span);
        }).Hold();
    }
}
