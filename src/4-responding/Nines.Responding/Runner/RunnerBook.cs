using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Runner;

/// <summary>One call.</summary>
/// <param name="Id">Its id.</param>
/// <param name="About">What it belongs to.</param>
/// <param name="Action">What is done.</param>
/// <param name="By">Who approved it; empty for nobody.</param>
/// <param name="AskedAt">When.</param>
public sealed record RunnerCall(string Id, string About, RunnerAction Action, string By, Instant AskedAt)
{
    /// <summary>True where it is never done again, not even what only reads.</summary>
    public bool Once { get; init; }

    /// <summary>Since when it may have been done; null before, and for what only reads.</summary>
    public Instant? BeganAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>How it ended; null before.</summary>
    public RunnerVerdict? Verdict { get; init; }

    /// <summary>What came out; empty before.</summary>
    public string Observed { get; init; } = "";

    /// <summary>How long it took, in milliseconds.</summary>
    public long TookMs { get; init; }
}

/// <summary>Calls that are under way, and the last that ended.</summary>
/// <param name="Calls">By id.</param>
/// <param name="Ended">Ids of those that are over, the oldest first.</param>
public sealed record RunnerBook(ImmutableDictionary<string, RunnerCall> Calls, ImmutableList<string> Ended)
{
    /// <summary>So many that are over stay in memory with their output; older ones are in the journal.</summary>
    public const int EndedKept = 100;

    /// <summary>No call yet.</summary>
    public static RunnerBook None { get; } = new(ImmutableDictionary<string, RunnerCall>.Empty, []);

    /// <summary>Calls that are not over, the oldest first.</summary>
    public IEnumerable<RunnerCall> Open => Calls.Values.Where(c => c.EndedAt is null).OrderBy(c => c.AskedAt).ThenBy(c => c.Id, StringComparer.Ordinal);

    /// <summary>The journal's stream of a call.</summary>
    public static StreamName StreamOf(string id) => new("call", id);

    internal RunnerBook End(RunnerEnded e, Instant at)
    {
        if (!Calls.TryGetValue(e.Id, out var call) || call.EndedAt is not null) return this;
        var next = new RunnerBook(Calls.SetItem(e.Id, call with { EndedAt = at, Verdict = e.Verdict, Observed = e.Observed, TookMs = e.TookMs }), Ended.Add(e.Id));
        return next.Ended.Count <= EndedKept ? next : new(next.Calls.Remove(next.Ended[0]), next.Ended.RemoveAt(0));
    }
}

/// <summary>Folds calls.</summary>
public sealed class RunnerBookFold : Fold<RunnerBook>
{
    /// <inheritdoc />
    public override string Room => "runner";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override RunnerBook Empty => RunnerBook.None;

    /// <inheritdoc />
    public override RunnerBook Apply(RunnerBook state, in Recorded happened) => happened.Event switch
    {
        RunnerCalled e => state with { Calls = state.Calls.SetItem(e.Id, new(e.Id, e.About, e.Action, e.By, happened.Entry.At) { Once = e.Once }) },
        RunnerBegan e when state.Calls.TryGetValue(e.Id, out var call) => state with { Calls = state.Calls.SetItem(e.Id, call with { BeganAt = happened.Entry.At }) },
        RunnerEnded e => state.End(e, happened.Entry.At),
        _ => state,
    };

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(RunnerBook state) =>
        JsonSerializer.SerializeToUtf8Bytes(new Kept([.. state.Calls.Values.OrderBy(c => c.Id, StringComparer.Ordinal)], [.. state.Ended]), HouseJson.Options);

    /// <inheritdoc />
    public override RunnerBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of calls is empty.");
        return new(kept.Calls.ToImmutableDictionary(c => c.Id), [.. kept.Ended]);
    }

    private sealed record Kept(RunnerCall[] Calls, string[] Ended);
}
