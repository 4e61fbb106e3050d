using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>What is decided from.</summary>
public sealed record StatusContext
{
    /// <summary>A line of a page, such as a title, has so many characters at most.</summary>
    public const int LongestTitle = 200;

    /// <summary>A text has so many characters at most.</summary>
    public const int LongestText = 4_000;

    /// <summary>What was published.</summary>
    public required StatusBook Book { get; init; }

    /// <summary>The pages, as their manifests say.</summary>
    public required ManifestSet Catalog { get; init; }

    /// <summary>The house's own incidents.</summary>
    public required IncidentBook Incidents { get; init; }

    /// <summary>When.</summary>
    public required Instant Now { get; init; }

    /// <summary>Makes ids.</summary>
    public required Func<string> NewId { get; init; }

    /// <summary>The page of that name, or why there is none.</summary>
    public Outcome<StatusPage> PageOf(string name) => Catalog.Find<StatusPage>(name) is { } page
        ? page
        : Problem.NotFound($"There is no status page \"{name}\".", $"{Catalog.DidYouMean<StatusPage>(name)}List them with \"nines statuspage list\".");

    /// <summary>Says what is wrong with a text; adds nothing where it is right.</summary>
    internal static string Text(string text, string path, string missing, string remedy, int longest, List<Problem> wrong)
    {
        var trimmed = PublicText.Clean(text).Trim();
        if (trimmed.Length == 0) wrong.Add(Problem.Invalid(missing, remedy, path));
        else if (trimmed.Length > longest) wrong.Add(Problem.Invalid($"It has {trimmed.Length} characters.", $"Write at most {longest}.", path));
        return trimmed;
    }
}
