using Nines.Catalog;
using Nines.Catalog.Access;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>What a case is decided from.</summary>
public sealed record SecurityContext
{
    /// <summary>The cases so far.</summary>
    public required SecurityBook Book { get; init; }

    /// <summary>Ordinary incidents.</summary>
    public required IncidentBook Incidents { get; init; }

    /// <summary>Services and people.</summary>
    public required ManifestSet Catalog { get; init; }

    /// <summary>Programs' tokens.</summary>
    public required AccessState Access { get; init; }

    /// <summary>How this house deals with it.</summary>
    public required SecurityPolicy Policy { get; init; }

    /// <summary>Who asks.</summary>
    public required Actor Actor { get; init; }

    /// <summary>When.</summary>
    public required Instant Now { get; init; }

    /// <summary>Makes ids.</summary>
    public required Func<string> NewId { get; init; }

    /// <summary>The case of that name, if whoever asks may know of it. Whoever may not is answered as if there were none.</summary>
    public Outcome<SecurityCase> One(string name) => Book.Find(name) is { } one && Circle.Holds(one, Actor, Policy, Catalog, Access) ? one : Unknown(name);

    /// <summary>The person of that handle or opaque id, or why there is none.</summary>
    public Outcome<string> PersonOf(string name, string path) => ActingPerson.Named(Catalog, name, path);

    /// <summary>That there is no such case, or none that one may know of.</summary>
    public static Problem Unknown(string name) => Problem.NotFound($"There is no security case {name}.", "List those that you may read with \"nines security list\".");
}
