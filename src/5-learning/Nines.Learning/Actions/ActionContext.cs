using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Actions;

/// <summary>What an action is decided from.</summary>
public sealed record ActionContext
{
    /// <summary>The actions so far.</summary>
    public required ActionBook Actions { get; init; }

    /// <summary>All incidents.</summary>
    public required IncidentBook Incidents { get; init; }

    /// <summary>Services, people, trackers, alerts.</summary>
    public required ManifestSet Catalog { get; init; }

    /// <summary>How long actions may take.</summary>
    public required ActionPolicy Policy { get; init; }

    /// <summary>When.</summary>
    public required Instant Now { get; init; }

    /// <summary>Makes ids.</summary>
    public required Func<string> NewId { get; init; }

    /// <summary>The action of that name, or why there is none.</summary>
    public Outcome<ActionItem> One(string name) => Actions.Find(name) is { } found ? found : Problem.NotFound($"There is no action {name}.", "List them with \"nines action list\".");

    /// <summary>The open action of that name, or why there is none.</summary>
    public Outcome<ActionItem> OpenOne(string name) => One(name) is not { Ok: true } found ? One(name)
        : found.Value.IsOpen ? found : Problem.Conflict($"{found.Value.Name} is {ActionReading.Word(found.Value.State)}.", "Open it again first, with a reason.");

    /// <summary>The person of that handle or opaque id, or why there is none.</summary>
    public Outcome<string> PersonOf(string name, string path) => ActingPerson.Named(Catalog, name, path);

    /// <summary>The zone in which the days of a person, or of a service, are counted.</summary>
    public DateTimeZone ZoneOf(string owner, string service) => Policy.ZoneOf(owner, service, CatalogView.Of(Catalog));
}
