using System.Collections.Immutable;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>A drill that somebody had.</summary>
/// <param name="Run">The run.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Drill">Name of the drill.</param>
/// <param name="Title">What it was called.</param>
/// <param name="Role">What they did in it.</param>
/// <param name="At">When it ended.</param>
/// <param name="Score">What it came to; null where nothing could be measured.</param>
public sealed record DrillHad(string Run, string Name, string Drill, string Title, DrillRole Role, Instant At, int? Score);

/// <summary>Every drill that is kept, and who had which.</summary>
/// <param name="All">Runs by id.</param>
/// <param name="Ended">Ids of those that are over, the oldest first.</param>
/// <param name="Had">The drills that each person had, by opaque id, the oldest first.</param>
/// <param name="Spins">What the wheel chose last for each person, by opaque id.</param>
/// <param name="Numbers">The last number given.</param>
public sealed record DrillBook(
    ImmutableDictionary<string, DrillRun> All, ImmutableList<string> Ended, ImmutableDictionary<string, ImmutableList<DrillHad>> Had, ImmutableDictionary<string, WheelSpun> Spins, int Numbers)
{
    /// <summary>So many that are over stay in memory; older ones are in the journal.</summary>
    public const int EndedKept = 500;

    /// <summary>So many of each person stay in the record.</summary>
    public const int HadKept = 100;

    /// <summary>No drill yet.</summary>
    public static DrillBook None { get; } = new(
        ImmutableDictionary<string, DrillRun>.Empty, [], ImmutableDictionary<string, ImmutableList<DrillHad>>.Empty, ImmutableDictionary<string, WheelSpun>.Empty, 0);

    /// <summary>Those under way, the oldest first.</summary>
    public IEnumerable<DrillRun> Open => All.Values.Where(r => r.Open).OrderBy(r => r.Start.Number);

    /// <summary>The run of that id or number (<c>DR-4</c>, <c>4</c>); null for none.</summary>
    public DrillRun? Find(string name)
    {
        if (All.TryGetValue(name, out var run)) return run;
        var digits = name.StartsWith("DR-", StringComparison.OrdinalIgnoreCase) ? name[3..] : name;
        return int.TryParse(digits, out var number) ? All.Values.FirstOrDefault(r => r.Start.Number == number) : null;
    }

    /// <summary>The run that called somebody by a message; null for none.</summary>
    public (DrillRun Run, string Inject)? OfCall(string effect)
    {
        foreach (var run in Open)
            if (run.Came.Find(c => c.Calls.Exists(k => k.Effect == effect)) is { } came) return (run, came.Inject.Key);
        return null;
    }

    /// <summary>When somebody had each drill last, other than leading it.</summary>
    public IReadOnlyDictionary<string, Instant> LastOf(string person) => Had.GetValueOrDefault(person, [])
        .Where(h => h.Role != DrillRole.Leader).GroupBy(h => h.Drill).ToDictionary(g => g.Key, g => g.Max(h => h.At), StringComparer.Ordinal);

    internal DrillBook With(DrillRun run) => this with { All = All.SetItem(run.Id, run), Numbers = Math.Max(Numbers, run.Start.Number) };

    internal DrillBook Change(string id, Func<DrillRun, DrillRun> change) => All.TryGetValue(id, out var run) ? With(change(run)) : this;

    /// <summary>It is over: the oldest that is over is left to the journal where there are too many.</summary>
    internal DrillBook End(string id, Func<DrillRun, DrillRun> change)
    {
        if (!All.TryGetValue(id, out var run) || !run.Open) return this;
        var next = With(change(run)) with { Ended = Ended.Add(id) };
        return next.Ended.Count <= EndedKept ? next : next with { All = next.All.Remove(next.Ended[0]), Ended = next.Ended.RemoveAt(0) };
    }

    /// <summary>It was scored: it counts for everybody in it.</summary>
    internal DrillBook Record(string id, int? score, IReadOnlyList<ScoreItem> items, Instant at)
    {
        if (!All.TryGetValue(id, out var run)) return this;
        var had = run.Start.People.Aggregate(Had, (all, p) =>
        {
            var list = all.GetValueOrDefault(p.Person, []).Add(new(run.Id, run.Name, run.Start.Drill, run.Start.Title, p.Role, at, score));
            return all.SetItem(p.Person, list.Count > HadKept ? list.RemoveAt(0) : list);
        });
        return With(run with { Score = score, Items = [.. items] }) with { Had = had };
    }
}
