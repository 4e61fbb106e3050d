using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>Which rotations of a changed schedule go on otherwise than they are known to.</summary>
public static class KeptRotations
{
    /// <summary>One for each rotation that is new or has changed.</summary>
    public static IEnumerable<RotationKept> Of(Schedule schedule, ManifestSet all, ScheduleBook book, Instant now)
    {
        var catalog = CatalogView.Of(all);
        foreach (var layer in schedule.Layers.Where(l => l.Rotation is { Slots.Count: > 0 }))
        {
            var before = book.RotationOf(schedule.Name, layer.Name);
            var kept = RotationKeeping.Keep(schedule.Name, layer, layer.Zone ?? schedule.Zone, handle => catalog.Person(handle)?.Id ?? handle, before, now);
            if (before is null || !RotationKeeping.Same(before, kept)) yield return kept;
        }
    }
}
