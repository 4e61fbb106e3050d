using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Responding.Runbooks.Manifests;

/// <summary>Reads the template that teams already have (seed 003, phase 10): the same words in snake_case below <c>runbook:</c>.</summary>
internal static class RunbookImport
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["alert_name"] = "alertName",
        ["last_updated"] = "lastUpdated",
        ["review_every"] = "reviewEvery",
        ["if_unexpected"] = "ifUnexpected",
        ["after_minutes"] = "afterMinutes",
        ["context_to_provide"] = "contextToProvide",
    };

    /// <summary>The manifest as YAML; null, with a problem, where the document is none.</summary>
    public static string? Read(ManifestDocument document, ProblemList problems)
    {
        if (document.Root.Find("runbook")?.Value is not ManifestMapping runbook)
        {
            problems.Invalid("This is no runbook.", "It begins with runbook: and has title, alert_name, diagnosis and so on below.", null, document.Place);
            return null;
        }

        var title = (runbook.Find("title")?.Value as ManifestScalar)?.Text ?? "";
        var alert = (runbook.Find("alert_name")?.Value as ManifestScalar)?.Text ?? "";
        var metadata = Mapping(("name", Text(Name(alert.Length > 0 ? alert : title))));
        var spec = new ManifestMapping([.. runbook.Entries.Where(e => e.Value is not ManifestScalar { Text: "" }).Select(Renamed)], runbook.Place);
        return ManifestText.ToYaml(Mapping(("apiVersion", Text("nines/v1")), ("kind", Text("Runbook")), ("metadata", metadata), ("spec", spec)));
    }

    private static ManifestEntry Renamed(ManifestEntry entry) => entry with { Name = Names.GetValueOrDefault(entry.Name, entry.Name), Value = Renamed(entry.Value) };

    private static ManifestNode Renamed(ManifestNode node) => node switch
    {
        ManifestMapping mapping => new ManifestMapping([.. mapping.Entries.Select(Renamed)], mapping.Place),
        ManifestSequence list => new ManifestSequence([.. list.Items.Select(Renamed)], list.Place),
        _ => node,
    };

    private static ManifestMapping Mapping(params (string Name, ManifestNode Value)[] entries) => new([.. entries.Select(e => new ManifestEntry(e.Name, default, e.Value))], default(SourcePlace));

    private static ManifestScalar Text(string text) => new(text, quoted: false, default);

    private static string Name(string text)
    {
        var words = new string([.. text.Select((c, i) => char.IsAsciiLetterOrDigit(c) ? (char.IsAsciiLetterUpper(c) && i > 0 && char.IsAsciiLetterLower(text[i - 1]) ? $"-{c}" : $"{c}") : "-").SelectMany(s => s)]).ToLowerInvariant();
        var name = string.Join('-', words.Split('-', StringSplitOptions.RemoveEmptyEntries));
        return name.Length == 0 ? "runbook" : name[..Math.Min(name.Length, 60)].TrimEnd('-');
    }
}
