using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>What a drill is decided from.</summary>
public sealed record DrillContext
{
    /// <summary>The drills so far.</summary>
    public required DrillBook Drills { get; init; }

    /// <summary>All incidents.</summary>
    public required IncidentBook Incidents { get; init; }

    /// <summary>Services, people, drills.</summary>
    public required ManifestSet Catalog { get; init; }

    /// <summary>When.</summary>
    public required Instant Now { get; init; }

    /// <summary>Makes ids.</summary>
    public required Func<string> NewId { get; init; }

    /// <summary>The run of that name, or why there is none.</summary>
    public Outcome<DrillRun> One(string name) => Drills.Find(name) is { } found ? found : Problem.NotFound($"There is no run {name}.", "List them with \"nines drill runs\".");

    /// <summary>The run of that name that is under way, or why there is none.</summary>
    public Outcome<DrillRun> OpenOne(string name) => One(name) is not { Ok: true } found ? One(name)
        : found.Value.Open ? found : Problem.Conflict($"{found.Value.Name} is over.", "Start the drill again.");

    /// <summary>The drill of that name, or why there is none.</summary>
    public Outcome<Drill> DrillOf(string name) => Catalog.Find<Drill>(name) is { } drill ? drill
        : Problem.NotFound($"There is no drill \"{name}\".", $"{Catalog.DidYouMean<Drill>(name)}List them with \"nines drill list\".", "drill");

    /// <summary>The person of that handle or opaque id; null, with a problem, for nobody.</summary>
    public Person? PersonOf(string name, string path, List<Problem> wrong)
    {
        var found = ActingPerson.Named(Catalog, name, path);
        if (found.Ok) return CatalogView.Of(Catalog).PersonById(found.Value);
        wrong.AddRange(found.Problems);
        return null;
    }
}
