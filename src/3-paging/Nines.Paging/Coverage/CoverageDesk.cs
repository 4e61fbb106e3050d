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

    /// <summary>
    /// The differences of <see cref="Plan"/> without its report: what the change does not touch is not worked out, and what
    /// it leaves alone of both sides is worked out once.
    /// </summary>
    public IReadOnlyList<CoverageDifference> Differences(HouseState state, ManifestSet next, Instant from, Instant until)
    {
        var now = manifests.For(state);
        var touched = new CoverageTouched(now, next);
        var (reach, reachAfter) = (Reaches(state, now), Reaches(state, next));
        var known = plans.Of(now, p => reach(p.Name) != Reach.None).ToDictionary(p => (p.Service, p.Severity));
        CalledPlan[] after = [.. plans.Of(next, p => reachAfter(p.Name) != Reach.None).Where(p => known.TryGetValue((p.Service, p.Severity), out var before) && touched.Plan(before, p))];
        if (after.Length == 0) return [];
        var shifts = new SourceShifts(new(now, state.Get<ScheduleBook>()), from, until);
        var shiftsAfter = new SourceShifts(new(next, state.Get<ScheduleBook>()), from, until, name => touched.Schedule(name) ? null : shifts.OfSchedule(name));
        return CoverageReports.Differences(
            CoverageReports.Of(after.Select(p => known[(p.Service, p.Severity)]), shifts.Of, reach, from, until),
            CoverageReports.Of(after, shiftsAfter.Of, reachAfter, from, until));
    }

    private CoverageReport Report(HouseState state, ManifestSet all, Instant from, Instant until)
    {
        var reach = Reaches(state, all);
        return CoverageReports.Of(plans.Of(all, p => reach(p.Name) != Reach.None), new SourceShifts(new(all, state.Get<ScheduleBook>()), from, until).Of, reach, from, until);
    }

    /// <summary>How well people can be reached, by the manifests given.</summary>
    private Func<string, Reach> Reaches(HouseState state, ManifestSet all)
    {
        var reaches = new Dictionary<string, Reach>(StringComparer.Ordinal);
        var (before, after) = (CatalogView.Of(manifests.For(state)), CatalogView.Of(all));
        return handle =>
        {
            if (!reaches.TryGetValue(handle, out var found)) reaches[handle] = found = Judge(state, before.Person(handle), after.Person(handle));
            return found;
        };
    }

    private Reach Judge(HouseState state, Person? before, Person? after)
    {
        if (after is null) return Reach.None;
        // A planned person has no id yet; the one that events know them by tells what was verified.
        var all = contacts.Of(state, after with { Id = before?.Id ?? after.Id });
        return all.Count == 0 ? Reach.None : all.Any(c => c.Verified) ? Reach.Verified : Reach.Unverified;
    }
}
