using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>Folds drills, and what the outbox says about the calls that they made.</summary>
public sealed class DrillBookFold : Fold<DrillBook>
{
    /// <inheritdoc />
    public override string Room => "drills";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override DrillBook Empty => DrillBook.None;

    /// <inheritdoc />
    public override DrillBook Apply(DrillBook state, in Recorded happened)
    {
        var at = happened.Entry.At;
        return happened.Event switch
        {
            WheelSpun e => state with { Spins = state.Spins.SetItem(e.Person, e) },
            DrillStarted e => state.With(new() { Start = e, StartedAt = at }),
            DrillInjected e => state.Change(e.Id, r => Came(r, e, at)),
            DrillSaid e => state.Change(e.Id, r => r with { Came = r.Came.Add(new(new($"said-{r.Came.Count + 1}", (at - r.StartedAt) * r.Start.Speed, InjectKind.World, e.Text), at, [], null, "", [])) }),
            DrillAcknowledged e => state.Change(e.Id, r => r.Change(e.Inject, c => c.AcknowledgedAt is null ? c with { AcknowledgedAt = at, AcknowledgedBy = e.By } : c)),
            DrillAnswered e => state.Change(e.Id, r => r.Change(e.Inject, c => c with { Answers = c.Answers.Add(new(at, e.Text, e.Right, e.By)) })),
            DrillDeclared e => state.Change(e.Id, r => r with { Incident = e.Incident }),
            DrillUpdated e => state.Change(e.Id, r => r with { UpdatedAt = r.UpdatedAt ?? at }),
            DrillChecked e => state.Change(e.Id, r => r with { Done = e.Done ? r.Done.Add(e.Item) : r.Done.Remove(e.Item) }),
            DrillEnded e => state.End(e.Id, r => r with { EndedAt = at, EndReason = e.Reason, CalledOff = e.CalledOff }),
            DrillScored e => state.Record(e.Id, e.Score, e.Items, at),
            DrillDebriefed e => state.Change(e.Id, r => r with { WentWell = e.WentWell, ToLearn = e.ToLearn }),
            DrillActionAdded e => state.Change(e.Id, r => r with { Actions = r.Actions.Add(e.Action) }),
            OutboxSettled e when state.All.Values.FirstOrDefault(r => r.Pending.Contains(e.Id)) is { } run => state.With(Settle(run, e)),
            _ => state,
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(DrillBook state) => JsonSerializer.SerializeToUtf8Bytes(
        new Kept([.. state.All.Values.OrderBy(r => r.Start.Number)], [.. state.Ended], new(state.Had, StringComparer.Ordinal), new(state.Spins, StringComparer.Ordinal), state.Numbers), HouseJson.Options);

    /// <inheritdoc />
    public override DrillBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of drills is empty.");
        return new(kept.All.ToImmutableDictionary(r => r.Id), [.. kept.Ended], kept.Had.ToImmutableDictionary(), kept.Spins.ToImmutableDictionary(), kept.Numbers);
    }

    private static DrillRun Came(DrillRun run, DrillInjected e, Instant at) => run.Coming.FirstOrDefault(i => i.Key == e.Inject) is not { } inject ? run : run with
    {
        Came = run.Came.Add(new(inject, at, [.. e.Calls], null, "", [])),
        Pending = run.Pending.Union(e.Calls.Select(c => c.Effect)),
    };

    private static DrillRun Settle(DrillRun run, OutboxSettled e) => run with
    {
        Pending = run.Pending.Remove(e.Id),
        Reached = e.End == EffectEnd.Accepted ? run.Reached.Union(run.Came.SelectMany(c => c.Calls).Where(c => c.Effect == e.Id).Select(c => c.Person)) : run.Reached,
    };

    private sealed record Kept(
        DrillRun[] All, string[] Ended, SortedDictionary<string, ImmutableList<DrillHad>> Had, SortedDictionary<string, WheelSpun> Spins, int Numbers);
}
