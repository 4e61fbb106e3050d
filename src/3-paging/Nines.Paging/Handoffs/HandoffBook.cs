using System.Collections.Immutable;
using System.Text.Json;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Paging.Handoffs;

/// <summary>Calls, shifts and what people said about them, of the last 400 days.</summary>
/// <param name="Calls">By page.</param>
/// <param name="Now">The shift that lasts, by schedule.</param>
/// <param name="Past">Shifts that ended, the oldest first.</param>
/// <param name="Scores">By handoff and person.</param>
public sealed record HandoffBook(
    ImmutableDictionary<string, CallRecord> Calls, ImmutableDictionary<string, LivedShift> Now, ImmutableList<LivedShift> Past,
    ImmutableDictionary<string, ShiftScore> Scores)
{
    /// <summary>How long things are kept.</summary>
    public static readonly Duration Kept = Duration.FromDays(400);

    // Twenty a day: beyond that nobody needs figures to know.
    private const int MostCalls = 8_000;

    /// <summary>Nothing yet.</summary>
    public static HandoffBook None { get; } = new(
        ImmutableDictionary<string, CallRecord>.Empty, ImmutableDictionary<string, LivedShift>.Empty, [], ImmutableDictionary<string, ShiftScore>.Empty);

    /// <summary>The shift of a handoff; null for none.</summary>
    public LivedShift? Handoff(string id) => Past.Find(s => s.Id == id);

    internal static string ScoreKey(string handoff, string person) => handoff + " " + person;

    internal HandoffBook Call(PageIntended e, Instant at)
    {
        if (e.Severity == AlertSeverity.Log || e.Shadow.Length > 0 || e.Cause == PageCause.Repeat || !e.Cause.Calls()) return this;
        if (Calls.TryGetValue(e.Page, out var known) && e.Cause != PageCause.First)
            return this with { Calls = Calls.SetItem(e.Page, known with { People = [.. known.People.Union(e.People)], Ended = null }) };
        var call = new CallRecord(e.Page, e.Severity, e.Service, e.Title, at, [.. e.People], [.. e.People], null, "", null, false, null);
        return this with { Calls = Bounded(at).SetItem(e.Page, call) };
    }

    internal HandoffBook Change(string page, Func<CallRecord, CallRecord> change) =>
        Calls.TryGetValue(page, out var call) ? this with { Calls = Calls.SetItem(page, change(call)) } : this;

    internal HandoffBook Ended(ShiftEnded e, long position) => this with
    {
        Now = Now.Remove(e.Schedule),
        Past = Past.RemoveAll(s => s.Until < e.Until - Kept).Add(new(e.Id, e.Schedule, [.. e.People], e.From, e.Until, e.Layer, position)),
    };

    private ImmutableDictionary<string, CallRecord> Bounded(Instant at)
    {
        if (Calls.Count < MostCalls && (Calls.Count % 64 != 0 || Calls.IsEmpty)) return Calls;
        var old = Calls.Values.Where(c => c.At < at - Kept).Select(c => c.Page).ToArray();
        var left = Calls.RemoveRange(old);
        // An eighth at once: a storm of pages must not look through all of them at each.
        return left.Count < MostCalls ? left : left.RemoveRange(left.Values.OrderBy(c => c.At).Take(MostCalls / 8).Select(c => c.Page));
    }
}

/// <summary>Folds pages, shifts and what was said.</summary>
public sealed class HandoffFold : Fold<HandoffBook>
{
    /// <inheritdoc />
    public override string Room => "handoffs";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override HandoffBook Empty => HandoffBook.None;

    /// <inheritdoc />
    public override HandoffBook Apply(HandoffBook state, in Recorded happened)
    {
        var at = happened.Entry.At;
        return happened.Event switch
        {
            PageIntended e => state.Call(e, at),
            PageEnded e => state.Change(e.Page, c => c with { Ended = at }),
            ShiftBegan e => state with { Now = state.Now.SetItem(e.Schedule, new("", e.Schedule, [.. e.People], e.From, null, e.Layer, 0)) },
            ShiftEnded e => state.Ended(e, happened.Entry.Position),
            ShiftRated e => state with { Scores = state.Scores.SetItem(HandoffBook.ScoreKey(e.Handoff, e.Person), new(e.Handoff, e.Person, e.Score, at)) },
            PageJudged e => state.Change(e.Page, c => c with { Useful = e.Useful }),
            // The first who takes a page on ends the wait; a second one, or a ring after silence, does not lengthen it.
            PageAcknowledged e => state.Change(e.Page, c => c.Acknowledged is null ? c with { Acknowledged = at, By = e.Person } : c),
            // Beyond the first people: the second step, another round, or the last resort (step 0).
            PageStepTaken e when e.Step != 1 || e.Round > 1 => state.Change(e.Page, c => c with { Escalated = true, People = [.. c.People.Union(e.People)] }),
            PageEscalated e => state.Change(e.Page, c => c with { Escalated = true }),
            _ => state,
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(HandoffBook state) => JsonSerializer.SerializeToUtf8Bytes(
        new KeptBook([.. state.Calls.Values.OrderBy(c => c.Page, StringComparer.Ordinal)], [.. state.Now.Values.OrderBy(s => s.Schedule, StringComparer.Ordinal)], [.. state.Past], [.. state.Scores.Values.OrderBy(s => s.Handoff, StringComparer.Ordinal).ThenBy(s => s.Person, StringComparer.Ordinal)]),
        HouseJson.Options);

    /// <inheritdoc />
    public override HandoffBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<KeptBook>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of handoffs is empty.");
        return new(kept.Calls.ToImmutableDictionary(c => c.Page), kept.Now.ToImmutableDictionary(s => s.Schedule), [.. kept.Past], kept.Scores.ToImmutableDictionary(s => HandoffBook.ScoreKey(s.Handoff, s.Person)));
    }

    private sealed record KeptBook(CallRecord[] Calls, LivedShift[] Now, LivedShift[] Past, ShiftScore[] Scores);
}
