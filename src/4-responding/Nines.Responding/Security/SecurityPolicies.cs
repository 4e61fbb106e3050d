using Nines.Catalog.Manifests;

namespace Nines.Responding.Security;

/// <summary>How a house deals with security incidents: as its manifest says, or as shipped.</summary>
public static class SecurityPolicies
{
    /// <summary>The policy of a set of manifests.</summary>
    public static SecurityPolicy Of(ManifestSet all) => all.Of<SecurityPolicy>().FirstOrDefault() ?? SecurityPolicy.Shipped;

    /// <summary>The signals that count: none where nobody says who is to read what they open; a manifest replaces what ships under its name.</summary>
    public static IReadOnlyList<SecuritySignal> Signals(ManifestSet all)
    {
        var policy = Of(all);
        if (!policy.Given) return [];
        SecuritySignal[] own = [.. all.Of<SecuritySignal>()];
        return policy.ShippedSignals ? [.. own, .. SecuritySignal.Shipped.Where(s => own.All(o => o.Name != s.Name))] : own;
    }
}
