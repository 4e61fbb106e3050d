using Nines.Paging.Escalations;

namespace Nines.Paging.Coverage;

/// <summary>Where the people of a level come from: a schedule, or names.</summary>
/// <param name="Schedule">The schedule; null where <paramref name="People"/> are named.</param>
/// <param name="People">Handles; none where a schedule says who.</param>
/// <param name="Hours">The hours of the week in which it counts; null for always.</param>
/// <param name="Outside">True where it counts outside these hours instead.</param>
public sealed record LevelSource(string? Schedule, IReadOnlyList<string> People, StepHours? Hours = null, bool Outside = false)
{
    /// <summary>True where nothing about it changes with time.</summary>
    public bool Fixed => Schedule is null && Hours is null;

    /// <summary>People by name.</summary>
    public static LevelSource Of(IReadOnlyList<string> people) => new(null, people);

    /// <summary>Whoever a schedule has on call.</summary>
    public static LevelSource Of(string schedule) => new(schedule, []);
}

/// <summary>One level of a page: everybody who is called at the same time.</summary>
/// <param name="Sources">Where its people come from.</param>
public sealed record LevelPlan(IReadOnlyList<LevelSource> Sources);

/// <summary>Who is called for a service and a severity, whatever the time.</summary>
/// <param name="Service">The service; empty for alerts that name none.</param>
/// <param name="Severity"><c>page</c> or <c>ticket</c>.</param>
/// <param name="Policy">What decides, as people read it: <c>payments</c>, or why there is none.</param>
/// <param name="Levels">First to last.</param>
public sealed record CalledPlan(string Service, string Severity, string Policy, IReadOnlyList<LevelPlan> Levels)
{
    /// <summary>The same for plans that call alike.</summary>
    internal string Key() => string.Join('\n', Levels.Select(l => string.Join('\t', l.Sources.Select(s => $"{(s.Schedule is { } name ? "@" + name : string.Join(',', s.People))} {s.Hours?.Key()}{s.Outside}"))));
}
