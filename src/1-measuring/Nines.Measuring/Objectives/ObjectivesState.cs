using System.Collections.Immutable;
using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>An alert of the past or present, for lists and charts.</summary>
/// <param name="Severity">How loud.</param>
/// <param name="Start">When it fired, or was first held back.</param>
/// <param name="End">When it ended; null while it stands.</param>
/// <param name="Held">What held it back; null for one that fired.</param>
/// <param name="Reason">The arithmetic.</param>
public sealed record AlertRecord(BurnSeverity Severity, Instant Start, Instant? End, SuppressedBy? Held, string Reason);

/// <summary>What the journal says about one objective.</summary>
/// <param name="Alerts">Where its alerts and budget stand.</param>
/// <param name="History">Its last alerts, oldest first.</param>
public sealed record ObjectiveRecord(AlertState Alerts, ImmutableArray<AlertRecord> History)
{
    // What lists and charts show; older ones are in the objective's stream.
    private const int MostKept = 100;

    /// <summary>Before anything happened.</summary>
    public static ObjectiveRecord Fresh { get; } = new(new(), []);

    /// <summary>True while something stands that only an evaluation could end.</summary>
    internal bool Stands => Alerts is { Page.Phase: not AlertPhase.Ok } or { Ticket.Phase: not AlertPhase.Ok } or { Absence: not null } or { BelowQuarter: true } or { BelowZero: true };

    /// <summary>Nothing stands any more; what was stays in the history.</summary>
    internal ObjectiveRecord Over(Instant at) => new(new(), [.. History.Select(h => h.End is null ? h with { End = at } : h)]);

    internal ObjectiveRecord Begin(AlertRecord record) =>
        this with { History = (History.Length >= MostKept ? History.RemoveAt(0) : History).Add(record) };

    internal ObjectiveRecord End(BurnSeverity severity, bool held, Instant? at)
    {
        for (var i = History.Length - 1; i >= 0; i--)
            if (History[i].Severity == severity && History[i].Held is not null == held)
                return this with { History = History.SetItem(i, History[i] with { End = at }) };
        return this;
    }
}

/// <summary>The room's state: every objective's alerts and budget state, as the journal tells them.</summary>
/// <param name="ByName">By objective.</param>
public sealed record ObjectivesState(ImmutableDictionary<string, ObjectiveRecord> ByName)
{
    /// <summary>Before anything happened.</summary>
    public static ObjectivesState None { get; } = new(ImmutableDictionary<string, ObjectiveRecord>.Empty);

    /// <summary>What must be ended of objectives that are no longer measured: removed with their SLO, or dropped from it by an edit.</summary>
    public IEnumerable<ObjectiveRemoved> Removed(ObjectiveSet set, Instant now) =>
        ByName.Where(o => o.Value.Stands && set.Find(o.Key) is null).OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => new ObjectiveRemoved(o.Key, now));

    /// <summary>What is known of an objective.</summary>
    public ObjectiveRecord Of(string objective) => ByName.GetValueOrDefault(objective, ObjectiveRecord.Fresh);
}

/// <summary>Folds what the engine told.</summary>
public sealed class ObjectivesFold : Fold<ObjectivesState>
{
    /// <inheritdoc />
    public override string Room => "objectives";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override ObjectivesState Empty => ObjectivesState.None;

    /// <inheritdoc />
    public override ObjectivesState Apply(ObjectivesState state, in Recorded happened) => happened.Event switch
    {
        BurnAlertFired e => Put(state, e.Objective, r => Fired(r, e)),
        BurnAlertReopened e => Put(state, e.Objective, r => With(r, e.Severity, s => s with { Phase = AlertPhase.Firing, SinceMs = Ms(e.At), Reason = e.Reason }).End(e.Severity, false, null)),
        BurnAlertEnded e => Put(state, e.Objective, r => With(r, e.Severity, s => s with { Phase = AlertPhase.Ok, SinceMs = Ms(e.At), EndedMs = Ms(e.At), Reason = "" }).End(e.Severity, false, e.At)),
        BurnAlertSuppressed e => Put(state, e.Objective, r => With(r, e.Severity, s => s with { Phase = AlertPhase.Suppressed, SinceMs = Ms(e.At), Reason = e.Reason }).Begin(new(e.Severity, e.At, null, e.By, e.Reason))),
        BurnSuppressionEnded e => Put(state, e.Objective, r => With(r, e.Severity, s => s with { Phase = AlertPhase.Ok, SinceMs = Ms(e.At), Reason = "" }).End(e.Severity, true, e.At)),
        BudgetCrossed e => Put(state, e.Objective, r => r with { Alerts = e.Threshold > 0 ? r.Alerts with { BelowQuarter = true } : r.Alerts with { BelowZero = true } }),
        BudgetStateChanged e => Put(state, e.Objective, r => r with { Alerts = Changed(r.Alerts, e) }),
        AbsenceStarted e => Put(state, e.Objective, r => r with { Alerts = r.Alerts with { Absence = new(e.Cause, e.Severity, e.Since, e.Reason) } }),
        ObjectiveRemoved e => Put(state, e.Objective, r => r.Over(e.At)),
        AbsenceEnded e => Put(state, e.Objective, r => r with { Alerts = r.Alerts with { Absence = null } }),
        _ => state,
    };

    private static ObjectivesState Put(ObjectivesState state, string objective, Func<ObjectiveRecord, ObjectiveRecord> change) =>
        new(state.ByName.SetItem(objective, change(state.Of(objective))));

    private static ObjectiveRecord Fired(ObjectiveRecord record, BurnAlertFired e) =>
        With(record, e.Severity, s => new(AlertPhase.Firing, Ms(e.At), e.Alert, s.EndedMs, (long)e.ReopenWithin.TotalMilliseconds, e.Reason))
            .Begin(new(e.Severity, e.At, null, null, e.Reason));

    private static AlertState Changed(AlertState alerts, BudgetStateChanged e) => alerts with
    {
        Budget = e.To,
        BelowQuarter = alerts.BelowQuarter && e.Remaining < 0.30,
        BelowZero = alerts.BelowZero && e.Remaining < ErrorBudget.Thawed,
    };

    private static ObjectiveRecord With(ObjectiveRecord record, BurnSeverity severity, Func<SeverityState, SeverityState> change) => record with
    {
        Alerts = severity == BurnSeverity.Page
            ? record.Alerts with { Page = change(record.Alerts.Page) }
            : record.Alerts with { Ticket = change(record.Alerts.Ticket) },
    };

    private static long Ms(Instant at) => at.ToUnixTimeMilliseconds();
}
