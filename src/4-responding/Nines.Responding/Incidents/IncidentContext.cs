using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Changes;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>What an incident is decided from.</summary>
public sealed record IncidentContext
{
    /// <summary>The incidents so far.</summary>
    public required IncidentBook Incidents { get; init; }

    /// <summary>All alerts.</summary>
    public required AlertBook Alerts { get; init; }

    /// <summary>All pages.</summary>
    public required PageBook Pages { get; init; }

    /// <summary>All changes.</summary>
    public required ChangeBook Changes { get; init; }

    /// <summary>Services and people.</summary>
    public required ManifestSet Catalog { get; init; }

    /// <summary>How this house responds.</summary>
    public required IncidentPolicy Policy { get; init; }

    /// <summary>When.</summary>
    public required Instant Now { get; init; }

    /// <summary>Makes ids.</summary>
    public required Func<string> NewId { get; init; }

    /// <summary>The open incident of that name, or why there is none.</summary>
    public Outcome<Incident> OpenOne(string name) => Incidents.Find(name) switch
    {
        null when Incidents.FindOld(name) is { } old => Problem.Conflict($"{old.Name} is too old to be changed: more than {IncidentBook.ClosedKept:N0} were resolved after it.", "It can be read. Declare another one."),
        null => Problem.NotFound($"There is no incident {name}.", "List them with \"nines incident list\"."),
        { MergedInto.Length: > 0 } part => Problem.Conflict($"{part.Name} is part of {Incidents.Find(part.MergedInto)?.Name ?? part.MergedInto}.", "Go on there."),
        { Open: false } over => Problem.Conflict($"{over.Name} is resolved.", "Reopen it first, or declare another one."),
        var open => open,
    };

    /// <summary>The person of that handle or opaque id, or why there is none.</summary>
    public Outcome<string> PersonOf(string name, string path) => ActingPerson.Named(Catalog, name, path);
}
