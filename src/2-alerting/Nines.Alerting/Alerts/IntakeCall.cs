using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>One call's way through the pipeline's first half: collects its events and answers. Pure.</summary>
internal sealed class IntakeCall(AlertBook book, RouteTable routes, Instant now, Func<string> newId)
{
    private readonly List<AlertTaken> _taken = [];
    private readonly List<IReadOnlyList<Verdict>> _trails = [];
    private readonly List<(StreamName, object)> _ends = [];

    public IReadOnlyList<(StreamName Stream, object Event)> Events =>
        _taken.Count == 0 ? _ends : [(Intake.Calls, new AlertsTaken(_taken, _trails)), .. _ends];

    /// <summary>Each alert once, in the order of its first copy.</summary>
    public static IReadOnlyList<ReceivedAlert> Collapse(IReadOnlyList<ReceivedAlert> received, Instant now)
    {
        var at = new Dictionary<AlertLabels, int>(received.Count);
        var one = new List<ReceivedAlert>(received.Count);
        foreach (var alert in received)
            if (at.TryAdd(alert.Alert.Labels, one.Count)) one.Add(alert);
            else one[at[alert.Alert.Labels]] = alert.Over(one[at[alert.Alert.Labels]], now);
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
        var (outcome, known, deduped) = DedupStage.Judge(book, incoming, now);
        if (outcome == DedupOutcome.Known) return new(known!.Id, fingerprint, TakenAs.Renewed);
        var facts = RouteFacts.Of(incoming);
        var (route, also, routed) = RouteStage.Judge(routes, facts, now);
        var (key, flushAt, grouped) = GroupStage.Judge(book, route, facts, now);
        var again = outcome == DedupOutcome.Reopened;
        var id = known?.Id ?? newId();
        // A sender that says "the same again" need not repeat what it said at first.
        if (incoming.Again && known is not null)
            incoming = incoming with { Title = known.Title, Annotations = known.Annotations.SetItems(incoming.Annotations), StartedAt = known.StartedAt };
        if (again) incoming = incoming with { Reason = Reopening(known!, incoming.Reason) };
        _taken.Add(new(
            id, again, incoming.Labels, incoming.Severity, incoming.Source, incoming.Service, incoming.Title, incoming.Reason, incoming.StartedAt, incoming.Annotations,
            incoming.GeneratorUrl, received.EndsAt, received.TimesOut, route.Name, key, flushAt, _trails.Count,
            also.Count == 0 ? null : [.. also.Select(r => Further(r, facts))]));
        _trails.Add(also.Count == 0 ? [deduped, routed, grouped] : [deduped, routed, grouped, .. also.Select(r => RouteStage.Say(r, now))]);
        return new(id, fingerprint, again ? TakenAs.Reopened : TakenAs.New);
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
        var known = book.Find(labels.Fingerprint);
        // The repeat of an earlier end must not end what began after it (Prometheus repeats an end for 15 minutes). A beginning
        // that lies ahead says that the clock was set back: then an end is an end.
        if (known is not { Firing: true } || (received.EndsAt < known.StartedAt && known.StartedAt <= now)) return new(known?.Id ?? "", labels.Fingerprint, TakenAs.Unknown);
        if (Intake.End(book, routes, labels, received.EndsAt!.Value, "Its sender says that it is over.", now) is { } end) _ends.Add(end);
        return new(known.Id, labels.Fingerprint, TakenAs.Resolved);
    }
}
