using System.Collections.Immutable;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>A calendar that others read over a secret address.</summary>
/// <param name="Schedule">The schedule; empty for a person's.</param>
/// <param name="Person">The person's id; empty for a schedule's.</param>
/// <param name="Hash">SHA-256 of the secret, in hex: the secret itself is nowhere.</param>
/// <param name="Since">Since when this secret counts.</param>
public sealed record Feed(string Schedule, string Person, string Hash, Instant Since);

/// <summary>A shift as calendars got it: its id stays, whatever else of it changes.</summary>
/// <param name="Uid">Its id.</param>
/// <param name="Person">Whose it is; an opaque id.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Sequence">Rises at each change, or readers ignore the change.</param>
/// <param name="Cancelled">True where it no longer is: readers are told so, it does not just disappear.</param>
/// <param name="ChangedAt">When it changed last.</param>
public sealed record PublishedShift(string Uid, string Person, Instant From, Instant Until, int Sequence, bool Cancelled, Instant ChangedAt);

/// <summary>A calendar has a new secret address; an older one of the same schedule or person no longer counts.</summary>
/// <param name="Schedule">The schedule; empty for a person's.</param>
/// <param name="Person">The person's id; empty for a schedule's.</param>
/// <param name="Hash">SHA-256 of the secret, in hex.</param>
[EventType("schedules.feed-set.v1")]
public sealed record FeedSet(string Schedule, string Person, string Hash);

/// <summary>Calendars are told what changed of a schedule's shifts.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Shifts">Those that are new, changed or cancelled.</param>
[EventType("schedules.shifts-published.v1")]
public sealed record ShiftsPublished(string Schedule, IReadOnlyList<PublishedShift> Shifts);

/// <summary>The calendars, and what they were told.</summary>
/// <param name="Feeds">By what they are of: <c>schedule/NAME</c>, <c>person/ID</c>.</param>
/// <param name="Shifts">By schedule, then by id.</param>
public sealed record FeedBook(ImmutableSortedDictionary<string, Feed> Feeds, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, PublishedShift>> Shifts)
{
    /// <summary>How long what is past stays in a calendar.</summary>
    public static Duration Kept { get; } = Duration.FromDays(60);

    /// <summary>No calendar.</summary>
    public static FeedBook None { get; } = new(
        ImmutableSortedDictionary.Create<string, Feed>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, PublishedShift>>(StringComparer.Ordinal));

    /// <summary>The key of a feed.</summary>
    public static string KeyOf(string schedule, string person) => schedule.Length > 0 ? $"schedule/{schedule}" : $"person/{person}";

    /// <summary>What a schedule's calendars were told.</summary>
    public IReadOnlyDictionary<string, PublishedShift> Of(string schedule) => Shifts.GetValueOrDefault(schedule) ?? ImmutableSortedDictionary<string, PublishedShift>.Empty;
}

/// <summary>Folds calendars.</summary>
public sealed class FeedFold : Fold<FeedBook>
{
    /// <inheritdoc />
    public override string Room => "schedules.feeds";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override FeedBook Empty => FeedBook.None;

    /// <inheritdoc />
    public override FeedBook Apply(FeedBook state, in Recorded happened) => happened.Event switch
    {
        FeedSet e => state with { Feeds = state.Feeds.SetItem(FeedBook.KeyOf(e.Schedule, e.Person), new(e.Schedule, e.Person, e.Hash, happened.Entry.At)) },
        ShiftsPublished e => state with { Shifts = state.Shifts.SetItem(e.Schedule, Told(state, e, happened.Entry.At)) },
        _ => state,
    };

    private static ImmutableSortedDictionary<string, PublishedShift> Told(FeedBook state, ShiftsPublished news, Instant at)
    {
        var all = (state.Shifts.GetValueOrDefault(news.Schedule) ?? ImmutableSortedDictionary.Create<string, PublishedShift>(StringComparer.Ordinal)).ToBuilder();
        foreach (var past in all.Values.Where(s => s.Until < at - FeedBook.Kept).ToArray()) all.Remove(past.Uid);
        foreach (var shift in news.Shifts) all[shift.Uid] = shift;
        return all.ToImmutable();
    }
}
