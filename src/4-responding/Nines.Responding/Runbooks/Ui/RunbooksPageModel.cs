using Nines.Shell.Components;

namespace Nines.Responding.Runbooks.Ui;

/// <summary>All that the list of runbooks shows.</summary>
public sealed record RunbooksPageModel(IReadOnlyList<RunbookView> All, TableRows<RunbookView> Table, TableQuery Query, IReadOnlyList<RunView> OpenRuns, IReadOnlyList<RunbookGap> Missing)
{
    /// <summary>Rows of the table; a filter reaches the others.</summary>
    public const int Most = 200;

    /// <summary>Rows of the list of what is missing.</summary>
    public const int MostMissing = 10;

    /// <summary>The answer in words.</summary>
    public IReadOnlyList<Phrase> Headline
    {
        get
        {
            var stale = All.Count(r => r.Freshness != "fresh");
            var first = All.Count == 0 ? (IReadOnlyList<Phrase>)["No runbook so far"] : stale == 0 ? [Phrase.Bold("Every runbook is fresh")] : [Phrase.Bold($"{stale} of {Figures.Of(All.Count, "runbook")}"), stale == 1 ? " was not looked through of late" : " were not looked through of late"];
            return Missing.Count == 0 ? [.. first, "."] : [.. first, "; ", Phrase.Bold(Figures.Of(Missing.Count, "alert")), Missing.Count == 1 ? " has none." : " have none."];
        }
    }
}
