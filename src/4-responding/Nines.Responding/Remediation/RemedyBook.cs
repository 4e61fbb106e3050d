using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>Remediation is stopped.</summary>
/// <param name="Reason">Why.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">When.</param>
public sealed record RemedyStop(string Reason, string By, Instant At);

/// <summary>Why a rule does nothing about an alert although it would.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Alert">The alert.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">Since when.</param>
public sealed record RemedyHold(string Rule, string Alert, string Reason, Instant At);

/// <summary>Every remedy that is kept, how far rules are trusted, and what is stopped.</summary>
public sealed record RemedyBook
{
    /// <summary>So many that are over stay in memory; older ones are in the journal.</summary>
    public const int ClosedKept = 500;

    private const int HoldsKept = 200;

    /// <summary>By id.</summary>
    public ImmutableDictionary<string, Remedy> All { get; init; } = ImmutableDictionary<string, Remedy>.Empty;

    /// <summary>Ids of those that are over, the oldest first.</summary>
    public ImmutableList<string> Closed { get; init; } = [];

    /// <summary>How far rules are trusted.</summary>
    public ImmutableSortedDictionary<string, RemedyTrust> Trust { get; init; } = RemedyTrust.Nobody;

    /// <summary>What is stopped, by rule; the empty name stands for all.</summary>
    public ImmutableSortedDictionary<string, RemedyStop> Stops { get; init; } = ImmutableSortedDictionary.Create<string, RemedyStop>(StringComparer.Ordinal);

    /// <summary>What is held back, by rule and alert.</summary>
    public ImmutableSortedDictionary<string, RemedyHold> Holds { get; init; } = ImmutableSortedDictionary.Create<string, RemedyHold>(StringComparer.Ordinal);

    /// <summary>Openings of alerts that rules gave up on: rule, alert and opening to when.</summary>
    public ImmutableSortedDictionary<string, Instant> GaveUp { get; init; } = ImmutableSortedDictionary.Create<string, Instant>(StringComparer.Ordinal);

    /// <summary>The last number given.</summary>
    public int Numbers { get; init; }

    /// <summary>No remedy yet.</summary>
    public static RemedyBook None { get; } = new();

    /// <summary>The journal's stream of a remedy.</summary>
    public static StreamName StreamOf(string id) => new("remedy", id);

    /// <summary>Those that are not over, the oldest first.</summary>
    public IEnumerable<Remedy> Open => All.Count == Closed.Count ? [] : All.Values.Where(r => r.Open).OrderBy(r => r.Number);

    /// <summary>Why nothing of a rule is done; null where it is not stopped.</summary>
    public RemedyStop? StopOf(string rule) => Stops.GetValueOrDefault("") ?? (rule.Length > 0 ? Stops.GetValueOrDefault(rule) : null);

    /// <summary>How far a rule with this action is trusted.</summary>
    public RemedyTrust TrustOf(string rule, string version) => Trust.GetValueOrDefault(rule) is { } known && known.Version == version ? known : RemedyTrust.None(rule, version);

    /// <summary>The remedy of that id or number (<c>REM-4</c>, <c>4</c>); null for none.</summary>
    public Remedy? Find(string name)
    {
        if (All.TryGetValue(name, out var remedy)) return remedy;
        var digits = name.StartsWith("REM-", StringComparison.OrdinalIgnoreCase) ? name[4..] : name;
        return int.TryParse(digits, out var number) ? All.Values.FirstOrDefault(r => r.Number == number) : null;
    }

    internal static string KeyOf(string rule, string alert, int opening) => $"{rule}/{alert}/{opening}";

    internal RemedyBook With(Remedy remedy) => this with { All = All.SetItem(remedy.Id, remedy), Numbers = Math.Max(Numbers, remedy.Number), Holds = Holds.Remove($"{remedy.Rule}/{remedy.Alert}") };

    internal RemedyBook Change(string id, Func<Remedy, Remedy> change) => All.TryGetValue(id, out var remedy) ? this with { All = All.SetItem(id, change(remedy)) } : this;

    internal RemedyBook Close(string id, Func<Remedy, Remedy> change)
    {
        if (!All.TryGetValue(id, out var remedy) || !remedy.Open) return this;
        var next = Change(id, change) with { Closed = Closed.Add(id) };
        return next.Closed.Count <= ClosedKept ? next : next with { All = next.All.Remove(next.Closed[0]), Closed = next.Closed.RemoveAt(0) };
    }

    internal RemedyBook Hold(RemedyHold hold)
    {
        var next = Holds.SetItem($"{hold.Rule}/{hold.Alert}", hold);
        return this with { Holds = next.Count <= HoldsKept ? next : next.Remove(next.Values.MinBy(h => h.At) is var oldest ? $"{oldest!.Rule}/{oldest.Alert}" : "") };
    }
}

/// <summary>Folds remedies.</summary>
public sealed class RemedyBookFold : Fold<RemedyBook>
{
    private const int GaveUpKept = 500;

    /// <inheritdoc />
    public override string Room => "remediation";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override RemedyBook Empty => RemedyBook.None;

    /// <inheritdoc />
    public override RemedyBook Apply(RemedyBook state, in Recorded happened)
    {
        var at = happened.Entry.At;
        return happened.Event switch
        {
            RemedyProposed e => state.With(new(e.Id, e.Number, e.Rule, e.Version, e.Alert, e.Opening, e.Service, e.Target, e.Action, e.Level, e.Reason, at) { Incident = e.Incident, Plan = e.Plan }),
            RemedyBegun e => state.Change(e.Id, r => r with { State = RemedyState.Running, Call = e.Call, By = e.By, BegunAt = at }),
            RemedyStepBegun e => state.Change(e.Id, r => r with { Call = e.Call, Steps = r.Steps.Add(new(e.Step, e.Call, at)) }),
            RemedyStepEnded e => state.Change(e.Id, r => r with { Steps = [.. r.Steps.Select(s => s.Call == e.Call ? s with { EndedAt = at, Verdict = e.Verdict, Observed = e.Observed } : s)] }),
            RemedyDone e => state.Change(e.Id, r => r with { State = RemedyState.Watching, DoneAt = at, JudgedBy = e.JudgedBy, Observed = e.Observed }),
            RemedyJudged e => Judge(state, e, at),
            RemedyRejected e => state.Close(e.Id, r => r with { State = RemedyState.Rejected, By = e.By, EndedAt = at, Observed = e.Reason }),
            RemedyLapsed e => state.Close(e.Id, r => r with { State = RemedyState.Lapsed, EndedAt = at, Observed = e.Reason }),
            RemedyHeldBack e => state.Hold(new(e.Rule, e.Alert, e.Reason, at)),
            RemedyEscalated e => GiveUp(state, e, at),
            RemediationStopped e => state with { Stops = state.Stops.SetItem(e.Rule, new(e.Reason, e.By, at)) },
            RemediationStarted e => state with { Stops = state.Stops.Remove(e.Rule) },
            _ => state,
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(RemedyBook state) => JsonSerializer.SerializeToUtf8Bytes(
        new Kept([.. state.All.Values.OrderBy(r => r.Number)], [.. state.Closed], [.. state.Trust.Values], state.Stops.ToDictionary(), [.. state.Holds.Values], state.GaveUp.ToDictionary(), state.Numbers), HouseJson.Options);

    /// <inheritdoc />
    public override RemedyBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of remedies is empty.");
        return RemedyBook.None with
        {
            All = kept.All.ToImmutableDictionary(r => r.Id),
            Closed = [.. kept.Closed],
            Trust = kept.Trust.ToImmutableSortedDictionary(t => t.Rule, t => t, StringComparer.Ordinal),
            Stops = kept.Stops.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Holds = kept.Holds.ToImmutableSortedDictionary(h => $"{h.Rule}/{h.Alert}", h => h, StringComparer.Ordinal),
            GaveUp = kept.GaveUp.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Numbers = kept.Numbers,
        };
    }

    private static RemedyBook Judge(RemedyBook state, RemedyJudged e, Instant at)
    {
        if (!state.All.TryGetValue(e.Id, out var remedy) || !remedy.Open) return state;
        var next = state.Close(e.Id, r => r with { State = e.Helped ? RemedyState.Helped : RemedyState.Failed, EndedAt = at, Observed = r.Observed.Length > 0 ? $"{e.Reason}\n{r.Observed}" : e.Reason });
        return next with { Trust = next.Trust.SetItem(remedy.Rule, next.TrustOf(remedy.Rule, remedy.Version).Count(e.Helped)) };
    }

    private static RemedyBook GiveUp(RemedyBook state, RemedyEscalated e, Instant at)
    {
        var gaveUp = state.GaveUp.SetItem(RemedyBook.KeyOf(e.Rule, e.Alert, e.Opening), at);
        return state with { GaveUp = gaveUp.Count <= GaveUpKept ? gaveUp : gaveUp.Remove(gaveUp.MinBy(g => g.Value).Key) };
    }

    private sealed record Kept(Remedy[] All, string[] Closed, RemedyTrust[] Trust, Dictionary<string, RemedyStop> Stops, RemedyHold[] Holds, Dictionary<string, Instant> GaveUp, int Numbers);
}
