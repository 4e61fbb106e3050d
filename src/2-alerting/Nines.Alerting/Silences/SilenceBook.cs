using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Silences;

/// <summary>The silences that hold or will hold, and the last that ended.</summary>
public sealed record SilenceBook(ImmutableSortedDictionary<string, Silence> Open, ImmutableList<Silence> Ended)
{
    /// <summary>So many ended silences are listed.</summary>
    public const int EndedKept = 100;

    /// <summary>No silence.</summary>
    public static SilenceBook None { get; } = new(ImmutableSortedDictionary.Create<string, Silence>(StringComparer.Ordinal), []);

    /// <summary>The silence that holds an alert back at <paramref name="now"/>; of several the one that ends last.</summary>
    public Silence? Holding(AlertLabels labels, Instant now)
    {
        Silence? found = null;
        foreach (var silence in Open.Values)
            if (silence.ActiveAt(now) && (found is null || silence.EndsAt > found.EndsAt) && silence.Matches(labels)) found = silence;
        return found;
    }

    /// <summary>When the next silence ends; null where none is open.</summary>
    public Instant? NextEnd => Open.IsEmpty ? null : Open.Values.Min(s => s.EndsAt);
}

/// <summary>Folds silences.</summary>
public sealed class SilenceFold : Fold<SilenceBook>
{
    /// <inheritdoc />
    public override string Room => "silences";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override SilenceBook Empty => SilenceBook.None;

    /// <inheritdoc />
    public override SilenceBook Apply(SilenceBook state, in Recorded happened) => happened.Event switch
    {
        SilenceSet e => state with { Open = state.Open.SetItem(e.Id, new(e.Id, e.Matchers, e.StartsAt, e.EndsAt, e.Owner, e.Comment, e.Bounds)) },
        SilenceEnded e when state.Open.TryGetValue(e.Id, out var silence) => new(state.Open.Remove(e.Id), Keep(state.Ended, silence with { EndReason = e.Reason }, happened.Entry.At)),
        _ => state,
    };

    private static ImmutableList<Silence> Keep(ImmutableList<Silence> ended, Silence silence, Instant at)
    {
        var all = ended.Add(silence.EndsAt <= at ? silence : silence with { EndsAt = at });
        return all.Count <= SilenceBook.EndedKept ? all : all.RemoveAt(0);
    }
}
