using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>One call's way through the pipeline's first half: collects its events and answers. Pure.</summary>
internal sealed class IntakeCall(AlertBook book, RouteTable routes, Instant now, Func<string> newId)
{
    private readonly List<AlertTaken> _taken = [];
    private readonly List<IReadOnlyList<Verdict>> _trails = [];
    private readonly Dictionary<(string Dedup, Route Route, GroupPlace Place), int> _trailOf = [];
    private readonly List<(StreamName, object)> _ends = [];

    // An entry of more would be an object for the collector's slow heap, and a storm has hundreds of calls a second.
    private const int MostInOneEntry = 64;

    public IReadOnlyList<(StreamName Stream, object Event)> Events =>
        _taken.Count == 0 ? _ends : [.. _taken.Chunk(MostInOneEntry).Select(taken => (Intake.Calls, (object)Entry(taken))), .. _ends];

    /// <summary>One entry with the trails that its alerts point to.</summary>
    private AlertsTaken Entry(AlertTaken[] taken)
    {
        if (_taken.Count <= MostInOneEntry) return new(taken, _trails);
        var places = new Dictionary<int, int>();
        var trails = new List<IReadOnlyList<Verdict>>();
        for (var i = 0; i < taken.Length; i++)
        {
            var trail = taken[i].Trail;
            if (!places.TryGetValue(trail, out var place))
            {
                places[trail] = place = trails.Count;
                trails.Add(_trails[trail]);
            }

            if (place != trail) taken[i] = taken[i] with { Trail = place };
        }

        return new(taken, trails);
    }

    /// <summary>Each alert once, in the order of its first copy.</summary>
    /// <param name="received">What was received.</param>
    /// <param name="now">When.</param>
    /// <param name="placeOf">The place of each received alert among those; null where none came twice.</param>
    public static IReadOnlyList<ReceivedAlert> Collapse(IReadOnlyList<ReceivedAlert> received, Instant now, out int[]? placeOf)
    {
        placeOf = null;
        if (received.Count == 1) return received;
        var known = new Dictionary<AlertLabels, int>(received.Count);
        var one = new List<ReceivedAlert>(received.Count);
        var places = new int[received.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var labels = received[i].Alert.Labels;
            if (known.TryAdd(labels, one.Count)) one.Add(received[i]);
            else one[known[labels]] = received[i].Over(one[known[labels]], now);
            places[i] = known[labels];
        }

        if (one.Count == places.Length) return received;
        placeOf = places;
        return one;
    }

    public TakenAlert Take(ReceivedAlert received)
    {
        var labels = received.Alert.Labels;
        return received.FiresAt(now) ? Fires(received, labels.Fingerprint) : IsOver(received, labels);
    }

    private TakenAlert Fires(ReceivedAlert received, string fingerprint)
    {
        var incoming = received.Alert;
        var (outcome, known, deduped) = DedupStage.JudgeInSharedWords(book, incoming, now);
        if (outcome == DedupOutcome.Known) return new(known!.Id, fingerprint, TakenAs.Renewed);
        var facts = RouteFacts.Of(incoming);
        var route = routes.Take(facts, out var also);
        var key = route.GroupKey(facts);
        var (flushAt, place) = GroupStage.Place(book, route, key, now);
        var again = outcome == DedupOutcome.Reopened;
        var id = known?.Id ?? newId();
        // A sender that says "the same again" need not repeat what it said at first.
        if (incoming.Again && known is not null)
            incoming = incoming with { Title = known.Title, Annotations = known.Annotations.SetItems(incoming.Annotations), StartedAt = known.StartedAt };
        if (again) incoming = incoming with { Reason = Reopening(known!, incoming.Reason) };
        _taken.Add(new(
            id, again, incoming.Labels, incoming.Severity, incoming.Source, incoming.Service, incoming.Title, incoming.Reason, incoming.StartedAt, incoming.Annotations,
            incoming.GeneratorUrl, received.EndsAt, received.TimesOut, route.Name, key, flushAt, Trail(deduped, route, place, also),
            also.Count == 0 ? null : [.. also.Select(r => Further(r, facts))]));
        return new(id, fingerprint, again ? TakenAs.Reopened : TakenAs.New);
    }

    /// <summary>What the three stages said; alerts of one call mostly hear the same, and share it.</summary>
    private int Trail(Verdict deduped, Route route, GroupPlace place, IReadOnlyList<Route> also)
    {
        if (also.Count == 0 && _trailOf.TryGetValue((deduped.Reason, route, place), out var known)) return known;
        _trails.Add([deduped, RouteStage.Say(route, now), new(now, Stage.Group, "joined", GroupStage.Words(route, place)), .. also.Select(r => RouteStage.Say(r, now))]);
        if (also.Count == 0) _trailOf[(deduped.Reason, route, place)] = _trails.Count - 1;
        return _trails.Count - 1;
    }

    private FurtherGroup Further(Route route, in RouteFacts facts)
    {
        var (key, flushAt, _) = GroupStage.Judge(book, route, facts, now);
        return new(route.Name, key, flushAt);
    }

    /// <summary>Whoever is told of an opening hears that the alert flaps.</summary>
    private string Reopening(Alert known, string reason)
    {
        var next = known.Reopen(reason, now);
        return routes.Spec.Flapping.Holds(next, now) ? $"{routes.Spec.Flapping.Words(next)} {reason}" : reason;
    }

    private TakenAlert IsOver(ReceivedAlert received, AlertLabels labels)
    {
        var known = book.Find(labels.Number);
        // The repeat of an earlier end must not end what began after it (Prometheus repeats an end for 15 minutes). A beginning
        // that lies ahead says that the clock was set back: then an end is an end.
        if (known is not { Firing: true } || (received.EndsAt < known.StartedAt && known.StartedAt <= now)) return new(known?.Id ?? "", labels.Fingerprint, TakenAs.Unknown);
        if (Intake.End(book, routes, labels, received.EndsAt!.Value, "Its sender says that it is over.", now) is { } end) _ends.Add(end);
        return new(known.Id, labels.Fingerprint, TakenAs.Resolved);
    }
}
