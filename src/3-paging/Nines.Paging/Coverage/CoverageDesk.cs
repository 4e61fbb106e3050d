using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Paging.Coverage;

/// <summary>Makes the coverage proof of a house, as it is or as a change would make it: the one use case behind every door.</summary>
public sealed class CoverageDesk(CompiledManifests manifests, ICalledPlans plans, IContactBook contacts)
{
    /// <summary>Who would be woken as things are.</summary>
    public CoverageReport Report(HouseState state, Instant from, Instant until) => Report(state, manifests.For(state), from, until);

    /// <summary>Who would be woken after a change, and where that differs from today.</summary>
    public CoveragePlan Plan(HouseState state, ManifestSet next, Instant from, Instant until)
    {
        var report = Report(state, next, from, until);
        return new(report, CoverageReports.Differences(Report(state, from, until), report));
    }

    private CoverageReport Report(HouseState state, ManifestSet all, Instant from, Instant until)
    {
        var rotas = new RotaSet(all, state.Get<ScheduleBook>());
        var shifts = new SourceShifts(rotas, from, until);
        var reaches = new Dictionary<string, Reach>(StringComparer.Ordinal);
        var (before, after) = (CatalogView.Of(manifests.For(state)), CatalogView.Of(all));
        return CoverageReports.Of(plans.Of(all, person => ReachOf(person.Name) != Reach.None), shifts.Of, ReachOf, from, until);

        Reach ReachOf(string handle)
        {
            if (!reaches.TryGetValue(handle, out var found)) reaches[handle] = found = Judge(state, before.Person(handle), after.Person(handle));
            return found;
        }
    }

    private Reach Judge(HouseState state, Person? before, Person? after)
    {
        if (after is null) return Reach.None;
        // A planned person has no id yet; the one that events know them by tells what was verified.
        var all = contacts.Of(state, after with { Id = before?.Id ?? after.Id });
        return all.Count == 0 ? Reach.None : all.Any(c => c.Verified) ? Reach.Verified : Reach.Unverified;
    }
}
