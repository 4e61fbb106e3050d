using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Nines.Alerting.Alerts;
using Nines.Kernel;

namespace Nines.Responding.Runner;

/// <summary>
/// Puts labels of an alert into an action: <c>{labels.pod}</c>. Each place encodes for itself, so that a label's value can never become
/// more than a value: an address's part, a JSON text, a quoted text of a query, one whole argument of a command. Pure.
/// </summary>
public static partial class RunnerText
{
    private const string Stripped = "\u001b";

    /// <summary>The action with its labels filled in, or everything that is missing.</summary>
    public static Outcome<RunnerAction> Fill(RunnerAction action, AlertLabels labels)
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var filled = action with
        {
            Http = action.Http is { } http ? http with { Url = Put(http.Url, Uri.EscapeDataString), Headers = Map(http.Headers, HeaderSafe), Body = Put(http.Body, v => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(v)) } : null,
            Command = action.Command is { } command ? command with { With = Map(command.With, v => v) } : null,
            Chat = action.Chat is { } chat ? chat with { Text = Put(chat.Text, v => v) } : null,
            Query = action.Query is { } query ? query with { Objective = Put(query.Objective, v => v), Alerts = [.. query.Alerts.Select(a => Put(a, Quoted))], Metric = Put(query.Metric, Quoted), Promql = Put(query.Promql, Quoted) } : null,
        };
        return missing.Count == 0 ? filled : Outcome<RunnerAction>.Failed([.. missing.Select(m => Problem.Invalid($"The alert has no label {m}, which the action needs.", "Start it from an alert that has it, or write its value.", "labels." + m))]);

        string Put(string text, Func<string, string> encode) => Place().Replace(text, found =>
        {
            var value = labels[found.Groups["name"].Value];
            if (value.Length == 0) missing.Add(found.Groups["name"].Value);
            return encode(value);
        });

        ImmutableSortedDictionary<string, string> Map(ImmutableSortedDictionary<string, string> texts, Func<string, string> encode) =>
            texts.ToImmutableSortedDictionary(t => t.Key, t => Put(t.Value, encode), StringComparer.Ordinal);
    }

    /// <summary>The labels that an action needs.</summary>
    public static IReadOnlyList<string> Needs(RunnerAction action)
    {
        string[] texts =
        [
            action.Http?.Url ?? "", action.Http?.Body ?? "", .. action.Http?.Headers.Values ?? [], .. action.Command?.With.Values ?? [], action.Chat?.Text ?? "",
            action.Query?.Objective ?? "", action.Query?.Metric ?? "", action.Query?.Promql ?? "", .. action.Query?.Alerts ?? [],
        ];
        return [.. texts.SelectMany(t => Place().Matches(t)).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>A text of at most so many characters; what is cut says so.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : $"{text[..most]}… (cut: {text.Length - most} more characters)";

    /// <summary>Output as a page may show it: no control characters, no escapes of a terminal, no secret.</summary>
    public static string Clean(string text, IReadOnlyCollection<string> secrets)
    {
        var clean = Escapes().Replace(text, "");
        foreach (var secret in secrets)
            if (secret.Length > 0) clean = clean.Replace(secret, "•••", StringComparison.Ordinal);
        if (!clean.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))) return clean;
        var kept = new StringBuilder(clean.Length);
        foreach (var c in clean)
            if (!char.IsControl(c) || c is '\n' or '\t') kept.Append(c);
        return kept.ToString();
    }

    private static string Quoted(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string HeaderSafe(string value) => string.Concat(value.Where(c => !char.IsControl(c)));

    [GeneratedRegex(@"\{labels\.(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();

    [GeneratedRegex(Stripped + @"(\[[0-9;?]*[ -/]*[@-~]|\][^\a\x1b]*(\a|\x1b\\)?|[@-Z\\-_])", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Escapes();
}
