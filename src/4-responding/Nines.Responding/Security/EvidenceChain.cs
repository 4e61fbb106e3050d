using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime.Text;

namespace Nines.Responding.Security;

/// <summary>
/// Chains evidence and steps of custody by hash: each record's link covers all that it says and the link of the record before, so
/// that one that was taken away or changed shows. Pure.
/// </summary>
public static class EvidenceChain
{
    /// <summary>The link before the first.</summary>
    public const string Beginning = "";

    /// <summary>The record with its link.</summary>
    public static EvidenceItem Linked(EvidenceItem item, string before) => item with { Link = Of(item, before) };

    /// <summary>The step with its link.</summary>
    public static CustodyStep Linked(CustodyStep step, string before) => step with { Link = Of(step, before) };

    /// <summary>What does not fit, in words; empty where the chain is whole.</summary>
    public static IReadOnlyList<string> Broken(IReadOnlyList<EvidenceItem> items, IReadOnlyList<CustodyStep> steps)
    {
        var wrong = new List<string>();
        var before = Beginning;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Number != i + 1) wrong.Add($"Evidence {i + 1} is missing: {items[i].Number} stands in its place.");
            if (items[i].Link != Of(items[i], before)) wrong.Add($"Evidence {items[i].Number} does not fit to what stands before it.");
            before = items[i].Link;
        }

        before = Beginning;
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Link != Of(steps[i], before)) wrong.Add($"Step {i + 1} of the custody does not fit to what stands before it.");
            before = steps[i].Link;
        }

        return wrong;
    }

    private static string Of(EvidenceItem item, string before) => Hash(
        before, item.Number.ToString(CultureInfo.InvariantCulture), item.Name, item.Size.ToString(CultureInfo.InvariantCulture), item.Sha256, item.HashedBy, item.Kept ? "kept" : "not kept",
        item.Where, item.From, item.Note, InstantPattern.ExtendedIso.Format(item.At), item.By);

    private static string Of(CustodyStep step, string before) => Hash(
        before, step.Evidence.ToString(CultureInfo.InvariantCulture), step.To, step.Why, InstantPattern.ExtendedIso.Format(step.At), step.By);

    // Each part with its length before it: two parts never read like one.
    private static string Hash(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Length}:{p}"))))));
}
