using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Manifests;

/// <summary>Asks every room what a change comes to, and holds it up where one objects and nobody forces it.</summary>
public sealed class ManifestReviews(IEnumerable<IManifestReview> reviews)
{
    /// <summary>The field that the words of a forced change stand in.</summary>
    internal const string ForceField = "force";

    /// <summary>So many objections are kept with a forced change.</summary>
    internal const int ObjectionsKept = 20;

    /// <summary>Judges a change.</summary>
    /// <param name="state">The house as it is.</param>
    /// <param name="next">All manifests as they would be.</param>
    /// <param name="now">When.</param>
    /// <param name="force">Why it shall be made all the same; null where nobody forces it.</param>
    internal Reviewed Judge(HouseState state, ManifestSet next, Instant now, string? force)
    {
        Problem[] said = [.. reviews.SelectMany(r => r.Review(state, next, now))];
        Problem[] objections = [.. said.Where(p => p.IsError)];
        if (objections.Length == 0) return new([], said, null);
        if (!string.IsNullOrWhiteSpace(force))
            return new([], [.. said.Select(p => p with { Kind = ProblemKind.Finding })], new(force.Trim(), [.. objections.Take(ObjectionsKept).Select(p => p.What)]));
        return new([.. said, Problem.Conflict("The change is held up.", "Mend what is named above, or make it all the same and say why: --force \"REASON\" (over HTTP ?force=REASON).", ForceField)], [], null);
    }
}

/// <summary>What the reviews came to.</summary>
/// <param name="Errors">What holds the change up, with everything else that was said.</param>
/// <param name="Findings">What is worth knowing.</param>
/// <param name="Forced">The event of a change that is made against objections; null for none.</param>
internal sealed record Reviewed(IReadOnlyList<Problem> Errors, IReadOnlyList<Problem> Findings, ManifestsForced? Forced);
