using System.Diagnostics.CodeAnalysis;

namespace Nines.Measuring.Ingestion.AccessLogs;

/// <summary>Picks the reader that a source's format asks for.</summary>
internal static class LineFormats
{
    /// <summary>Compiles the format of a source; the slots of <see cref="AccessField.Extra"/> follow <see cref="Captured"/>.</summary>
    public static bool TryCreate(LogSource source, [NotNullWhen(true)] out ILineFormat? format, [NotNullWhen(false)] out string? wrong)
    {
        format = null;
        wrong = null;
        var captured = Captured(source);
        if (captured.Count > AccessLine.MaxExtra)
        {
            wrong = $"{captured.Count} fields are taken from the lines; at most {AccessLine.MaxExtra} can be.";
            return false;
        }

        if (source.Format == "json")
        {
            format = new JsonFormat(source.Fields, captured);
            return true;
        }

        var text = source.Format switch
        {
            "common" => VariableFormat.Common,
            "combined" => VariableFormat.Combined,
            "nginx" => VariableFormat.Nginx,
            var own => own,
        };
        if (!VariableFormat.TryCompile(text, captured, out var made, out wrong)) return false;
        format = made;
        return true;
    }

    /// <summary>The fields that labels take from a line, in their order.</summary>
    public static IReadOnlyList<string> Captured(LogSource source) =>
        [.. source.Labels.Where(label => label.Value.StartsWith('$')).Select(label => label.Value[1..]).Distinct()];
}
