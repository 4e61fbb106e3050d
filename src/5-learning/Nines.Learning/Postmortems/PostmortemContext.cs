using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>What a postmortem is decided from.</summary>
public sealed record PostmortemContext
{
    /// <summary>The postmortems so far.</summary>
    public required PostmortemBook Postmortems { get; init; }

    /// <summary>All incidents.</summary>
    public required IncidentBook Incidents { get; init; }

    /// <summary>Services and people.</summary>
    public required ManifestSet Catalog { get; init; }

    /// <summary>How this house learns.</summary>
    public required PostmortemPolicy Policy { get; init; }

    /// <summary>The service of an objective; null where it is gone.</summary>
    public required Func<string, string?> ServiceOf { get; init; }

    /// <summary>When.</summary>
    public required Instant Now { get; init; }

    /// <summary>Makes ids.</summary>
    public required Func<string> NewId { get; init; }

    /// <summary>The postmortem of that name, or why there is none.</summary>
    public Outcome<Postmortem> One(string name) => Postmortems.Find(name) switch
    {
        null when Postmortems.FindOld(name) is { } old => Problem.Conflict($"{old.Name} is too old to be changed: more than {PostmortemBook.FinalsKept:N0} became final after it.", "It can be read."),
        null => Problem.NotFound($"There is no postmortem {name}.", "List them with \"nines postmortem list\", or open one with \"nines postmortem write INC-1\"."),
        { MergedInto.Length: > 0 } part => Problem.Conflict($"The incident of {part.Name} is part of {Incidents.Find(part.MergedInto)?.Name ?? part.MergedInto}.", "Write that one's."),
        var found => found,
    };

    /// <summary>The person of that handle or opaque id, or why there is none.</summary>
    public Outcome<string> PersonOf(string name, string path) => ActingPerson.Named(Catalog, name, path);

    /// <summary>What its sections say that judges.</summary>
    public IReadOnlyList<LintFinding> Lint(Postmortem postmortem)
    {
        var names = BlamelessLint.NamesOf(CatalogView.Of(Catalog));
        return [.. postmortem.Sections.SelectMany(s => BlamelessLint.Check(s.Key, s.Value.Text, Policy.BlameWords, names))];
    }
}
