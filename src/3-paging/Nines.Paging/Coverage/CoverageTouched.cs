using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Paging.Schedules;

namespace Nines.Paging.Coverage;

/// <summary>What a change of manifests can touch of who is woken: whatever it leaves alone is the same object in both. Pure.</summary>
/// <param name="before">All manifests as they are.</param>
/// <param name="after">All as they would be.</param>
internal sealed class CoverageTouched(ManifestSet before, ManifestSet after)
{
    // Somebody who comes, goes or has other contacts may be named anywhere.
    private readonly bool _people = !before.Of<Person>().SequenceEqual(after.Of<Person>(), ReferenceEqualityComparer.Instance);

    /// <summary>True where a schedule may have other people than before.</summary>
    public bool Schedule(string name) => _people || !ReferenceEquals(before.Find<Schedule>(name), after.Find<Schedule>(name));

    /// <summary>True where a plan may wake somebody else than before.</summary>
    public bool Plan(CalledPlan then, CalledPlan now) =>
        _people || then.Key() != now.Key() || now.Levels.Any(l => l.Sources.Any(s => s.Schedule is { } name && Schedule(name)));
}
