using Nines.Alerting.Silences;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>
/// The pipeline's second half, when a group's time has come: silence, notify (inhibit and mute come before silence), for
/// every alert of the group, and one notification for what is left to tell.
/// </summary>
public static class GroupFlush
{
    /// <summary>The groups whose time has come.</summary>
    public static IEnumerable<AlertGroup> Due(AlertBook book, Instant now) => book.Groups.Values.Where(g => g.FlushAt <= now);

    /// <summary>Judges a group: verdicts that are new, the notification where something is to be told, and when to judge again.</summary>
    /// <param name="book">The newest state.</param>
    /// <param name="silences">The silences.</param>
    /// <param name="routes">The routes.</param>
    /// <param name="group">A group that is due.</param>
    /// <param name="now">When.</param>
    /// <param name="newId">Makes ids of notifications and threads.</param>
    public static IReadOnlyList<(StreamName Stream, object Event)> Decide(
        AlertBook book, SilenceBook silences, RouteTable routes, AlertGroup group, Instant now, Func<string> newId)
    {
        var route = routes.Named(group.Route);
        var repeat = route.Repeat is { } every && group.ToldAt is { } last && now >= last + every;
        var written = new List<(StreamName, object)>();
        var told = new Told();
        foreach (var (id, wasTold) in group.Members)
        {
            if (!book.All.TryGetValue(id, out var alert)) continue;
            var (silence, silenced) = SilenceStage.Judge(silences, alert.Labels, now);
            var (telling, notified) = NotifyStage.Judge(alert, wasTold, silence is not null, repeat, route, now);
            told.Take(alert, telling, wasTold, silence is not null);
            if (IsNew(alert, silenced) || IsNew(alert, notified) || alert.SilencedBy != (silence?.Id ?? ""))
                written.Add((Intake.StreamOf(id), new AlertJudged(id, silence?.Id ?? "", [silenced, notified])));
        }

        var stream = new StreamName("alert-group", group.Key);
        var due = told.Notification(book, route, group, newId);
        if (due is not null) written.Add((stream, due));
        written.Add((stream, new GroupFlushed(group.Key, NextFlush(route, group, told, due is not null, now))));
        return written;
    }

    private static Instant? NextFlush(Route route, AlertGroup group, Told told, bool speaks, Instant now) =>
        route.Repeat is { } every && told.Fires.Count > 0 ? (speaks ? now : group.ToldAt ?? now) + every : null;

    /// <summary>A verdict that says what the last of its stage said is not kept again.</summary>
    private static bool IsNew(Alert alert, Verdict verdict) =>
        alert.Trail.FindLast(v => v.Stage == verdict.Stage) is not { } last || last.Outcome != verdict.Outcome || last.Reason != verdict.Reason;

    /// <summary>What a flush found.</summary>
    private sealed class Told
    {
        private bool _new;
        private bool _reopened = true;
        private bool _again;
        private bool _stillTold;
        private string _thread = "";

        public List<string> Fires { get; } = [];

        public List<string> Over { get; } = [];

        public void Take(Alert alert, NotifyStage.Telling telling, bool wasTold, bool silenced)
        {
            if (telling == NotifyStage.Telling.IsOver) Over.Add(alert.Id);
            if (!alert.Firing) return;
            // What was told and is silenced since keeps its thread open.
            _stillTold |= wasTold;
            if (silenced || (telling == NotifyStage.Telling.Nothing && !wasTold)) return;
            Fires.Add(alert.Id);
            _again |= telling == NotifyStage.Telling.FiresStill;
            if (telling != NotifyStage.Telling.Fires) return;
            _new = true;
            _reopened &= alert.Reopened > 0 && alert.Thread.Length > 0;
            if (alert.Thread.Length > 0) _thread = alert.Thread;
        }

        public NotificationDue? Notification(AlertBook book, Route route, AlertGroup group, Func<string> newId)
        {
            if (!_new && !_again && Over.Count == 0) return null;
            var reopened = _new && _reopened;
            // An alert that was told as over goes on in the thread that told it: it is no new page.
            var thread = group.Thread.Length > 0 ? group.Thread : reopened ? _thread : newId();
            var cause = (_new, reopened) switch
            {
                (true, true) => NotificationCause.Reopened,
                (true, false) => group.Thread.Length == 0 ? NotificationCause.First : NotificationCause.More,
                _ => _again ? NotificationCause.Repeat : NotificationCause.Resolved,
            };
            var one = book.All[Fires.Count > 0 ? Fires[0] : Over[0]];
            return new(newId(), thread, group.Key, group.Route, cause, one.Severity, one.Service, Fires, Over, Ends: Fires.Count == 0 && !_stillTold, route.Escalation);
        }
    }
}
