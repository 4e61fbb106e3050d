using System.Collections.Frozen;

namespace Nines.Alerting.Alerts;

/// <summary>
/// The words with which other programs say how loud an alert is, as data: one table for every door. An unknown word, like
/// none at all, gets what the settings say, which ships as page: an alert must not get lost for want of a word.
/// </summary>
public static class SeverityWords
{
    /// <summary>The labels that say it, in the order in which they are asked.</summary>
    public static IReadOnlyList<string> Labels { get; } = ["severity", "priority"];

    /// <summary>Word to severity; words are compared without case.</summary>
    public static IReadOnlyDictionary<string, AlertSeverity> All { get; } = new Dictionary<string, AlertSeverity>(StringComparer.OrdinalIgnoreCase)
    {
        ["page"] = AlertSeverity.Page,
        ["critical"] = AlertSeverity.Page,
        ["emergency"] = AlertSeverity.Page,
        ["fatal"] = AlertSeverity.Page,
        ["error"] = AlertSeverity.Page,
        ["alert"] = AlertSeverity.Page,
        ["high"] = AlertSeverity.Page,
        ["urgent"] = AlertSeverity.Page,
        ["major"] = AlertSeverity.Page,
        ["disaster"] = AlertSeverity.Page,
        ["p0"] = AlertSeverity.Page,
        ["p1"] = AlertSeverity.Page,
        ["sev0"] = AlertSeverity.Page,
        ["sev1"] = AlertSeverity.Page,
        ["sev2"] = AlertSeverity.Page,
        ["sev-1"] = AlertSeverity.Page,
        ["sev-2"] = AlertSeverity.Page,
        ["ticket"] = AlertSeverity.Ticket,
        ["warning"] = AlertSeverity.Ticket,
        ["warn"] = AlertSeverity.Ticket,
        ["minor"] = AlertSeverity.Ticket,
        ["medium"] = AlertSeverity.Ticket,
        ["average"] = AlertSeverity.Ticket,
        ["p2"] = AlertSeverity.Ticket,
        ["sev3"] = AlertSeverity.Ticket,
        ["sev-3"] = AlertSeverity.Ticket,
        ["log"] = AlertSeverity.Log,
        ["info"] = AlertSeverity.Log,
        ["information"] = AlertSeverity.Log,
        ["informational"] = AlertSeverity.Log,
        ["notice"] = AlertSeverity.Log,
        ["low"] = AlertSeverity.Log,
        ["none"] = AlertSeverity.Log,
        ["debug"] = AlertSeverity.Log,
        ["p3"] = AlertSeverity.Log,
        ["p4"] = AlertSeverity.Log,
        ["p5"] = AlertSeverity.Log,
        ["sev4"] = AlertSeverity.Log,
        ["sev5"] = AlertSeverity.Log,
        ["sev-4"] = AlertSeverity.Log,
        ["sev-5"] = AlertSeverity.Log,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The severity that a word says; <paramref name="without"/> for an unknown word.</summary>
    public static AlertSeverity Of(string word, AlertSeverity without) => All.TryGetValue(word, out var severity) ? severity : without;

    /// <summary>The severity that labels say; <paramref name="without"/> where none says it.</summary>
    public static AlertSeverity Of(AlertLabels labels, AlertSeverity without)
    {
        foreach (var name in Labels)
            if (All.TryGetValue(labels[name], out var severity)) return severity;
        return without;
    }
}
