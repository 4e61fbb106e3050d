using System.Runtime.CompilerServices;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>
/// The findings of schedules as manifests give them, without overrides: kept as long as neither the schedule nor what they
/// need of its people changes, because every change of manifests asks anew.
/// </summary>
internal static class FindingsOfSchedules
{
    private static readonly ConditionalWeakTable<Schedule, Known> Kept = [];

    public static IReadOnlyList<RotaFinding> Of(Schedule schedule, ManifestSet all)
    {
        var second = schedule.Secondary is { } name && name != schedule.Name ? all.Find<Schedule>(name) : null;
        var isSecond = all.Of<Schedule>().Any(s => s.Secondary == schedule.Name);
        var people = string.Join('|', schedule.People.Concat(second?.People ?? []).Distinct(StringComparer.Ordinal).Select(p => $"{p} {Facts(all, p)}"));
        if (Kept.TryGetValue(schedule, out var known) && known.People == people && known.IsSecond == isSecond && ReferenceEquals(known.Second, second)) return known.Findings;
        var named = schedule.Layers.Concat(second?.Layers ?? []).Any(l => l.Calendar is not null) ? PeopleByName.Of(CatalogView.Of(all)) : null;
        // Somebody unknown is a finding of its own; the others are found as if they were there.
        var findings = RotaFindings.Of(new(schedule, _ => true, named: named), second is null ? null : new(second, _ => true, named: named), isSecond, p => Facts(all, p), From(schedule));
        Kept.AddOrUpdate(schedule, new(people, isSecond, second, findings));
        return findings;
    }

    /// <param name="all">The manifests.</param>
    /// <param name="handle">Whom.</param>
    /// <param name="reaches">Says who can be reached; a manifest knows no browsers that people signed up themselves.</param>
    public static RotaPerson? Facts(ManifestSet all, string handle, Func<Person, bool>? reaches = null) =>
        all.Find<Person>(handle) is { } person ? new(person.Zone, reaches?.Invoke(person) ?? person.Contacts.Count > 0) : null;

    /// <summary>A manifest knows no present time: from when all of its layers have begun, its own order is what is judged.</summary>
    private static Instant From(Schedule schedule) => schedule.Layers.Where(l => !l.Shadow && l.Until is null)
        .Select(l => LocalClock.Begins(l.Zone ?? schedule.Zone, l.Rotation?.Start is { } start ? l.From is { } from && from > start ? from : start : l.From ?? new(2026, 1, 1, 0, 0)))
        .DefaultIfEmpty(Instant.FromUtc(2026, 1, 1, 0, 0)).Max();

    private sealed record Known(string People, bool IsSecond, Schedule? Second, IReadOnlyList<RotaFinding> Findings);
}
