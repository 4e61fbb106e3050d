using System.Text;
using System.Text.Json;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>A drill as a manifest, from a past incident: what came when, written out so that it can be mended. Pure.</summary>
public static class DrillDraft
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The manifest, as YAML.</summary>
    public static string Of(Incident past)
    {
        var text = new StringBuilder();
        text.Append($"# Drafted from {past.Name}. Read it, mend it, then: nines apply -f FILE\n");
        text.Append("# Whoever takes part sees the title: it should not give away the cause.\n");
        text.Append($"apiVersion: nines/v1\nkind: Drill\nmetadata: {{ name: {Slug(past)} }}\nspec:\n");
        text.Append($"  title: {Quote(past.Title)}\n");
        if (past.Services.Count > 0) text.Append($"  service: {Quote(past.Services[0])}\n");
        text.Append($"  severity: {past.Severity.Word().ToLowerInvariant()}\n");
        text.Append($"  story: {Quote(PastIncident.Story(past))}\n  injects:\n");
        foreach (var inject in PastIncident.Injects(past))
        {
            text.Append($"    - at: {FieldDuration.Format(Duration.FromSeconds(Math.Floor(inject.At.TotalSeconds)))}\n");
            if (inject.Kind == InjectKind.Alert) text.Append($"      alert: {{ name: {Quote(inject.Name)}, summary: {Quote(inject.Text)}, severity: page }}\n");
            else text.Append($"      say: {Quote(inject.Text)}\n");
        }

        if (past.Cause.Length > 0) text.Append($"    # A question that tests whether the cause was found; write its answers.\n    # - at: 10m\n    #   clue: What is behind it?\n    #   answers: [{Quote(past.Cause)}]\n");
        return text.ToString();
    }

    // JSON's quoted text is YAML's, too: nothing that somebody typed can end it, or its line.
    private static string Quote(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static string Slug(Incident past)
    {
        var slug = string.Join('-', new string([.. past.Title.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length == 0 ? $"inc-{past.Number}" : slug[..Math.Min(slug.Length, 60)].TrimEnd('-');
    }
}
