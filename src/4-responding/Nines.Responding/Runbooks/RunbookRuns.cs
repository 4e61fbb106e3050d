using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Runbooks;

/// <summary>How often a runbook was used, and what came of it. Drills count nowhere.</summary>
/// <param name="Runbook">Which.</param>
public sealed record RunbookUse(string Runbook)
{
    /// <summary>Runs that ended.</summary>
    public int Ended => Helped + NotHelped + Abandoned;

    /// <summary>Runs that began.</summary>
    public int Uses { get; init; }

    /// <summary>Those that helped.</summary>
    public int Helped { get; init; }

    /// <summary>Those that did not.</summary>
    public int NotHelped { get; init; }

    /// <summary>Those that were given up.</summary>
    public int Abandoned { get; init; }

    /// <summary>When it was used last; null for never.</summary>
    public Instant? LastAt { get; init; }

    /// <summary>When somebody said that it is right; null for never.</summary>
    public Instant? ReviewedAt { get; init; }

    /// <summary>Who said so; empty for nobody.</summary>
    public string ReviewedBy { get; init; } = "";

    /// <summary>How long the last uses of each step took, in milliseconds.</summary>
    public ImmutableSortedDictionary<string, ImmutableList<long>> Took { get; init; } = ImmutableSortedDictionary.Create<string, ImmutableList<long>>(StringComparer.Ordinal);

    /// <summary>The middle of a step's durations; null where nobody did it.</summary>
    public Duration? Median(string step) =>
        Took.TryGetValue(step, out var all) && all.Order().ToArray() is { Length: > 0 } sorted ? Duration.FromMilliseconds((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2) : null;
}

/// <summary>Every run that is kept, and what runbooks came to.</summary>
/// <param name="All">By id.</param>
/// <param name="Closed">Ids of those that are over, the oldest first.</param>
/// <param name="Use">By runbook.</param>
/// <param name="Numbers">The last number given.</param>
public sealed record RunbookRuns(
    ImmutableDictionary<string, RunbookRun> All, ImmutableList<string> Closed, ImmutableSortedDictionary<string, RunbookUse> Use, int Numbers)
{
    /// <summary>So many that are over stay in memory; older ones are in the journal.</summary>
    public const int ClosedKept = 500;

    /// <summary>No run yet.</summary>
    public static RunbookRuns None { get; } = new(ImmutableDictionary<string, RunbookRun>.Empty, [], ImmutableSortedDictionary.Create<string, RunbookUse>(StringComparer.Ordinal), 0);

    /// <summary>Those that are not over, the oldest first.</summary>
    public IEnumerable<RunbookRun> Open => All.Count == Closed.Count ? [] : All.Values.Where(r => r.Open).OrderBy(r => r.Number);

    /// <summary>The journal's stream of a run.</summary>
    public static StreamName StreamOf(string id) => new("run", id);

    /// <summary>The run of that id or number (<c>RUN-3</c>, <c>3</c>); null for none.</summary>
    public RunbookRun? Find(string name)
    {
        if (All.TryGetValue(name, out var run)) return run;
        var digits = name.StartsWith("RUN-", StringComparison.OrdinalIgnoreCase) ? name[4..] : name;
        return int.TryParse(digits, out var number) ? All.Values.FirstOrDefault(r => r.Number == number) : null;
    }

    /// <summary>What a runbook came to.</summary>
    public RunbookUse UseOf(string runbook) => Use.GetValueOrDefault(runbook) ?? new(runbook);

    internal RunbookRuns With(RunbookRun run) => this with { All = All.SetItem(run.Id, run), Numbers = Math.Max(Numbers, run.Number) };

    internal RunbookRuns Change(string id, Func<RunbookRun, RunbookRun> change) => All.TryGetValue(id, out var run) ? With(change(run)) : this;

    internal RunbookRuns Count(string runbook, Func<RunbookUse, RunbookUse> change) => this with { Use = Use.SetItem(runbook, change(UseOf(runbook))) };

    internal RunbookRuns Close(string id, Func<RunbookRun, RunbookRun> change, Func<RunbookUse, RunbookUse> count)
    {
        if (!All.TryGetValue(id, out var run) || !run.Open) return this;
        var next = With(change(run)) with { Closed = Closed.Add(id) };
        if (!run.Drill) next = next.Count(run.Runbook, count);
        return next.Closed.Count <= ClosedKept ? next : next with { All = next.All.Remove(next.Closed[0]), Closed = next.Closed.RemoveAt(0) };
    }
}

/// <summary>Folds runs.</summary>
public sealed class RunbookRunsFold : Fold<RunbookRuns>
{
    // The middle of a step's durations is that of its last uses: runbooks change.
    private const int TookKept = 50;

    /// <inheritdoc />
    public override string Room => "runbooks";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override RunbookRuns Empty => RunbookRuns.None;

    /// <inheritdoc />
    public override RunbookRuns Apply(RunbookRuns state, in Recorded happened)
    {
        var at = happened.Entry.At;
        return happened.Event switch
        {
            RunStarted e => Start(state, e, at),
            StepCalled e => state.Change(e.Id, r => r with { Call = e.Call, Shown = "" }),
            StepShown e => state.Change(e.Id, r => r.Call == e.Call ? r with { Shown = e.Observed } : r),
            StepEnded e => End(state, e, at),
            OptionChosen e => state.Change(e.Id, r => r.Open && r.Plan.Option(e.Option) is { } option ? Move(r, RunPosition.Of(option), at) with { Chosen = r.Chosen.Add(e.Option) } : r),
            RunEscalationDue e => state.Change(e.Id, r => r with { Escalated = true }),
            RunFinished e => state.Close(e.Id, r => Over(r, at, e.Note) with { Helped = e.Helped }, u => e.Helped ? u with { Helped = u.Helped + 1 } : u with { NotHelped = u.NotHelped + 1 }),
            RunAbandoned e => state.Close(e.Id, r => Over(r, at, e.Reason), u => u with { Abandoned = u.Abandoned + 1 }),
            RunbookReviewed e => state.Count(e.Runbook, u => u with { ReviewedAt = at, ReviewedBy = e.By }),
            RunbookUsed e => state.Count(e.Runbook, u => Used(u, e, at)),
            _ => state,
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(RunbookRuns state) =>
        JsonSerializer.SerializeToUtf8Bytes(new Kept([.. state.All.Values.OrderBy(r => r.Number)], [.. state.Closed], [.. state.Use.Values], state.Numbers), HouseJson.Options);

    /// <inheritdoc />
    public override RunbookRuns Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of runs is empty.");
        return new(kept.All.ToImmutableDictionary(r => r.Id), [.. kept.Closed], kept.Use.ToImmutableSortedDictionary(u => u.Runbook, u => u, StringComparer.Ordinal), kept.Numbers);
    }

    private static RunbookRuns Start(RunbookRuns state, RunStarted e, Instant at)
    {
        var (stage, step) = RunPosition.First(e.Plan);
        var next = state.With(new()
        {
            Id = e.Id,
            Number = e.Number,
            Runbook = e.Runbook,
            Title = e.Title,
            Plan = e.Plan,
            Incident = e.Incident,
            Alert = e.Alert,
            Labels = e.Labels,
            Drill = e.Drill,
            By = e.By,
            StartedAt = at,
            Stage = stage,
            Step = step,
            StepAt = at,
        });
        return e.Drill ? next : next.Count(e.Runbook, u => u with { Uses = u.Uses + 1, LastAt = at });
    }

    private static RunbookRuns End(RunbookRuns state, StepEnded e, Instant at)
    {
        if (!state.All.TryGetValue(e.Id, out var run) || !run.Open) return state;
        var records = run.Records.Add(new(e.Step, e.Outcome, e.Observed, e.By, run.StepAt, at, e.Call));
        if (records.Count > RunbookRun.RecordsMost) records = records.RemoveAt(0);
        var next = state.With(Move(run, RunPosition.After(run.Plan, e.Step, e.Outcome), at) with { Records = records });
        if (run.Drill || e.Outcome == StepOutcome.Skipped) return next;
        return next.Count(run.Runbook, u => Timed(u, e.Step, (long)(at - run.StepAt).TotalMilliseconds));
    }

    private static RunbookUse Used(RunbookUse use, RunbookUsed e, Instant at)
    {
        use = use with
        {
            Uses = use.Uses + 1,
            LastAt = at,
            Helped = use.Helped + (e.Helped == true ? 1 : 0),
            NotHelped = use.NotHelped + (e.Helped == false ? 1 : 0),
            Abandoned = use.Abandoned + (e.Helped is null ? 1 : 0),
        };
        return e.Took.Aggregate(use, (u, step) => Timed(u, step.Key, step.Value));
    }

    private static RunbookUse Timed(RunbookUse use, string step, long ms)
    {
        var took = use.Took.GetValueOrDefault(step, []).Add(ms);
        return use with { Took = use.Took.SetItem(step, took.Count > TookKept ? took.RemoveAt(0) : took) };
    }

    private static RunbookRun Move(RunbookRun run, (RunStage Stage, string Step) to, Instant at) => run with { Stage = to.Stage, Step = to.Step, StepAt = at, Call = "", Shown = "" };

    private static RunbookRun Over(RunbookRun run, Instant at, string note) => Move(run, (RunStage.Over, ""), at) with { EndedAt = at, Note = note };

    private sealed record Kept(RunbookRun[] All, string[] Closed, RunbookUse[] Use, int Numbers);
}
