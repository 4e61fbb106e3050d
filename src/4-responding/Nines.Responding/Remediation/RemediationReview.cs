using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>Tells whoever changes a runbook which rules then do nothing any more, or begin anew; it holds nothing up.</summary>
internal sealed class RemediationReview(CompiledManifests manifests) : IManifestReview
{
    /// <inheritdoc />
    public IReadOnlyList<Problem> Review(HouseState state, ManifestSet next, Instant now)
    {
        var before = manifests.For(state);
        return [.. next.Of<RemediationRule>().Where(r => r.Runbook is not null).SelectMany(rule => Words(rule, before.Find<RemediationRule>(rule.Name), before, next, state.Get<RemedyBook>()))];
    }

    private static IEnumerable<Problem> Words(RemediationRule rule, RemediationRule? known, ManifestSet before, ManifestSet next, RemedyBook book)
    {
        // A rule that is itself new or changed is judged by its kind.
        if (!ReferenceEquals(rule, known) || RuleDeed.Of(rule, before) is not { Ok: true } was) yield break;
        var then = RuleDeed.Of(rule, next);
        if (!then.Ok) yield return Problem.Finding($"The remediation {rule.Name} does nothing any more: {string.Join(" ", then.Problems.Select(p => p.What))}", $"Change the rule, too: nines remediation show {rule.Name}");
        else if (then.Value.Version != was.Value.Version && book.TrustOf(rule.Name, was.Value.Version).Tries > 0)
            yield return Problem.Finding($"The remediation {rule.Name} begins anew, and suggests: its steps are written otherwise.", $"See what is known of it: nines remediation show {rule.Name}");
    }
}
