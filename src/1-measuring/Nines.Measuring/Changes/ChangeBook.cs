using System.Collections.Immutable;
using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Changes;

/// <summary>The changes of the last year or so, in the order in which they happened.</summary>
/// <param name="All">By time, the oldest first.</param>
/// <param name="Keys">Ids of changes by their sender's key.</param>
public sealed record ChangeBook(ImmutableList<Change> All, ImmutableDictionary<string, string> Keys)
{
    /// <summary>So many are kept in memory; older ones are in the journal.</summary>
    public const int Most = 10_000;

    /// <summary>No change.</summary>
    public static ChangeBook None { get; } = new([], ImmutableDictionary<string, string>.Empty);

    /// <summary>The change of that id, or null.</summary>
    public Change? Find(string id) => All.FindLast(c => c.Id == id);

    /// <summary>Changes of some services (and those that name none) that were under way from one instant to another, the newest first.</summary>
    public IReadOnlyList<Change> Between(IReadOnlyCollection<string> services, Instant from, Instant to)
    {
        var found = new List<Change>();
        for (var i = FirstAfter(to) - 1; i >= 0; i--)
        {
            var change = All[i];
            // A change that takes longer than a day is a project.
            if (change.At < from - Duration.FromDays(1)) break;
            if ((change.Until ?? change.At) >= from && (change.Service.Length == 0 || services.Contains(change.Service))) found.Add(change);
        }

        return found;
    }

    internal ChangeBook Record(ChangeRecorded e)
    {
        var change = new Change
        {
            Id = e.Id,
            Kind = e.Kind,
            Service = e.Service,
            Title = e.Title,
            Version = e.Version,
            Stage = e.Stage,
            At = e.At,
            Until = e.Until,
            Source = e.Source,
            By = e.By,
            Key = e.Key,
            Links = e.Links,
        };
        var next = this with { All = All.Insert(FirstAfter(e.At), change), Keys = e.Key.Length > 0 ? Keys.SetItem(e.Key, e.Id) : Keys };
        return next.All.Count <= Most ? next : next.Forget();
    }

    private ChangeBook Forget()
    {
        var oldest = All[0];
        return new(All.RemoveAt(0), oldest.Key.Length > 0 && Keys.GetValueOrDefault(oldest.Key) == oldest.Id ? Keys.Remove(oldest.Key) : Keys);
    }

    /// <summary>Where what happened after an instant begins.</summary>
    private int FirstAfter(Instant at)
    {
        var (low, high) = (0, All.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (All[middle].At <= at) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

/// <summary>Folds changes.</summary>
public sealed class ChangeBookFold : Fold<ChangeBook>
{
    /// <inheritdoc />
    public override string Room => "changes";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override ChangeBook Empty => ChangeBook.None;

    /// <inheritdoc />
    public override ChangeBook Apply(ChangeBook state, in Recorded happened) => happened.Event is ChangeRecorded e ? state.Record(e) : state;
}
