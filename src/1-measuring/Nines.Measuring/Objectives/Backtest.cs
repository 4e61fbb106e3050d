using Nines.Measuring.Indicators;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>A stretch in which a condition held, or an alert stood.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Policy">Its policy.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Start">The first minute that held.</param>
/// <param name="End">The first quiet minute; null while it still holds.</param>
public sealed record BacktestCondition(string Objective, string Policy, BurnSeverity Severity, Instant Start, Instant? End);

/// <summary>An alert as people would have got it: joined per severity, re-opened, guarded.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Policy">Its policy.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Start">When it fired.</param>
/// <param name="End">The end of its last stretch; null while it still fires.</param>
/// <param name="Suppressed">True where it was held back.</param>
/// <param name="Reason">The arithmetic.</param>
/// <param name="Reopened">When it re-opened instead of firing again.</param>
/// <param name="DetectedAfter">From the first minute that burned to the alert; null for absence.</param>
/// <param name="ResetAfter">From the last minute that burned to the alert's end; null while it stands.</param>
/// <param name="BudgetSpent">Share of the budget spent from the first minute that burned until the alert fired.</param>
public sealed record BacktestAlert(
    string Objective, string Policy, BurnSeverity Severity, Instant Start, Instant? End, bool Suppressed, string Reason, IReadOnlyList<Instant> Reopened,
    Duration? DetectedAfter, Duration? ResetAfter, double? BudgetSpent);

/// <summary>What was left at a time.</summary>
public sealed record BacktestBudget(string Objective, Instant At, double Remaining);

/// <summary>What a backtest says (contract.md).</summary>
public sealed record BacktestResult(
    IReadOnlyList<BacktestCondition> Conditions, IReadOnlyList<BacktestAlert> Alerts, IReadOnlyList<BacktestBudget> Budget);

/// <summary>
/// Runs the engine itself on a simulated clock: the caller adds what came up to a full minute, then closes that
/// minute; every objective is evaluated there.
/// </summary>
public sealed class Backtest
{
    private readonly ObjectiveSet _set;
    private readonly Evaluation _now = new();
    private readonly List<object> _news = [];
    private readonly Dictionary<(string, BurnSeverity), Instant> _holding = [];
    private readonly Dictionary<(string, BurnSeverity), int> _standing = [];
    private readonly Dictionary<(string, BurnSeverity), int> _held = [];
    private readonly List<BacktestCondition> _conditions = [];
    private readonly List<BacktestAlert> _alerts = [];
    private readonly List<BacktestBudget> _budget = [];
    private readonly Dictionary<string, Instant> _lastBudget = [];
    private readonly Duration _budgetStep;
    private long _fromMs = long.MinValue;

    /// <summary>Begins with a set of objectives.</summary>
    /// <param name="objectives">What is evaluated.</param>
    /// <param name="budgetStep">Distance of two budget figures; an hour when omitted.</param>
    public Backtest(IReadOnlyList<Objective> objectives, Duration? budgetStep = null)
    {
        _set = new(new());
        Problems = _set.Replace(objectives);
        _budgetStep = budgetStep ?? Duration.FromHours(1);
    }

    /// <summary>What is wrong with the objectives.</summary>
    public IReadOnlyList<Kernel.Problem> Problems { get; }

    /// <summary>Where what came is added: the same door as live.</summary>
    public IndicatorBook Book => _set.Book;

    /// <summary>What is evaluated.</summary>
    public ObjectiveSet Objectives => _set;

    /// <summary>Conditions, alerts and budgets that end before a time are left out; what stands then is kept with its start.</summary>
    public void ReportFrom(long unixMs) => _fromMs = unixMs;

    /// <summary>Evaluates everything at a full minute.</summary>
    /// <param name="minute">The minute that ends; its end is the time of the evaluation.</param>
    public void Close(long minute)
    {
        foreach (var watched in _set.All)
        {
            var absence = AbsenceRule.Judge(watched, Book, Minute.EndMs(minute));
            Evaluator.Evaluate(watched, Minute.EndMs(minute), _now);
            var next = BurnAlerts.Step(watched, watched.Alerts, _now, absence, _news);
            if (next.Verdicts != watched.Alerts.Verdicts) NoteConditions(watched, next.Verdicts);
            watched.Alerts = next;
            if (_news.Count > 0) NoteNews(watched, minute);
            NoteBudget(watched);
        }
    }

    /// <summary>The result so far; what still holds has no end.</summary>
    public BacktestResult Result()
    {
        foreach (var watched in _set.All) AddLastBudget(watched);
        var open = _holding.Select(h => new BacktestCondition(h.Key.Item1, PolicyOf(h.Key.Item1), h.Key.Item2, h.Value, null));
        var from = _fromMs == long.MinValue ? Instant.MinValue : Instant.FromUnixTimeMilliseconds(_fromMs);
        return new(
            [.. _conditions.Concat(open).Where(c => c.End is null || c.End >= from).OrderBy(c => c.Start)],
            [.. _alerts.Where(a => a.End is null || a.End >= from)],
            [.. _budget.Where(b => b.At >= from)]);
    }

    private void AddLastBudget(WatchedObjective watched)
    {
        if (!_lastBudget.TryGetValue(watched.Objective.Name, out var at) || at == _now.At) return;
        Evaluator.Evaluate(watched, _now.AtMs, _now);
        if (_now.HasData) _budget.Add(new(watched.Objective.Name, _now.At, _now.Remaining));
    }

    private void NoteConditions(WatchedObjective watched, ulong verdicts)
    {
        foreach (var severity in (ReadOnlySpan<BurnSeverity>)[BurnSeverity.Page, BurnSeverity.Ticket])
        {
            var holds = false;
            for (var i = 0; i < watched.Plan.Rules.Count; i++)
                holds |= watched.Plan.Rules[i].Severity == severity && (verdicts >> i & 1) != 0;
            var key = (watched.Objective.Name, severity);
            if (holds) _ = _holding.TryAdd(key, _now.At);
            else if (_holding.Remove(key, out var start)) _conditions.Add(new(key.Name, watched.Objective.Policy.Name, severity, start, _now.At));
        }
    }

    private void NoteNews(WatchedObjective watched, long minute)
    {
        foreach (var happened in _news)
        {
            switch (happened)
            {
                case BurnAlertFired e:
                    _standing[(e.Objective, e.Severity)] = _alerts.Count;
                    _alerts.Add(Begun(watched, minute, e.Policy, e.Severity, false, e.Reason));
                    break;
                case BurnAlertReopened e when _standing.TryGetValue((e.Objective, e.Severity), out var at):
                    _alerts[at] = _alerts[at] with { End = null, ResetAfter = null, Reopened = [.. _alerts[at].Reopened, e.At] };
                    break;
                case BurnAlertEnded e when _standing.TryGetValue((e.Objective, e.Severity), out var at):
                    _alerts[at] = _alerts[at] with { End = e.At, ResetAfter = SinceImpact(watched, minute) };
                    break;
                case BurnAlertSuppressed e:
                    _held[(e.Objective, e.Severity)] = _alerts.Count;
                    _alerts.Add(Begun(watched, minute, e.Policy, e.Severity, true, e.Reason));
                    break;
                case BurnSuppressionEnded e when _held.Remove((e.Objective, e.Severity), out var at):
                    _alerts[at] = _alerts[at] with { End = e.At };
                    break;
            }
        }

        _news.Clear();
    }

    private BacktestAlert Begun(WatchedObjective watched, long minute, string policy, BurnSeverity severity, bool suppressed, string reason)
    {
        var objective = watched.Objective;
        var start = Impact.Start(watched, minute);
        return new(
            objective.Name, policy, severity, _now.At, null, suppressed, reason, [],
            start is { } began ? Duration.FromMinutes(minute + 1 - began) : null, null, start is { } first ? SpentSince(watched, first, _now.AtMs) : null);
    }

    /// <summary>Share of the budget spent since a minute; of a composite's members weight × share is added (semantics.md 11).</summary>
    private static double SpentSince(WatchedObjective watched, long minute, long nowMs)
    {
        var spent = 0d;
        foreach (var part in watched.Parts)
        {
            var cursor = default(EdgeCursor);
            var allowed = part.Objective.Budget * Evaluator.SumsOf(part, nowMs).Expected;
            if (allowed > 0) spent += part.Weight * Math.Max(0, part.Reader.Stream.Since(minute, 0, ref cursor).Bad) / allowed;
        }

        return spent;
    }

    private static Duration? SinceImpact(WatchedObjective watched, long minute) =>
        Impact.End(watched, minute) is { } last ? Duration.FromMinutes(minute - last) : null;

    private void NoteBudget(WatchedObjective watched)
    {
        if (!_now.HasData) return;
        var name = watched.Objective.Name;
        if (_lastBudget.TryGetValue(name, out var last) && _now.At - last < _budgetStep) return;
        _lastBudget[name] = _now.At;
        _budget.Add(new(name, _now.At, _now.Remaining));
    }

    private string PolicyOf(string objective) => _set.Find(objective)!.Objective.Policy.Name;
}
