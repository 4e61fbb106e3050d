using Nines.Alerting.Silences;
using Nines.Kernel;

namespace Nines.Alerting.Alerts;

/// <summary>
/// Flushes a group in the commit that made it due: a page with no wait is intended in the same commit as its alert.
/// What one evaluation raised is all in the group by then, because reactions run after the whole command.
/// </summary>
internal static class FlushInCommit
{
    // A commit that has to judge more groups than this leaves the rest to the duty, which does it at once, too.
    public const int Most = 100;

    public static void RunAll(Deciding deciding, RouteTable routes, IEnumerable<string> groups)
    {
        foreach (var group in groups.Distinct(StringComparer.Ordinal).Take(Most)) Run(deciding, routes, group);
    }

    public static void Run(Deciding deciding, RouteTable routes, string group)
    {
        var book = deciding.State.Get<AlertBook>();
        if (!book.Groups.TryGetValue(group, out var due) || due.FlushAt is not { } at || at > deciding.Now) return;
        foreach (var (stream, happened) in GroupFlush.Decide(book, deciding.State.Get<HeldBook>(), deciding.State.Get<SilenceBook>(), routes, due, deciding.Now, deciding.NewId))
            deciding.Write(stream, happened);
    }
}

/// <summary>A call brought alerts: groups that may speak at once do.</summary>
internal sealed class OnAlertsTaken(AlertRoutes routes) : Reaction<AlertsTaken>
{
    protected override void React(AlertsTaken happened, JournalEntry entry, Deciding deciding)
    {
        FlushInCommit.RunAll(deciding, routes.For(deciding.State), happened.Alerts
            .SelectMany(a => (a.Also ?? []).Select(f => (f.Group, f.FlushAt)).Prepend((a.Group, a.FlushAt))).Where(g => g.FlushAt <= deciding.Now).Select(g => g.Group));
    }
}

/// <summary>An alert joined a group that may speak at once.</summary>
internal sealed class OnAlertRouted(AlertRoutes routes) : Reaction<AlertRouted>
{
    protected override void React(AlertRouted happened, JournalEntry entry, Deciding deciding) => FlushInCommit.Run(deciding, routes.For(deciding.State), happened.Group);
}

/// <summary>An alert ended: its groups may speak at once, and so may those that it held back.</summary>
internal sealed class OnAlertResolved(AlertRoutes routes) : Reaction<AlertResolved>
{
    protected override void React(AlertResolved happened, JournalEntry entry, Deciding deciding)
    {
        var book = deciding.State.Get<AlertBook>();
        if (!book.All.TryGetValue(happened.Id, out var alert)) return;
        var table = routes.For(deciding.State);
        foreach (var key in alert.AlsoIn)
            if (book.Groups.TryGetValue(key, out var group))
                deciding.Write(new("alert-group", key), new GroupWoken(key, GroupStage.Next(group, table.Named(group.Route), deciding.Now), happened.Reason));
        Release.Of(deciding, "alert/" + happened.Id, $"The alert {happened.Id} is over.");
        FlushInCommit.Run(deciding, table, alert.Group);
    }
}

/// <summary>Nobody is at an alert any more: what waited behind it is judged at once.</summary>
internal sealed class OnAlertUnacknowledged : Reaction<AlertUnacknowledged>
{
    protected override void React(AlertUnacknowledged happened, JournalEntry entry, Deciding deciding) =>
        Release.Of(deciding, "alert/" + happened.Id, $"Nobody is at the alert {happened.Id} any more: {happened.Reason}");
}

/// <summary>A group was woken.</summary>
internal sealed class OnGroupWoken(AlertRoutes routes) : Reaction<GroupWoken>
{
    protected override void React(GroupWoken happened, JournalEntry entry, Deciding deciding) => FlushInCommit.Run(deciding, routes.For(deciding.State), happened.Group);
}

/// <summary>Groups were woken.</summary>
internal sealed class OnGroupsWoken(AlertRoutes routes) : Reaction<GroupsWoken>
{
    protected override void React(GroupsWoken happened, JournalEntry entry, Deciding deciding) =>
        FlushInCommit.RunAll(deciding, routes.For(deciding.State), happened.Groups);
}

/// <summary>A changed tree moved alerts.</summary>
internal sealed class OnAlertsRerouted(AlertRoutes routes) : Reaction<AlertsRerouted>
{
    protected override void React(AlertsRerouted happened, JournalEntry entry, Deciding deciding) =>
        FlushInCommit.RunAll(deciding, routes.For(deciding.State), happened.Alerts.Select(a => a.Group));
}

/// <summary>A silence ended: what it held back and still fires goes through the rest of the pipeline again.</summary>
internal sealed class OnSilenceEnded : Reaction<SilenceEnded>
{
    protected override void React(SilenceEnded happened, JournalEntry entry, Deciding deciding) =>
        Release.Of(deciding, "silence/" + happened.Id, $"The silence {happened.Id} ended: {happened.Reason}");
}
