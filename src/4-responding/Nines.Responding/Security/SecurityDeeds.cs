using System.Collections.Frozen;
using Nines.Kernel;

namespace Nines.Responding.Security;

/// <summary>What somebody of the circle may do with a case.</summary>
public delegate Outcome<IReadOnlyList<object>> SecurityDeed(SecurityContext context, SecurityCase one, SecurityAsked asked, string by);

/// <summary>Every deed, by the word that the command, the address and the form share.</summary>
public static class SecurityDeeds
{
    /// <summary>By word.</summary>
    public static FrozenDictionary<string, SecurityDeed> All { get; } = new Dictionary<string, SecurityDeed>(StringComparer.Ordinal)
    {
        ["confirm"] = SecurityRules.Confirm,
        ["dismiss"] = SecurityRules.Dismiss,
        ["severity"] = SecurityRules.Severity,
        ["take"] = SecurityRules.Take,
        ["leave"] = SecurityRules.Leave,
        ["phase"] = SecurityRules.Phase,
        ["note"] = SecurityRules.Note,
        ["check"] = SecurityRules.Check,
        ["affected"] = BreachRules.Affected,
        ["clock"] = BreachRules.Start,
        ["told"] = BreachRules.Told,
        ["not-needed"] = BreachRules.NotNeeded,
        ["let-in"] = CircleRules.Let,
        ["let-out"] = CircleRules.Out,
        ["hand"] = EvidenceRules.Hand,
        ["link"] = SecurityRules.Link,
        ["close"] = SecurityRules.Close,
        ["reopen"] = SecurityRules.Reopen,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
