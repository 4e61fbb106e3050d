using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Coverage;

namespace Nines.Paging.Shadowing;

/// <summary>What would still be missing if people were called by Nines from now on. Pure.</summary>
internal static class ShadowMissing
{
    // A week has each shift once; fewer pages than this prove little.
    private const int EnoughRows = 10;
    private const int MostFaults = 20;

    /// <summary>Findings, the worst first; none where nothing speaks against switching over.</summary>
    /// <param name="modes">What is in shadow mode.</param>
    /// <param name="book">What was heard.</param>
    /// <param name="rows">What was compared.</param>
    /// <param name="coverage">Who would be woken over the time ahead.</param>
    /// <param name="all">The catalog.</param>
    public static IReadOnlyList<Problem> Of(IReadOnlyList<ShadowMode> modes, ShadowBook book, IReadOnlyList<ShadowRow> rows, CoverageReport coverage, ManifestSet all)
    {
        var found = new List<Problem>();
        foreach (var mode in modes)
        {
            if (!book.Last.ContainsKey(mode.Name))
                found.Add(Problem.Finding($"Nothing has been heard of {mode.Title} yet, so there is nothing to compare.", $"Let it call /in/shadow/{mode.Name}, or bring its log: nines oncall shadow-import {mode.Name} FILE."));
            var strangers = book.Outside.Values.Where(p => p.Mode == mode.Name).SelectMany(p => p.Called).Where(c => c.Person.Length == 0 && c.Outside.Length > 0).Select(c => c.Outside).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            if (strangers.Length > 0) found.Add(Problem.Finding($"{mode.Title} called {CoverageWords.Names(strangers)}, whom the catalog does not know.", "Write a Person for each, or name them under people: of the ShadowMode."));
            var unknown = book.Outside.Values.Where(p => p.Mode == mode.Name && p.Service.Length == 0 && p.Named.Length > 0).Select(p => p.Named).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            if (unknown.Length > 0) found.Add(Problem.Finding($"{mode.Title} paged about {CoverageWords.Names(unknown)}, which the catalog does not know.", "Write a Service for each, or name them under services: of the ShadowMode."));
        }

        var open = rows.Count(r => r.Verdict is ShadowVerdict.Another or ShadowVerdict.OnlyOutside);
        if (open > 0) found.Add(Problem.Finding($"{open} {(open == 1 ? "page has" : "pages have")} a difference that would leave somebody asleep.", "Each row says why; the latest are the ones to mend."));
        if (rows.Count(r => r.Verdict != ShadowVerdict.Waiting) < EnoughRows) found.Add(Problem.Finding($"Fewer than {EnoughRows} pages were compared in this time.", "Wait for more, look at a longer time, or bring the other pager's log."));
        found.AddRange(Uncovered(modes, coverage, all));
        return found;
    }

    private static IEnumerable<Problem> Uncovered(IReadOnlyList<ShadowMode> modes, CoverageReport coverage, ManifestSet all)
    {
        var catalog = CatalogView.Of(all);
        return coverage.Services.Where(s => s.Service.Length > 0 && modes.Any(m => m.Covers(s.Service, catalog.Service(s.Service)?.Service.OwnerTeam)))
            .SelectMany(s => s.Faults.Select(f => (Fault: f, s.Service))).GroupBy(f => (f.Fault.Kind, f.Fault.Level, When: CoverageWords.When(f.Fault.Stretches), People: string.Join(',', f.Fault.People)))
            .OrderBy(g => g.Key.Kind).Take(MostFaults)
            .Select(g => Problem.Finding(CoverageWords.Of(g.First().Fault, CoverageWords.Names([.. g.Select(s => s.Service).Distinct(StringComparer.Ordinal)])), CoverageWords.Remedy(g.Key.Kind)));
    }
}
