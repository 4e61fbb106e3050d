using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>What a change of a schedule would come to, before it is made.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="New">True where there is none of that name yet.</param>
/// <param name="Now">Who is on call now.</param>
/// <param name="NowAfter">Who would be.</param>
/// <param name="From">From when it was compared.</param>
/// <param name="Until">Until when.</param>
/// <param name="Changes">Where others would be on call.</param>
/// <param name="Gaps">Where nobody would be, and somebody is now.</param>
public sealed record SchedulePreview(
    string Schedule, bool New, IReadOnlyList<string> Now, IReadOnlyList<string> NowAfter, Instant From, Instant Until,
    IReadOnlyList<Changed> Changes, IReadOnlyList<Changed> Gaps)
{
    /// <summary>Previews every schedule among some documents.</summary>
    /// <param name="now">The house as it is.</param>
    /// <param name="book">What was decided beside manifests.</param>
    /// <param name="read">The documents, compiled.</param>
    /// <param name="at">The present time.</param>
    /// <param name="ahead">How far to look.</param>
    public static Outcome<IReadOnlyList<SchedulePreview>> Of(ManifestSet now, ScheduleBook book, IReadOnlyList<CompiledManifest> read, Instant at, Duration ahead)
    {
        var keys = read.Select(r => r.Key).ToHashSet();
        var next = ManifestSet.Build(now.All.Where(m => !keys.Contains(m.Key)).Concat(read), whole: true);
        Problem[] problems = [.. keys.SelectMany(next.ProblemsOf)];
        if (problems.Any(p => p.IsError)) return Outcome<IReadOnlyList<SchedulePreview>>.Failed(problems);
        Schedule[] schedules = [.. read.Select(r => r.Spec).OfType<Schedule>()];
        if (schedules.Length == 0) return Problem.Invalid("There is no Schedule in this.", "Send at least one document of kind Schedule.");
        return Outcome<IReadOnlyList<SchedulePreview>>.Of([.. schedules.Select(s => One(now, next, book, s, at, at + ahead))], problems);
    }

    private static SchedulePreview One(ManifestSet now, ManifestSet next, ScheduleBook book, Schedule schedule, Instant from, Instant until)
    {
        var before = now.Find<Schedule>(schedule.Name) is { } old ? RotaSet.Prepare(old, CatalogView.Of(now), book) : null;
        // The rotations go on as they will once the manifest is taken.
        var kept = KeptRotations.Of(schedule, next, book, from).Aggregate(book, (b, k) => b with { Rotations = b.Rotations.SetItem(ScheduleBook.KeyOf(k.Schedule, k.Layer), k) });
        var after = RotaSet.Prepare(schedule, CatalogView.Of(next), kept);
        IReadOnlyList<Shift> was = before?.Between(from, until) ?? [new(schedule.Name, from, until, [], "", "")];
        var changes = RotaDiff.Of(was, after.Between(from, until));
        return new(
            schedule.Name, before is null, was[0].People, after.At(from).People, from, until, changes,
            [.. changes.Where(c => c.After.Count == 0)]);
    }
}
