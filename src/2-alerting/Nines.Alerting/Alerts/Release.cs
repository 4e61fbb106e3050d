using Nines.Kernel;

namespace Nines.Alerting.Alerts;

/// <summary>Whatever held alerts back ended: the groups of those that still fire are judged at once, not at their next interval.</summary>
internal static class Release
{
    public static void Of(Deciding deciding, string by, string reason)
    {
        var book = deciding.State.Get<AlertBook>();
        var groups = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var id in deciding.State.Get<HeldBook>().HeldBy(by))
        {
            if (!book.All.TryGetValue(id, out var alert) || !alert.Firing) continue;
            groups.Add(alert.Group);
            groups.UnionWith(alert.AlsoIn);
        }

        string[] woken = [.. groups.Where(book.Groups.ContainsKey)];
        if (woken.Length > 0) deciding.Write(Intake.Calls, new GroupsWoken(woken, deciding.Now, reason));
    }
}
