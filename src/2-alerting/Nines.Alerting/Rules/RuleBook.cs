using System.Collections.Immutable;
using Nines.Kernel;

namespace Nines.Alerting.Rules;

/// <summary>What the journal knows about a rule.</summary>
/// <param name="Firing">Its last firing; null while it is quiet.</param>
/// <param name="Learnt">The hours that were learnt, the oldest first.</param>
public sealed record RuleRecord(RuleFired? Firing, ImmutableList<LearntHour> Learnt)
{
    /// <summary>Before anything happened.</summary>
    public static RuleRecord None { get; } = new(null, []);
}

/// <summary>Every rule that ever fired or learnt.</summary>
/// <param name="Rules">By name.</param>
public sealed record RuleBook(ImmutableSortedDictionary<string, RuleRecord> Rules)
{
    /// <summary>Nothing yet.</summary>
    public static RuleBook None { get; } = new(ImmutableSortedDictionary.Create<string, RuleRecord>(StringComparer.Ordinal));

    /// <summary>What is known about a rule.</summary>
    public RuleRecord Of(string rule) => Rules.GetValueOrDefault(rule, RuleRecord.None);
}

/// <summary>Folds the rules' events.</summary>
public sealed class RuleBookFold : Fold<RuleBook>
{
    /// <inheritdoc />
    public override string Room => "rules";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override RuleBook Empty => RuleBook.None;

    /// <inheritdoc />
    public override RuleBook Apply(RuleBook state, in Recorded happened) => happened.Event switch
    {
        RuleFired e => Put(state, e.Rule, state.Of(e.Rule) with { Firing = e }),
        RuleEnded e => Put(state, e.Rule, state.Of(e.Rule) with { Firing = null }),
        RuleHourLearnt e => Put(state, e.Rule, Learn(state.Of(e.Rule), e)),
        _ => state,
    };

    private static RuleBook Put(RuleBook state, string rule, RuleRecord record) => new(state.Rules.SetItem(rule, record));

    private static RuleRecord Learn(RuleRecord record, RuleHourLearnt e)
    {
        var learnt = record.Learnt.RemoveAll(h => h.Hour == e.Hour || h.Hour <= e.Hour - RuleBaseline.HoursKept).Add(new(e.Hour, e.Value));
        return record with { Learnt = learnt };
    }
}
