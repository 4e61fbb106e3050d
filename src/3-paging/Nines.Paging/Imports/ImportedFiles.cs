using System.Text.Json;
using Nines.Kernel;
using Nines.Paging.Imports.Sources;

namespace Nines.Paging.Imports;

/// <summary>Reads another program's files into a draft. Pure.</summary>
internal static class ImportedFiles
{
    /// <summary>Programs that can be read.</summary>
    public static IReadOnlyList<string> Sources { get; } = ["opsgenie", "grafana-oncall", "pagerduty", "goalert"];

    /// <summary>The draft of some texts, or what is wrong with them.</summary>
    /// <param name="source">One of <see cref="Sources"/>.</param>
    /// <param name="files">Name and text of each.</param>
    public static Outcome<ImportDraft> Read(string source, IReadOnlyList<(string Name, string Text)> files)
    {
        var (read, problems) = (new List<JsonElement>(), new List<Problem>());
        foreach (var (name, text) in files)
        {
            try
            {
                using var document = JsonDocument.Parse(text, new() { MaxDepth = 64 });
                read.Add(document.RootElement.Clone());
            }
            catch (JsonException broken)
            {
                problems.Add(Problem.Invalid("This is not JSON.", "Save the API's answer as it is.", place: new(name, (int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? 0) + 1)));
            }
        }

        if (problems.Count > 0) return Outcome<ImportDraft>.Failed(problems);
        var draft = new ImportDraft();
        IImportSource reader = source switch
        {
            "opsgenie" => new OpsgenieImport(draft),
            "grafana-oncall" => new OnCallImport(draft),
            "goalert" => new GoAlertImport(draft),
            _ => new PagerDutyImport(draft),
        };
        reader.Read(read);
        if (read.Any(f => f.At("incidents") is not null || f.At("log_entries") is not null || f.List("results").Any(r => r.At("alerts_count") is not null)))
            draft.Found("Some files hold pages that were, and no settings.", "They are for comparing: nines oncall shadow-import MODE FILE, see nines explain ShadowMode.");
        return draft;
    }
}
