using Nines.Paging.Schedules;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Paging.Coverage;

/// <summary>What is wrong with one or several services, in words.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="What">The sentence.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record FaultLine(FaultKind Kind, string What, string Remedy);

/// <summary>Coverage as sentences. Pure.</summary>
public static class CoverageWords
{
    /// <summary>What a fault is, for one service or several.</summary>
    public static string Of(CoverageFault fault, string services) => fault.Kind switch
    {
        FaultKind.Gap => $"Nobody would be woken for {services} {When(fault.Stretches)}; only the last resort is left.",
        FaultKind.Unverified => $"For {services} only contacts that were never verified would be tried, those of {Names(fault.People)}, {When(fault.Stretches)}.",
        FaultKind.EmptyLevel => $"Level {fault.Level} for {services} has nobody {When(fault.Stretches)}; the next level is called at once.",
        _ => $"Level {fault.Level} for {services} calls people without a contact, {Names(fault.People)}, {When(fault.Stretches)}.",
    };

    /// <summary>What to do about it.</summary>
    public static string Remedy(FaultKind kind) => kind switch
    {
        FaultKind.Gap => "Cover the time in the schedule, name a further level, or give the people contacts.",
        FaultKind.Unverified => "Let them verify a contact: nines contact verify.",
        FaultKind.EmptyLevel => "Cover the time in the schedule where the level is meant to be called.",
        _ => "Add contacts to their manifests, or take them off the schedule.",
    };

    /// <summary>What a change does to one service.</summary>
    public static string Of(CoverageDifference difference)
    {
        var first = difference.Changes[0];
        var level = Enumerable.Range(0, Math.Max(first.Before.Count, first.After.Count)).First(i => !People(first.Before, i).SequenceEqual(People(first.After, i), StringComparer.Ordinal));
        var stretches = difference.Changes.Select(c => new Stretch(c.From, c.Until)).ToArray();
        return $"Somebody else is woken for {Name(difference.Service)} {When(stretches)}; at first level {level + 1} is {Names(People(first.After, level))} instead of {Names(People(first.Before, level))}.";
    }

    /// <summary>Everything that is wrong in a report, the worst first; services that lack the same are one line.</summary>
    public static IReadOnlyList<FaultLine> Lines(CoverageReport report) => [.. report.Services
        .SelectMany(s => s.Faults.Where(f => !IsPartOfAGap(f, s)).Select(f => (Fault: f, Name: Name(s.Service))))
        .GroupBy(f => (f.Fault.Kind, f.Fault.Level, When: When(f.Fault.Stretches), People: string.Join(',', f.Fault.People)))
        .OrderBy(g => g.Key.Kind).ThenBy(g => g.First().Fault.Stretches[0].From)
        .Select(g => new FaultLine(g.Key.Kind, Of(g.First().Fault, Names([.. g.Select(f => f.Name).Distinct(StringComparer.Ordinal)])), Remedy(g.Key.Kind)))];

    // Where nobody at all would be woken, that each of the levels is empty says nothing more.
    private static bool IsPartOfAGap(CoverageFault fault, ServiceCoverage service) =>
        fault.Kind == FaultKind.EmptyLevel && service.Faults.FirstOrDefault(f => f.Kind == FaultKind.Gap) is { } gap && fault.Stretches.SequenceEqual(gap.Stretches);

    /// <summary>Who is called, level by level.</summary>
    public static string Levels(IReadOnlyList<IReadOnlyList<string>> levels) =>
        levels.Count == 0 ? "nobody" : string.Join(" → ", levels.Select(l => l.Count == 0 ? "nobody" : string.Join(", ", l)));

    /// <summary>A service in a sentence.</summary>
    public static string Name(string service) => service.Length > 0 ? service : "alerts without a service";

    /// <summary>Several services in a sentence, at most three by name.</summary>
    public static string Names(IReadOnlyList<string> services, int most = 3) => services.Count switch
    {
        0 => "nobody",
        1 => services[0],
        _ when services.Count <= most => $"{string.Join(", ", services.Take(services.Count - 1))} and {services[^1]}",
        _ => $"{string.Join(", ", services.Take(most))} and {services.Count - most} more",
    };

    /// <summary>When, in words: one stretch whole, of several the first and how many there are.</summary>
    public static string When(IReadOnlyList<Stretch> stretches)
    {
        var first = $"from {Time(stretches[0].From)} to {Time(stretches[0].Until)}";
        if (stretches.Count == 1) return first;
        var length = stretches.Aggregate(Duration.Zero, (sum, s) => sum + (s.Until - s.From));
        return $"{first} and {stretches.Count - 1} more {(stretches.Count == 2 ? "time" : "times")}, {Figures.Span(length).Replace('\u00a0', ' ')} in all";
    }

    /// <summary>A time in UTC, to the minute.</summary>
    public static string Time(Instant at) => at.ToString("yyyy-MM-dd HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> People(IReadOnlyList<IReadOnlyList<string>> levels, int level) => level < levels.Count ? levels[level] : [];
}
