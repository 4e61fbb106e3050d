using System.Collections.Immutable;
using FsCheck.Fluent;
using Nines.Alerting.Alerts;
using Nines.Catalog.Entries;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Remediation;
using Nines.Responding.Remediation.Manifests;
using Nines.Responding.Runbooks.Manifests;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.Remediation;

public class RemedyRulesTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 19, 3, 0);

    private static readonly ManifestKinds Kinds = new([new ServiceKind(), new RunbookKind(), new RemediationKind()]);

    private static ManifestSet Read(string documents) => ManifestSet.Build(ManifestParser.Parse(documents, null, new()).Select(d => Kinds.Compile(d)), whole: true);

    private static RemediationRule Rule(string more = "") => Read($$"""
        apiVersion: nines/v1
        kind: Remediation
        metadata: { name: pool }
        spec:
          trigger: { alertName: PoolExhausted, for: 1m }
          condition: { label: free, atMost: 0 }
          action: { http: { method: POST, url: "https://pool.example.com/{labels.pool}/close" } }
          target: pool
          escalateIf: { attempts: 2, againWithin: 1h }
          limits: { perHour: 3, atOnce: 2, targets: 2, coolDown: 10m }
          {{more}}

        """).Of<RemediationRule>().Single();

    private static Alert Firing(string pool = "main", int reopened = 0, string free = "0") => new()
    {
        Id = "a-" + pool,
        Labels = AlertLabels.Of(("alertname", "PoolExhausted"), ("pool", pool), ("free", free)),
        Severity = AlertSeverity.Page,
        Source = "x",
        Service = "payments",
        Title = "Pool exhausted",
        Reason = "",
        StartedAt = Now - Duration.FromMinutes(5),
        Annotations = ImmutableSortedDictionary<string, string>.Empty,
        Reopened = reopened,
    };

    private static Remedy One(int number, string target, Instant begun, RemedyState state, string alert = "a-main", int opening = 0) =>
        new($"r{number}", number, "pool", "v", alert, opening, "payments", target, Rule().Action, RemedyLevel.Approve, "", begun) { State = state, BegunAt = begun, EndedAt = begun + Duration.FromMinutes(1) };

    private static RemedyBook Book(params Remedy[] remedies) => remedies.Aggregate(RemedyBook.None, (book, r) => book.With(r));

    [Fact]
    public void Limit_OfEachKind_SaysWhich()
    {
        var ago = Now - Duration.FromMinutes(30);
        Assert.Null(RemedyRules.Limit(Book(), Rule(), "main", 20, Now));
        Assert.Equal("It began 3 within an hour; 3 may.", RemedyRules.Limit(Book(One(1, "a", ago, RemedyState.Helped), One(2, "a", ago, RemedyState.Helped), One(3, "a", ago, RemedyState.Failed)), Rule(), "main", 20, Now));
        Assert.Equal("All rules together began 1 within an hour; 1 may.", RemedyRules.Limit(Book(One(1, "a", ago, RemedyState.Helped)), Rule(), "main", 1, Now));
        Assert.Equal("2 are under way; 2 may be at once.", RemedyRules.Limit(Book(One(1, "a", ago, RemedyState.Running), One(2, "a", ago, RemedyState.Watching)), Rule(), "a", 20, Now));
        Assert.Equal("It would be target number 3 within an hour; 2 may: more is no longer one fault.", RemedyRules.Limit(Book(One(1, "a", ago, RemedyState.Helped), One(2, "b", ago, RemedyState.Helped)), Rule(), "main", 20, Now));
        Assert.Equal("It cools down: main was worked on at 2026-11-19T02:55:00Z, the next time after 10m.", RemedyRules.Limit(Book(One(1, "main", Now - Duration.FromMinutes(5), RemedyState.Helped)), Rule(), "main", 20, Now));
    }

    [Fact]
    public void Limit_Stopped_SaysWhy()
    {
        var all = RemedyBook.None with { Stops = RemedyBook.None.Stops.Add("", new("We deploy.", "ada", Now)) };
        Assert.Equal("Remediation is stopped: We deploy.", RemedyRules.Limit(all, Rule(), "main", 20, Now));
        Assert.Null(RemedyRules.Limit(RemedyBook.None with { Stops = RemedyBook.None.Stops.Add("other", new("x", "ada", Now)) }, Rule(), "main", 20, Now));
    }

    [Fact]
    public void Limit_InAnyOrderOfTries_IsNeverBroken() => Prop.ForAll(Gen.ListOf(Gen.Choose(0, 5).SelectMany(_ => Gen.Choose(0, 3), (minutes, target) => (Minutes: minutes, Target: $"t{target}"))).ToArbitrary(), tries =>
    {
        var (book, rule, at, number) = (RemedyBook.None, Rule(), Now, 0);
        foreach (var (minutes, target) in tries)
        {
            at += Duration.FromMinutes(minutes);
            // What is under way ends after seven minutes.
            book = book with { All = book.All.ToImmutableDictionary(r => r.Key, r => r.Value.State == RemedyState.Watching && r.Value.BegunAt + Duration.FromMinutes(7) <= at ? r.Value with { State = RemedyState.Helped } : r.Value) };
            if (RemedyRules.Limit(book, rule, target, 20, at) is null) book = book.With(One(++number, target, at, RemedyState.Watching));
            var hour = book.All.Values.Where(r => r.BegunAt > at - Duration.FromHours(1)).ToArray();
            if (hour.Length > rule.Limits.PerHour || hour.Select(r => r.Target).Distinct(StringComparer.Ordinal).Count() > rule.Limits.Targets) return false;
            if (book.All.Values.Count(r => r.State == RemedyState.Watching) > rule.Limits.AtOnce) return false;
            if (book.All.Values.GroupBy(r => r.Target).Any(g => g.Select(r => r.BegunAt!.Value).Order().ToArray() is var times && times.Zip(times.Skip(1)).Any(p => p.Second - p.First < rule.Limits.CoolDown))) return false;
        }

        return true;
    }).Hold();

    [Fact]
    public void Concerns_AnAlert_OnlyWhileItFiresUnheldAndNobodySaidNo()
    {
        var rule = Rule();
        Assert.True(RemedyRules.Concerns(Book(), rule, Firing(), Now));
        Assert.False(RemedyRules.Concerns(Book(), rule, Firing() with { EndedAt = Now }, Now));
        Assert.False(RemedyRules.Concerns(Book(), rule, Firing() with { InhibitedBy = "x" }, Now));
        Assert.False(RemedyRules.Concerns(Book(), rule, Firing() with { MutedBy = "x" }, Now));
        Assert.False(RemedyRules.Concerns(Book(), rule, Firing() with { StartedAt = Now - Duration.FromSeconds(59) }, Now));
        Assert.False(RemedyRules.Concerns(Book(One(1, "main", Now, RemedyState.Rejected)), rule, Firing(), Now));
        Assert.True(RemedyRules.Concerns(Book(One(1, "main", Now, RemedyState.Rejected)), rule, Firing(reopened: 1), Now));
        Assert.False(RemedyRules.Concerns(Book(One(1, "main", Now, RemedyState.Proposed)), rule, Firing(), Now));
    }

    [Fact]
    public void GivesUp_AfterSoManyFailures_OrWhenItIsBackTooSoon()
    {
        var ago = Now - Duration.FromMinutes(20);
        Assert.Null(RemedyRules.GivesUp(Book(One(1, "main", ago, RemedyState.Failed)), Rule(), Firing(), Now));
        Assert.Equal("It still fires after 2 tries.", RemedyRules.GivesUp(Book(One(1, "main", ago, RemedyState.Failed), One(2, "main", ago, RemedyState.Failed)), Rule(), Firing(), Now));
        Assert.Equal("It is back within 1h after it helped.", RemedyRules.GivesUp(Book(One(1, "main", ago, RemedyState.Helped)), Rule(), Firing(reopened: 1), Now));
        Assert.Null(RemedyRules.GivesUp(Book(One(1, "main", Now - Duration.FromHours(2), RemedyState.Helped)), Rule(), Firing(reopened: 1), Now));
    }

    [Theory]
    [InlineData("0", true, "free is 0, at most 0.")]
    [InlineData("3", false, "free is 3, not at most 0.")]
    [InlineData("0 %", true, "free is 0, at most 0.")]
    public void Judge_ALabel_ShowsTheArithmetic(string free, bool holds, string words) => Assert.Equal((holds, words), Rule().Label!.Judge(Firing(free: free)));

    [Fact]
    public void Judge_ALabelThatIsNoNumber_IsUnknown() => Assert.Null(Rule().Label!.Judge(Firing(free: "many")));

    [Theory]
    [InlineData("trigger: {}\n  action: { command: { name: x } }", "It is triggered by every alert. Write alertName:, match: or services:.")]
    [InlineData("trigger: { alertName: A }\n  action: { query: { objective: a, below: 1 } }", "This action changes nothing, so it mends nothing. Write what is done.")]
    [InlineData("trigger: { alertName: A }", "This field is missing. Write what is done: http, command, chat or runbook.")]
    [InlineData("trigger: { alertName: A }\n  condition: { label: x }\n  action: { command: { name: x } }", "It does not say with what the label is compared. Write exactly one of above, atLeast, below and atMost, with a number.")]
    public void Read_ARuleThatIsNone_SaysWhatToWrite(string spec, string words) =>
        Assert.Contains(Read($"apiVersion: nines/v1\nkind: Remediation\nmetadata: {{ name: a }}\nspec:\n  {spec}\n").Problems, p => p.IsError && $"{p.What} {p.Remedy}" == words);

    [Fact]
    public void Read_TheShippedExamples_HaveNoError_AndOnlySuggest()
    {
        var set = Read(RemediationExamples.Text);
        Assert.DoesNotContain(set.Problems, p => p.IsError);
        Assert.Equal(["certificate-expiring", "connection-pool-exhausted", "disk-usage-high", "pod-crash-loop"], set.Of<RemediationRule>().Select(r => r.Name).Order(StringComparer.Ordinal));
        Assert.All(set.Of<RemediationRule>(), r => Assert.Equal(RemedyLevel.Suggest, r.Ceiling));
        Assert.DoesNotContain(Read(new RemediationKind().Example).Problems, p => p.IsError);
    }

    [Fact]
    public void Fold_OfARemedy_CountsTrustByAction_AndSurvivesASnapshot()
    {
        var fold = new RemedyBookFold();
        var book = RemedyBook.None;
        var minute = 0;
        void Apply(object happened) => book = fold.Apply(book, new Recorded(new(minute + 1, new("remedy", "r"), 1, "", Now + Duration.FromMinutes(minute++), "", 0, null, default), happened));
        RemedyProposed Proposed(string id, string version) => new(id, 1, "pool", version, "a-main", 0, "payments", "main", Rule().Action, RemedyLevel.Suggest, "because", "");
        Apply(Proposed("r1", "v1"));
        Apply(new RemedyBegun("r1", "c1", "ada"));
        Apply(new RemedyDone("r1", "HTTP 200", Now + Duration.FromHours(1)));
        Apply(new RemedyJudged("r1", true, "It is over."));
        Apply(new RemedyHeldBack("pool", "a-other", "It cools down."));
        Apply(new RemedyEscalated("pool", "a-main", 0, "payments", "main", "It is back."));
        Apply(new RemediationStopped("", "We deploy.", "ada"));
        Assert.Equal((1, 0), (book.TrustOf("pool", "v1").Successes, book.TrustOf("pool", "v2").Successes));
        Assert.Equal(fold.Save(book).ToArray(), fold.Save(fold.Load(fold.Save(book))).ToArray());
        // Another action begins anew.
        Apply(new RemediationStarted("", "ada"));
        Apply(Proposed("r2", "v2"));
        Apply(new RemedyBegun("r2", "c2", "ada"));
        Apply(new RemedyJudged("r2", false, "It could not be done."));
        Assert.Equal((0, 1), (book.TrustOf("pool", "v2").Successes, book.TrustOf("pool", "v2").Failures));
        Assert.Null(book.StopOf("pool"));
    }
}
