using System.Text.Json;
using Nines.Alerting.Alerts;
using Nines.Catalog.Entries;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Remediation;
using Nines.Responding.Remediation.Manifests;
using Nines.Responding.Runbooks;
using Nines.Responding.Runbooks.Manifests;
using Nines.Responding.Runner;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.Remediation;

public class RemedyPlanTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 19, 3, 0);

    private static readonly ManifestKinds Kinds = new([new ServiceKind(), new RunbookKind(), new RemediationKind()]);

    private const string Steps = """
        { step: Close the idle, run: { http: { method: POST, url: "https://pool.example.com/{labels.pool}/close" } } },
        { step: Does it burn on?, expected: Nothing., run: { query: { alerts: ["alertname=PoolExhausted"], below: 1 } } }
        """;

    private static string Runbook(string steps = Steps, string more = "") => $$"""
        apiVersion: nines/v1
        kind: Runbook
        metadata: { name: pool }
        spec: { title: Pool exhausted, alertName: PoolExhausted, lastUpdated: 2026-11-01, owner: Shop, mitigation: [{ option: Close idle, steps: [{{steps}}] }, { option: By hand, steps: [Add instances, Watch] }, { option: Nothing{{more}} }, { option: Look, steps: [{ step: Look, run: { query: { alerts: ["a=b"], below: 1 } } }] }] }
        ---

        """;

    private static string Rule(string action = "runbook: { name: pool, option: close-idle }") => $$"""
        apiVersion: nines/v1
        kind: Remediation
        metadata: { name: pool-exhausted }
        spec: { trigger: { alertName: PoolExhausted }, action: { {{action}} } }

        """;

    private static ManifestSet Read(string documents, bool whole = true, Func<CompiledManifest, CompiledManifest>? kept = null) =>
        ManifestSet.Build(ManifestParser.Parse(documents, null, new()).Select(d => Kinds.Compile(d)).Select(kept ?? (m => m)), whole);

    private static IReadOnlyList<string> Said(ManifestSet set, bool errors = true) => [.. set.Problems.Where(p => p.IsError == errors).Select(p => $"{p.Path}: {p.What} {p.Remedy}")];

    private static RuleDeed Deed(string documents) => Read(documents) is var set ? RuleDeed.Of(set.Of<RemediationRule>().Single(), set).Value : null!;

    private static readonly RemedyPlan Plan = Deed(Runbook() + Rule()).Plan!;

    [Fact]
    public void Read_ARunbooksOption_InAnyOrder_TakesItsSteps()
    {
        foreach (var documents in (string[])[Runbook() + Rule(), Rule() + "---\n" + Runbook(), Runbook() + Rule("runbook: { name: pool, option: Close idle }")])
        {
            Assert.Empty(Said(Read(documents)));
            var plan = Deed(documents).Plan!;
            Assert.Equal(("pool", "close-idle", "Close idle"), (plan.Runbook, plan.Option, plan.Name));
            Assert.Equal(["close-idle-1", "close-idle-2"], plan.Steps.Select(s => s.Key));
        }
    }

    [Theory]
    [InlineData("runbook: { name: pol, option: close-idle }", "spec.action.runbook.name: There is no runbook \"pol\". Did you mean \"pool\"? Write a Runbook of that name, or name another one.")]
    [InlineData("runbook: { name: pool, option: closed }", "spec.action.runbook.option: The runbook pool has no option \"closed\". It has close-idle, by-hand, nothing, look.")]
    [InlineData("runbook: { name: pool, option: nothing }", "spec.action.runbook.option: The option nothing of the runbook pool has no step. Write its steps there, each with run:, or name another option.")]
    [InlineData("runbook: { name: pool, option: look }", "spec.action.runbook.option: The option look of the runbook pool changes nothing, so it mends nothing. Name another option.")]
    [InlineData("runbook: { name: pool }", "spec.action.runbook.option: This field is missing. Write the key of one of its options.")]
    [InlineData("runbook: { name: pool, option: close-idle }, command: { name: x }", "spec.action: It says 2 things to do. Write exactly one of http, command, chat and runbook.")]
    [InlineData("", "spec.action: It does not say what is done. Write exactly one of http, command, chat and runbook.")]
    public void Read_AnOptionThatIsNone_SaysWhatToWrite(string action, string words) => Assert.Contains(words, Said(Read(Runbook() + Rule(action))));

    [Fact]
    public void Read_StepsOfPeople_NamesEachOfThemAtOnce()
    {
        Assert.Equal(
            [
                "spec.action.runbook.option: The step by-hand-1 (\"Add instances\") of the runbook pool is for a person: it has no run:. Write run: into that step, or name another option.",
                "spec.action.runbook.option: The step by-hand-2 (\"Watch\") of the runbook pool is for a person: it has no run:. Write run: into that step, or name another option.",
            ],
            Said(Read(Runbook() + Rule("runbook: { name: pool, option: by-hand }"))));
        Assert.Equal(
            ["spec.action.runbook.option: What comes out of the step close-idle-1 (\"Close\") of the runbook pool is judged by a person: what is expected stands in words only. Write expect: into its run:, or take expected: out."],
            Said(Read(Runbook("{ step: Close, expected: It answers., run: { http: { method: POST, url: \"https://a/\" } } }") + Rule())));
    }

    [Fact]
    public void Read_OneFileOfMany_DoesNotMissTheRunbook_ThatMayBeOnTheServer()
    {
        Assert.Empty(Said(Read(Rule(), whole: false)));
        Assert.Contains("spec.action.runbook.name: There is no runbook \"pool\". Write a Runbook of that name, or name another one.", Said(Read(Rule(), whole: false), errors: false));
    }

    [Fact]
    public void Check_ARuleThatIsKept_HoldsUpNobodyWhoChangesTheRunbook()
    {
        var set = Read(Runbook("Ask somebody") + Rule(), kept: m => m.Key.Kind == "Remediation" ? m with { Stored = new(m.Key, "", false, null, 1, 1, Now, 1) } : m);
        Assert.Empty(Said(set));
        Assert.Contains(
            "spec.action.runbook.option: The rule does nothing: The step close-idle-1 (\"Ask somebody\") of the runbook pool is for a person: it has no run:. Write run: into that step, or name another option.",
            Said(set, errors: false));
    }

    [Fact]
    public void Version_OfAnOption_ChangesWithItsSteps_AndWithNothingElse()
    {
        var known = Deed(Runbook() + Rule()).Version;
        Assert.Equal(known, Deed(Runbook(more: ", steps: [Wait]") + Rule()).Version);
        Assert.NotEqual(known, Deed(Runbook(Steps.Replace("/close", "/close-all", StringComparison.Ordinal)) + Rule()).Version);
        Assert.NotEqual(known, Deed(Runbook(Steps.Replace("below: 1", "below: 2", StringComparison.Ordinal)) + Rule()).Version);
    }

    [Fact]
    public void Fill_OfAPlan_FillsEachStep_OrNamesEveryMissingLabel()
    {
        var deed = Deed(Runbook(Steps + ", { step: Tell, run: { chat: { person: ada, text: \"{labels.zone}\" } } }") + Rule());
        var filled = deed.Fill(AlertLabels.Of(("pool", "a/b"), ("zone", "west"))).Value;
        Assert.Equal("Close idle, of the runbook pool: POST https://pool.example.com/a%2Fb/close, then alerts that fire with alertname=PoolExhausted below 1, then write to ada: west", filled.Plan!.Words);
        Assert.Equal(["The alert has no label pool, which the action needs.", "The alert has no label zone, which the action needs."], deed.Fill(AlertLabels.None).Problems.Select(p => p.What));
        Assert.Equal(deed.Version, filled.Version);
    }

    [Theory]
    [InlineData(1, RunnerVerdict.AsExpected, "done: Every step came out as expected.")]
    [InlineData(0, RunnerVerdict.Unexpected, "failed: Step 1 of 2, Close the idle, came out otherwise than expected: HTTP 503")]
    [InlineData(1, RunnerVerdict.Failed, "failed: Step 2 of 2, Does it burn on?, could not be done: HTTP 503")]
    [InlineData(0, RunnerVerdict.Unknown, "done: The house stopped in the middle of step 1 of 2, Close the idle: what it did is not known, and what follows is not done.")]
    [InlineData(1, RunnerVerdict.Unknown, "done: The house stopped in the middle of step 2 of 2, Does it burn on?: what it did is not known.")]
    [InlineData(0, RunnerVerdict.CalledOff, "lapsed: HTTP 503\nIt was at step 1 of 2, Close the idle. What follows is not done.")]
    public void After_TheLastStepThatIsDone_SaysWhichAndWhy(int at, RunnerVerdict verdict, string words) => Assert.Equal(words, RemedyCalls.After("r1", Plan, at, verdict, "HTTP 503", Now) switch
    {
        RemedyDone e => $"done: {e.Observed}",
        RemedyJudged { Helped: false } e => $"failed: {e.Reason}",
        RemedyLapsed e => $"lapsed: {e.Reason}",
        var other => other.ToString(),
    });

    [Fact]
    public void Fold_OfAPlan_KeepsEachStep_AndSurvivesASnapshot()
    {
        var (fold, book, minute) = (new RemedyBookFold(), RemedyBook.None, 0);
        void Apply(object happened) => book = fold.Apply(book, new Recorded(new(minute + 1, new("remedy", "r"), 1, "", Now + Duration.FromMinutes(minute++), "", 0, null, default), happened));
        Apply(new RemedyProposed("r1", 1, "pool-exhausted", "v", "a", 0, "payments", "main", new(), RemedyLevel.Approve, "because", "", Plan));
        Assert.Equal(["waiting", "waiting"], RemedyStepView.Of(book.All["r1"]).Select(s => s.State));
        Apply(new RemedyBegun("r1", "c1", "ada"));
        Apply(new RemedyStepBegun("r1", "close-idle-1", "c1"));
        Apply(new RemedyStepEnded("r1", "close-idle-1", "c1", RunnerVerdict.AsExpected, "HTTP 200"));
        Apply(new RemedyStepBegun("r1", "close-idle-2", "c2"));
        Assert.Equal(["asExpected", "running"], RemedyStepView.Of(book.All["r1"]).Select(s => s.State));
        Assert.Equal("c2", book.All["r1"].Call);
        Apply(new RemedyStepEnded("r1", "close-idle-2", "c2", RunnerVerdict.CalledOff, "Stopped."));
        Apply(new RemedyLapsed("r1", "Stopped."));
        Assert.Equal([("HTTP 200 to 299", "HTTP 200", Duration.FromMinutes(1)), ("Nothing (below 1)", "Stopped.", Duration.FromMinutes(1))], RemedyStepView.Of(book.All["r1"]).Select(s => (s.Expected, s.Observed, s.Took!.Value)));
        // What was called off has no length that says anything.
        Assert.Equal([("close-idle-1", 60_000L)], RemedyUse.Took(book.All["r1"]).Select(t => (t.Key, t.Value)));
        Assert.Equal(fold.Save(book).ToArray(), fold.Save(fold.Load(fold.Save(book))).ToArray());
    }

    [Fact]
    public void Read_AProposalOfAnOlderHouse_HasNoPlan()
    {
        var read = JsonSerializer.Deserialize<RemedyProposed>("""{ "id": "r1", "number": 1, "rule": "a", "version": "v", "alert": "a", "opening": 0, "service": "", "target": "", "action": {}, "level": "approve", "reason": "", "incident": "" }""", HouseJson.Options)!;
        Assert.Null(read.Plan);
        Assert.False(JsonSerializer.Deserialize<RunnerCalled>("""{ "id": "c1", "about": "", "action": {}, "by": "" }""", HouseJson.Options)!.Once);
    }

    [Fact]
    public void Rewritten_AProposalWhoseStepsChanged_SaysSo_UntilItBegan()
    {
        var (written, changed) = (Read(Runbook() + Rule()), Read(Runbook(Steps.Replace("/close", "/close-all", StringComparison.Ordinal)) + Rule()));
        var rule = written.Of<RemediationRule>().Single();
        var remedy = new Remedy("r1", 1, rule.Name, RuleDeed.Of(rule, written).Value.Version, "a", 0, "payments", "main", new(), RemedyLevel.Approve, "", Now) { Plan = Plan };
        Assert.Null(RemedyEnds.Rewritten(remedy, rule, written));
        Assert.Equal("What it would do, Close idle of the runbook pool, is written otherwise by now.", RemedyEnds.Rewritten(remedy, rule, changed));
        Assert.Equal("What it would do, Close idle of the runbook pool, is written otherwise by now.", RemedyEnds.Rewritten(remedy, rule, Read(Rule())));
        Assert.Null(RemedyEnds.Rewritten(remedy with { State = RemedyState.Running }, rule, changed));
    }

    [Fact]
    public void About_ACallOfAStep_IsFoundAgain()
    {
        Assert.Equal(("remedy/r1", "remedy/r1/a"), (RemedyEnds.About("r1"), RemedyEnds.About("r1", "a")));
        Assert.Equal(("r1", "r1", (string?)null), (RemedyEnds.RemedyOf("remedy/r1"), RemedyEnds.RemedyOf("remedy/r1/a"), RemedyEnds.RemedyOf("run/r1/a")));
    }

    [Fact]
    public void Fold_OfRunbooks_CountsWhatRemediesFollowed()
    {
        var (fold, runs, minute) = (new RunbookRunsFold(), RunbookRuns.None, 0);
        foreach (var helped in (bool?[])[true, true, false, null])
            runs = fold.Apply(runs, new Recorded(new(minute + 1, new("runbook", "pool"), 1, "", Now + Duration.FromMinutes(minute++), "", 0, null, default), new RunbookUsed("pool", "close-idle", "remedy/r1", helped, RemedyUse.Took(new Remedy("r1", 1, "a", "v", "a", 0, "", "", new(), RemedyLevel.Approve, "", Now) { Steps = [new RemedyStepRecord("close-idle-1", "c1", Now) { EndedAt = Now + Duration.FromSeconds(minute + 1), Verdict = RunnerVerdict.AsExpected }] }))));
        var use = runs.UseOf("pool");
        Assert.Equal((4, 2, 1, 1, Now + Duration.FromMinutes(3), Duration.FromSeconds(3.5)), (use.Uses, use.Helped, use.NotHelped, use.Abandoned, use.LastAt!.Value, use.Median("close-idle-1")!.Value));
    }
}
