using System.Collections.Immutable;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>What was decided about schedules beside their manifests.</summary>
/// <param name="Overrides">By id, without those long past.</param>
/// <param name="Temporary">By id, without those long past.</param>
/// <param name="Asked">Requests for cover that wait for an answer, by id.</param>
/// <param name="Rotations">How each rotation goes on, by schedule and layer.</param>
/// <param name="Next">Order of the next override.</param>
public sealed record ScheduleBook(
    ImmutableSortedDictionary<string, Override> Overrides, ImmutableSortedDictionary<string, TemporarySchedule> Temporary,
    ImmutableSortedDictionary<string, CoverRequest> Asked, ImmutableSortedDictionary<string, RotationKept> Rotations, long Next)
{
    /// <summary>How long what is past is kept for pages and feeds.</summary>
    public static Duration Kept { get; } = Duration.FromDays(100);

    /// <summary>Nothing.</summary>
    public static ScheduleBook None { get; } = new(Sorted<Override>(), Sorted<TemporarySchedule>(), Sorted<CoverRequest>(), Sorted<RotationKept>(), 1);

    /// <summary>The overrides of a schedule, oldest first.</summary>
    public IReadOnlyList<Override> OverridesOf(string schedule) => [.. Overrides.Values.Where(o => o.Schedule == schedule).OrderBy(o => o.Order)];

    /// <summary>The temporary schedules of a schedule, oldest first.</summary>
    public IReadOnlyList<TemporarySchedule> TemporaryOf(string schedule) => [.. Temporary.Values.Where(t => t.Schedule == schedule).OrderBy(t => t.Order)];

    /// <summary>How a rotation goes on; null where it was never seen.</summary>
    public RotationKept? RotationOf(string schedule, string layer) => Rotations.GetValueOrDefault(KeyOf(schedule, layer));

    internal static string KeyOf(string schedule, string layer) => $"{schedule}/{layer}";

    private static ImmutableSortedDictionary<string, T> Sorted<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}

/// <summary>Folds what was decided about schedules.</summary>
public sealed class ScheduleFold : Fold<ScheduleBook>
{
    /// <inheritdoc />
    public override string Room => "schedules";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override ScheduleBook Empty => ScheduleBook.None;

    /// <inheritdoc />
    public override ScheduleBook Apply(ScheduleBook state, in Recorded happened) => happened.Event switch
    {
        OverrideSet e => Pruned(state, happened.Entry.At) is var s
            ? s with { Overrides = s.Overrides.SetItem(e.Id, new(e.Id, e.Schedule, e.Kind, e.In, e.Out, e.From, e.Until, s.Next, e.Request, e.Note)), Next = s.Next + 1 } : state,
        OverrideEnded e when state.Overrides.TryGetValue(e.Id, out var one) => state with
        {
            Overrides = e.At <= one.From ? state.Overrides.Remove(e.Id) : state.Overrides.SetItem(e.Id, one with { Until = Instant.Min(one.Until, e.At) }),
        },
        TemporarySet e => Pruned(state, happened.Entry.At) is var s
            ? s with { Temporary = s.Temporary.SetItem(e.Id, new(e.Id, e.Schedule, e.From, e.Until, e.Shifts, s.Next)), Next = s.Next + 1 } : state,
        TemporaryEnded e when state.Temporary.TryGetValue(e.Id, out var one) => state with
        {
            Temporary = e.At <= one.From ? state.Temporary.Remove(e.Id) : state.Temporary.SetItem(e.Id, one with { Until = Instant.Min(one.Until, e.At) }),
        },
        CoverAsked e => state with { Asked = Pruned(state, happened.Entry.At).Asked.SetItem(e.Id, new(e.Id, e.Schedule, e.By, e.To, e.From, e.Until, e.Back)) },
        CoverAnswered e => state with { Asked = state.Asked.Remove(e.Id) },
        CoverWithdrawn e => state with { Asked = state.Asked.Remove(e.Id) },
        RotationKept e => state with { Rotations = state.Rotations.SetItem(ScheduleBook.KeyOf(e.Schedule, e.Layer), e) },
        ManifestDeleted { Kind: "Schedule", ApiVersion: "nines/v1" } e => Forget(state, e.Name),
        _ => state,
    };

    /// <summary>A schedule that is written anew under an old name begins anew.</summary>
    private static ScheduleBook Forget(ScheduleBook state, string schedule) => state with
    {
        Rotations = state.Rotations.RemoveRange(state.Rotations.Where(r => r.Value.Schedule == schedule).Select(r => r.Key)),
        Overrides = state.Overrides.RemoveRange(state.Overrides.Where(o => o.Value.Schedule == schedule).Select(o => o.Key)),
        Temporary = state.Temporary.RemoveRange(state.Temporary.Where(t => t.Value.Schedule == schedule).Select(t => t.Key)),
        Asked = state.Asked.RemoveRange(state.Asked.Where(a => a.Value.Schedule == schedule).Select(a => a.Key)),
    };

    private static ScheduleBook Pruned(ScheduleBook state, Instant now)
    {
        var past = now - ScheduleBook.Kept;
        string[] overrides = [.. state.Overrides.Where(o => o.Value.Until < past).Select(o => o.Key)];
        string[] temporary = [.. state.Temporary.Where(t => t.Value.Until < past).Select(t => t.Key)];
        string[] asked = [.. state.Asked.Where(a => a.Value.Until < past).Select(a => a.Key)];
        return overrides.Length + temporary.Length + asked.Length == 0
            ? state
            : state with { Overrides = state.Overrides.RemoveRange(overrides), Temporary = state.Temporary.RemoveRange(temporary), Asked = state.Asked.RemoveRange(asked) };
    }
}
