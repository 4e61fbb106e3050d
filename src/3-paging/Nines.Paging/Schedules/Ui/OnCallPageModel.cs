using Nines.Catalog;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Paging.Schedules.Ui;

/// <summary>All that the list of schedules shows.</summary>
/// <param name="All">Every schedule.</param>
/// <param name="Table">Those that the filter left.</param>
/// <param name="Query">The filter and order.</param>
/// <param name="Services">Who is called first for each service.</param>
/// <param name="Catalog">People.</param>
public sealed record OnCallPageModel(
    IReadOnlyList<ScheduleSummary> All, TableRows<ScheduleSummary> Table, TableQuery Query, IReadOnlyList<(string Service, IReadOnlyList<OnCallLevel> Levels)> Services, CatalogView Catalog)
{
    /// <summary>Services that are listed; the others have their own pages.</summary>
    public const int MostServices = 100;

    /// <summary>The answer in words.</summary>
    public IReadOnlyList<Phrase> Headline(Reader reader)
    {
        if (All.Count == 0) return ["Nobody is on call by a schedule. Whoever owns a service is called."];
        var uncovered = All.Where(s => s.People.Count == 0).ToArray();
        if (uncovered.Length > 0)
            return [Phrase.Bold($"Nobody is on call for {string.Join(", ", uncovered.Take(3).Select(s => s.DisplayName))}{(uncovered.Length > 3 ? $" and {uncovered.Length - 3} more" : "")}"), "."];
        var gap = All.Where(s => s.NextGap is not null).MinBy(s => s.NextGap);
        if (gap is not null) return [Phrase.Bold("Somebody is on call everywhere"), $" now; the first gap is {gap.DisplayName} ", Phrase.Time(gap.NextGap!.Value, TimeForm.Sentence, reader), "."];
        return All.Count == 1
            ? [Phrase.Bold($"{People(All[0].People)} {(All[0].People.Count == 1 ? "is" : "are")} on call"), $" for {All[0].DisplayName}; no gap in the next 90 days."]
            : [Phrase.Bold("Somebody is on call everywhere"), $", in {Figures.Of(All.Count, "schedule")}; no gap in the next 90 days."];
    }

    /// <summary>People as they are called.</summary>
    public string People(IReadOnlyList<string> handles) => handles.Count == 0 ? "nobody" : string.Join(", ", handles.Select(h => Catalog.Person(h)?.DisplayName ?? h));

    /// <summary>Far enough to be no news.</summary>
    public static bool IsFar(Instant at, Instant now) => at - now > Duration.FromDays(300);
}
