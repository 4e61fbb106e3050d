using System.Text.RegularExpressions;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Tickets;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Actions;

/// <summary>Actions as doors show them.</summary>
public sealed partial class ActionReading(IHouse house, CompiledManifests manifests)
{
    /// <summary>How long actions may take.</summary>
    public ActionPolicy Policy => ActionPolicies.Of(manifests.For(house.State));

    /// <summary>The action of that id or number; null for none.</summary>
    public ActionView? Find(string name, Instant now) => house.State is var state && state.Get<ActionBook>().Find(name) is { } action ? View(state, action, now) : null;

    /// <summary>Open ones, the first due first; then those that are over, the newest first.</summary>
    public IReadOnlyList<ActionView> All(Instant now)
    {
        var state = house.State;
        var book = state.Get<ActionBook>();
        return [.. book.Open.Concat(book.All.Values.Where(a => !a.IsOpen).OrderByDescending(a => a.EndedAt)).Select(a => View(state, a, now))];
    }

    /// <summary>Open ones that are past their deadline, the longest first.</summary>
    public IReadOnlyList<ActionView> Overdue(Instant now) => house.State is var state ? [.. state.Get<ActionBook>().Open.Where(a => a.Deadline < now).Select(a => View(state, a, now))] : [];

    /// <summary>Those of an incident, in the order in which they were written down.</summary>
    public IReadOnlyList<ActionView> OfIncident(string incident, Instant now) =>
        house.State is var state ? [.. state.Get<ActionBook>().All.Values.Where(a => a.Incident == incident).OrderBy(a => a.Number).Select(a => View(state, a, now))] : [];

    /// <summary>The written word of a state.</summary>
    public static string Word(ActionState state) => state == ActionState.InProgress ? "in-progress" : state.ToString().ToLowerInvariant();

    private ActionView View(HouseState state, ActionItem action, Instant now)
    {
        var set = manifests.For(state);
        var catalog = CatalogView.Of(set);
        return new(
            action.Id, action.Name, action.Title, Word(action.State), action.Type.ToString().ToLowerInvariant(), action.Priority.ToString(), Name(action.Owner), catalog.Service(action.Service)?.Service.OwnerTeam ?? "",
            action.Service, action.Incident.Length > 0 ? state.Get<IncidentBook>().Find(action.Incident)?.Name ?? action.Incident : "", action.Deadline, action.IsOpen && action.Deadline < now)
        {
            IncidentId = action.Incident,
            Zone = ActionPolicies.Of(set).ZoneOf(action.Owner, action.Service, catalog).Id,
            Link = action.Link,
            Tracked = [.. action.Trackers.GroupBy(t => t.Tracker, StringComparer.Ordinal).Select(g => Tracked(set, g.Key, [.. g]))],
            Check = action.Check is null ? "" : CheckWords.Write(action.Check),
            HoldsSince = action.HoldsSince,
            AddedAt = action.AddedAt,
            EndedAt = action.EndedAt,
            Evidence = action.Evidence,
            ByCheck = action.ByCheck,
            Lines = [.. action.Lines.Reverse().Select(l => l with { Text = l.Text.Replace("{0}", Name(l.By), StringComparison.Ordinal), By = Name(l.By) })],
        };

        string Name(string person) => person.Length == 0 ? "" : catalog.PersonById(person)?.Name ?? person;
    }

    private static TrackedView Tracked(ManifestSet set, string tracker, IReadOnlyList<TrackerTold> told)
    {
        var key = told.Select(t => Key().Match(t.Reason)).LastOrDefault(m => m.Success)?.Groups["key"].Value ?? "";
        var url = key.Length == 0 || set.Find<TicketTracker>(tracker) is not { } known ? ""
            : known.Kind == TicketTracker.Jira ? $"{known.Url.ToString().TrimEnd('/')}/browse/{Uri.EscapeDataString(key)}"
            : $"{known.Url.ToString().TrimEnd('/')}/{Uri.EscapeDataString(known.Project)}.do?sysparm_query=number={Uri.EscapeDataString(key)}";
        return new(tracker, key, url, told[^1].Outcome == "pending" ? "on its way" : told[^1].Reason);
    }

    // What the senders of tickets answer where they made, or found, an issue.
    [GeneratedRegex(@"^It is (?<key>[^\s,]+?)[.,]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();
}
