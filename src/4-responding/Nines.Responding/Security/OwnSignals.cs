using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Responding.Security;

/// <summary>Signals over Nines' own doors, in the commit of what happened there.</summary>
internal sealed class OwnSignals(FindingIntake intake, CompiledManifests manifests)
{
    /// <summary>Opens or joins the case of a signal over Nines' own doors, in the commit of what happened there.</summary>
    public void Happened(Deciding deciding, OwnFact fact)
    {
        var set = manifests.For(deciding.State);
        var (policy, book) = (SecurityPolicies.Of(set), deciding.State.Get<SecurityBook>());
        var found = SecurityPolicies.Signals(set).Where(s => s.Own == fact).Select(s => (Signal: s, Count: book.Own.GetValueOrDefault(fact, []).Count(at => at > deciding.Now - s.Within)))
            .Where(f => f.Count >= f.Signal.AtLeast && FindingRules.Tells(book, policy, f.Signal, deciding.Now)).ToArray();
        intake.Take(deciding, policy, found.Select(f => f.Signal.Found(f.Count, deciding.Now)));
    }
}
