using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>What a flush of a group found, and the notification that it comes to.</summary>
internal sealed class GroupTold(AlertGroup group, Route route)
{
    private bool _new;
    private bool _reopened = true;
    private bool _again;
    private bool _stillTold;
    private string _thread = "";

    public AlertGroup Group { get; } = group;

    public Route Route { get; } = route;

    /// <summary>Alerts that fire and are told.</summary>
    public List<string> Fires { get; } = [];

    /// <summary>Alerts whose end is told.</summary>
    public List<string> Over { get; } = [];

    /// <summary>Alerts that flap: over, but not yet told so.</summary>
    public List<string> MayBeOver { get; } = [];

    /// <summary>When something is to be judged again in any case.</summary>
    public Instant? Wake { get; private set; }

    /// <summary>An alert that travels elsewhere now: here its page ends.</summary>
    public void Moved(Alert alert, bool wasTold)
    {
        if (wasTold) Over.Add(alert.Id);
    }

    public void Take(Alert alert, NotifyStage.Telling telling, bool wasTold, HeldBack held)
    {
        if (telling == NotifyStage.Telling.IsOver) Over.Add(alert.Id);
        if (telling == NotifyStage.Telling.MayBeOver)
        {
            MayBeOver.Add(alert.Id);
            _stillTold = true;
            WakeAt(FlapRule.QuietAt(alert));
        }

        if (!alert.Firing) return;
        if (held.Until is { } until) WakeAt(until);
        // What was told and is held back since keeps its thread open.
        _stillTold |= wasTold;
        if (held.Word.Length > 0 || (telling == NotifyStage.Telling.Nothing && !wasTold)) return;
        Fires.Add(alert.Id);
        _again |= telling == NotifyStage.Telling.FiresStill;
        if (telling != NotifyStage.Telling.Fires) return;
        _new = true;
        // A thread belongs to the group that the alert was told in first.
        var thread = alert.Group == Group.Key ? alert.Thread : "";
        _reopened &= alert.Reopened > 0 && thread.Length > 0;
        if (thread.Length > 0) _thread = thread;
    }

    public NotificationDue? Notification(AlertBook book, Func<string> newId)
    {
        if (!_new && !_again && Over.Count == 0) return null;
        var reopened = _new && _reopened;
        // An alert that was told as over goes on in the thread that told it: it is no new page.
        var thread = Group.Thread.Length > 0 ? Group.Thread : reopened ? _thread : newId();
        var cause = (_new, reopened) switch
        {
            (true, true) => NotificationCause.Reopened,
            (true, false) => Group.Thread.Length == 0 ? NotificationCause.First : NotificationCause.More,
            _ => _again ? NotificationCause.Repeat : NotificationCause.Resolved,
        };
        var one = book.All[Fires.Count > 0 ? Fires[0] : Over[0]];
        return new(
            newId(), thread, Group.Key, Group.Route, cause, Route.Severity, Route.Service.Length > 0 ? Route.Service : one.Service, Fires, Over,
            Ends: Fires.Count == 0 && !_stillTold, Route.Escalation);
    }

    private void WakeAt(Instant at)
    {
        if (Wake is null || at < Wake) Wake = at;
    }
}
