using Nines.Alerting.Silences;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>
/// The pipeline's second half, when a group's time has come: inhibit, mute, silence, notify, for every alert of the
/// group, and one notification for what is left to tell.
/// </summary>
public static class GroupFlush
{
    /// <summary>The groups whose time has come.</summary>
    public static IEnumerable<AlertGroup> Due(AlertBook book, Instant now) => book.Due.TakeWhile(d => d.At <= now).Select(d => book.Groups[d.Group]);

    /// <summary>Judges a group: verdicts that are new, the notification where something is to be told, and when to judge again.</summary>
    /// <param name="book">The newest state.</param>
    /// <param name="holds">What is known to be held back: what is, and does not stand there, nothing would release.</param>
    /// <param name="silences">The silences.</param>
    /// <param name="routes">The routes.</param>
    /// <param name="group">A group that is due.</param>
    /// <param name="now">When.</param>
    /// <param name="newId">Makes ids of notifications and threads.</param>
    public static IReadOnlyList<(StreamName Stream, object Event)> Decide(
        AlertBook book, HeldBook holds, SilenceBook silences, RouteTable routes, AlertGroup group, Instant now, Func<string> newId)
    {
        var route = routes.Named(group.Route);
        var repeat = route.Repeat is { } every && group.ToldAt is { } last && now >= last + every;
        var written = new List<(StreamName, object)>();
        var stream = new StreamName("alert-group", group.Key);
        var judged = new JudgedTogether();
        var told = new GroupTold(group, route);
        foreach (var (id, wasTold) in group.Members)
        {
            if (!book.All.TryGetValue(id, out var alert)) continue;
            if (!alert.TravelsIn(group.Key))
            {
                told.Moved(alert, wasTold);
                continue;
            }

            var held = HeldBack.Judge(book, silences, routes, route, alert, now);
            var (telling, notified) = NotifyStage.Judge(alert, wasTold, held.Word, repeat, route, routes.Spec.Flapping, now);
            told.Take(alert, telling, wasTold, held);
            if (!held.SameAs(alert) || (alert.Firing && held.Word.Length > 0 && !holds.Of.ContainsKey(id)) || IsNew(alert, notified) || held.Verdicts.Any(v => IsNew(alert, v)))
                judged.Add(id, held, [.. held.Verdicts, notified]);
        }

        if (judged.Of(group.Key) is { } said) written.Add((stream, said));
        var due = told.Notification(book, newId);
        if (due is not null) written.Add((stream, due));
        written.Add((stream, new GroupFlushed(group.Key, NextFlush(told, due is not null, now), told.MayBeOver.Count > 0 ? told.MayBeOver : null)));
        return written;
    }

    private static Instant? NextFlush(GroupTold told, bool speaks, Instant now)
    {
        var next = told.Wake;
        if (told.Route.Repeat is { } every && told.Fires.Count > 0)
        {
            var again = (speaks ? now : told.Group.ToldAt ?? now) + every;
            if (next is null || again < next) next = again;
        }

        return next;
    }

    /// <summary>A verdict that says what the last of its stage said is not kept again.</summary>
    private static bool IsNew(Alert alert, Verdict verdict) =>
        alert.Last(verdict.Stage) is not { } last || last.Outcome != verdict.Outcome || last.Reason != verdict.Reason;

    /// <summary>What is said about many alerts alike is kept once.</summary>
    private sealed class JudgedTogether
    {
        private readonly List<JudgedAlert> _alerts = [];
        private readonly List<IReadOnlyList<Verdict>> _trails = [];
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

        public void Add(string id, HeldBack held, Verdict[] verdicts)
        {
            var words = string.Concat(verdicts.Select(v => v.Outcome + v.Reason));
            if (!_known.TryGetValue(words, out var trail))
            {
                _known[words] = trail = _trails.Count;
                _trails.Add(verdicts);
            }

            _alerts.Add(new(id, trail, held.SilencedBy, held.InhibitedBy, held.MutedBy));
        }

        public GroupJudged? Of(string group) => _alerts.Count == 0 ? null : new(group, _alerts, _trails);
    }
}
