using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Paging.Schedules;

/// <summary>A schedule's manifest was taken: its rotations go on from whoever is on call, in the same commit.</summary>
internal sealed class OnScheduleApplied(CompiledManifests manifests) : Reaction<ManifestApplied>
{
    protected override void React(ManifestApplied happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.Kind != "Schedule" || happened.ApiVersion != "nines/v1") return;
        var all = manifests.For(deciding.State);
        if (all.Find<Schedule>(happened.Name) is not { } schedule) return;
        foreach (var kept in KeptRotations.Of(schedule, all, deciding.State.Get<ScheduleBook>(), deciding.Now))
            deciding.Write(new("schedule", schedule.Name), kept);
    }
}
