using Nines.Alerting.Silences;
using Nines.Kernel;

namespace Nines.Alerting.Alerts;

/// <summary>
/// Flushes a group in the commit that made it due: a page with no wait is intended in the same commit as its alert.
/// What one evaluation raised is all in the group by then, because reactions run after the whole command.
/// </summary>
internal static class FlushInCommit
{
    public static void Run(Deciding deciding, RouteTable routes, string group)
    {
        var book = deciding.State.Get<AlertBook>();
        if (!book.Groups.TryGetValue(group, out var due) || due.FlushAt is not { } at || at > deciding.Now) return;
        foreach (var (stream, happened) in GroupFlush.Decide(book, deciding.State.Get<SilenceBook>(), routes, due, deciding.Now, deciding.NewId))
            deciding.Write(stream, happened);
    }
}

/// <summary>A call brought alerts: groups that may speak at once do.</summary>
internal sealed class OnAlertsTaken(AlertRoutes routes) : Reaction<AlertsTaken>
{
    protected override void React(AlertsTaken happened, JournalEntry entry, Deciding deciding)
    {
        var judged = new HashSet<string>(StringComparer.Ordinal);
        foreach (var alert in happened.Alerts)
            if (alert.FlushAt <= deciding.Now && judged.Add(alert.Group)) FlushInCommit.Run(deciding, routes.Table, alert.Group);
    }
}

/// <summary>An alert joined a group that may speak at once.</summary>
internal sealed class OnAlertRouted(AlertRoutes routes) : Reaction<AlertRouted>
{
    protected override void React(AlertRouted happened, JournalEntry entry, Deciding deciding) => FlushInCommit.Run(deciding, routes.Table, happened.Group);
}

/// <summary>An alert ended in a group that may speak at once.</summary>
internal sealed class OnAlertResolved(AlertRoutes routes) : Reaction<AlertResolved>
{
    protected override void React(AlertResolved happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<AlertBook>().All.TryGetValue(happened.Id, out var alert)) FlushInCommit.Run(deciding, routes.Table, alert.Group);
    }
}

/// <summary>A group was woken.</summary>
internal sealed class OnGroupWoken(AlertRoutes routes) : Reaction<GroupWoken>
{
    protected override void React(GroupWoken happened, JournalEntry entry, Deciding deciding) => FlushInCommit.Run(deciding, routes.Table, happened.Group);
}

/// <summary>A silence ended: what it held back and still fires goes through the rest of the pipeline again.</summary>
internal sealed class OnSilenceEnded : Reaction<SilenceEnded>
{
    protected override void React(SilenceEnded happened, JournalEntry entry, Deciding deciding)
    {
        var book = deciding.State.Get<AlertBook>();
        foreach (var key in book.All.Values.Where(a => a.Firing && a.SilencedBy == happened.Id).Select(a => a.Group).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            deciding.Write(new("alert-group", key), new GroupWoken(key, deciding.Now, $"The silence {happened.Id} ended: {happened.Reason}"));
    }
}
