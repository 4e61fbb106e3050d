using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using NodaTime;

namespace Nines.Alerting.Silences;

/// <summary>What is left of error budgets, for silences that are bounded by them.</summary>
public sealed class SilenceBudgets(ObjectiveQueries objectives)
{
    /// <summary>What is left of each budget that some matchers hide now; objectives without data are left out.</summary>
    public IReadOnlyDictionary<string, double> HiddenBy(IReadOnlyList<string> texts, AlertBook book, Instant now)
    {
        var matchers = SilenceRules.Read(texts, new List<Problem>());
        var hidden = book.All.Values.Where(a => a.Firing && matchers.TrueForAll(m => m.Matches(a.Labels))).Select(a => a.Service).ToHashSet(StringComparer.Ordinal);
        return Left(now, o => SilenceBreaks.Hides(matchers, o.Name, o.Service, hidden));
    }

    /// <summary>What is left of some budgets.</summary>
    public IReadOnlyDictionary<string, double> Of(IReadOnlySet<string> names, Instant now) => Left(now, o => names.Contains(o.Name));

    private Dictionary<string, double> Left(Instant now, Func<ObjectiveStatus, bool> which)
    {
        var left = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var status in objectives.All(now))
            if (status.Budget.Remaining is { } remaining && which(status)) left[status.Name] = remaining;
        return left;
    }
}
