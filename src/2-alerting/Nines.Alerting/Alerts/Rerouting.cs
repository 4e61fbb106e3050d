using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>
/// A changed tree and the alerts that fire: each goes where it would go now. A page whose loudness, policy and service
/// stay is only carried over; where they change, its old thread ends and the new people are told.
/// </summary>
public static class Rerouting
{
    /// <summary>The events that move alerts.</summary>
    public static IReadOnlyList<(StreamName Stream, object Event)> Decide(AlertBook book, RouteTable routes, Instant now)
    {
        var moves = book.All.Values.Where(a => a.Firing && a.Group.Length > 0).OrderBy(a => a.Id, StringComparer.Ordinal)
            .Select(a => Move.Of(a, routes)).Where(m => m.Changes).ToArray();
        if (moves.Length == 0) return [];
        var target = moves.ToDictionary(m => m.Alert.Id, m => m.Key);
        var routed = new List<AlertRouted>();
        var woken = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var move in moves)
        {
            var (alert, facts) = (move.Alert, RouteFacts.Of(move.Alert));
            var (key, flushAt, grouped) = GroupStage.Judge(book, move.Route, facts, now);
            var thread = Carries(book, routes, move, target) ? alert.Thread : "";
            var why = new Verdict(now, Stage.Route, move.Route.Name, "The routing tree was changed. " + move.Route.Why);
            routed.Add(new(alert.Id, move.Route.Name, key, flushAt, [why, grouped], Thread: thread));
            routed.AddRange(move.Also.Select(r => Intake.Further(book, alert.Id, r, facts, now)));
            if (key != alert.Group) woken.Add(alert.Group);
            woken.UnionWith(alert.AlsoIn);
        }

        // Groups that somebody left say so, where their people were told.
        string[] left = [.. woken.Where(book.Groups.ContainsKey)];
        return [(Intake.Calls, new AlertsRerouted(routed)), (Intake.Calls, new GroupsWoken(left, now, "The routing tree was changed."))];
    }

    private static bool Carries(AlertBook book, RouteTable routes, Move move, Dictionary<string, string> target)
    {
        if (move.Key == move.Alert.Group || move.Alert.Thread.Length == 0) return false;
        if (!book.Groups.TryGetValue(move.Alert.Group, out var old) || old.Thread.Length == 0 || !old.Members.GetValueOrDefault(move.Alert.Id)) return false;
        var before = routes.Named(move.Alert.Route);
        if (before.Name != move.Alert.Route || before.Severity != move.Route.Severity || before.Escalation != move.Route.Escalation || before.Service != move.Route.Service) return false;
        if (book.Groups.TryGetValue(move.Key, out var taken) && taken.Thread.Length > 0 && taken.Thread != old.Thread) return false;
        // One thread belongs to one group: it goes on only where all of its alerts go the same way.
        return old.Members.Keys.All(id => target.GetValueOrDefault(id, move.Alert.Group) == move.Key);
    }

    private sealed record Move(Alert Alert, Route Route, IReadOnlyList<Route> Also, string Key, bool Changes)
    {
        public static Move Of(Alert alert, RouteTable routes)
        {
            var facts = RouteFacts.Of(alert);
            var route = routes.Take(facts, out var also);
            var key = route.GroupKey(facts);
            var same = key == alert.Group && also.Count == alert.AlsoIn.Count && also.All(r => alert.AlsoIn.Contains(r.GroupKey(facts), StringComparer.Ordinal));
            return new(alert, route, also, key, !same);
        }
    }
}
