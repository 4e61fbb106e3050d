using System.Text;
using System.Text.Json;
using Nines.Kernel;

namespace Nines.Alerting.Integrations;

/// <summary>
/// Text with places for an event's values: <c>{{job.name}} failed on {{host | labels.instance | "some host"}}</c>. Of
/// alternatives the first that is there is taken. A template that is one path may be written as <c>$.job.name</c>.
/// </summary>
internal sealed class EventTemplate
{
    private const string Form = "Write text with paths such as {{job.name}}, alternatives such as {{title | summary}}.";

    private readonly IReadOnlyList<Piece> _pieces;

    private EventTemplate(string text, IReadOnlyList<Piece> pieces) => (Text, _pieces) = (text, pieces);

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Reads one.</summary>
    public static Outcome<EventTemplate> Parse(string text)
    {
        if (text.Length > 2000) return Problem.Invalid("The template is longer than 2000 characters.", "Write a shorter one.");
        if (text.StartsWith("$.", StringComparison.Ordinal) && !text.Contains("{{", StringComparison.Ordinal))
            return EventPath.Parse(text) is { } whole ? new EventTemplate(text, [new("", [new(whole, "")])]) : Problem.Invalid($"\"{text}\" is not a path.", Form);
        var pieces = new List<Piece>();
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOf("{{");
            if (open < 0)
            {
                pieces.Add(new(rest.ToString(), []));
                break;
            }

            if (open > 0) pieces.Add(new(rest[..open].ToString(), []));
            rest = rest[(open + 2)..];
            var close = rest.IndexOf("}}");
            if (close < 0) return Problem.Invalid($"\"{text}\" opens {{{{ and does not close it.", Form);
            if (Choice(rest[..close]) is not { } choice) return Problem.Invalid($"\"{rest[..close].Trim()}\" is not a path.", Form);
            pieces.Add(new("", choice));
            rest = rest[(close + 2)..];
        }

        return new EventTemplate(text, pieces);
    }

    /// <summary>One that is known to be well-formed.</summary>
    public static EventTemplate Of(string text) => Parse(text).Value;

    /// <summary>The text for an event; empty where nothing that it names is there.</summary>
    /// <param name="root">The whole body.</param>
    /// <param name="item">The item of the list that is read, or the body.</param>
    public string Render(JsonElement root, JsonElement item)
    {
        var text = new StringBuilder();
        var found = _pieces.All(p => p.Choice.Count == 0);
        foreach (var piece in _pieces)
        {
            if (piece.Choice.Count == 0)
            {
                text.Append(piece.Literal);
                continue;
            }

            var value = piece.Choice.Select(c => c.Path is null ? c.Literal : string.Join(", ", c.Path.Texts(root, item))).FirstOrDefault(t => t.Length > 0) ?? "";
            found |= value.Length > 0;
            text.Append(value);
        }

        return found ? text.ToString() : "";
    }

    private static List<Alternative>? Choice(ReadOnlySpan<char> text)
    {
        var alternatives = new List<Alternative>();
        foreach (var range in text.Split('|'))
        {
            var one = text[range].Trim();
            if (one.Length >= 2 && one[0] == '"' && one[^1] == '"') alternatives.Add(new(null, one[1..^1].ToString()));
            else if (EventPath.Parse(one) is { } path) alternatives.Add(new(path, ""));
            else return null;
        }

        return alternatives.Count is 0 or > 40 ? null : alternatives;
    }

    private sealed record Alternative(EventPath? Path, string Literal);

    private sealed record Piece(string Literal, IReadOnlyList<Alternative> Choice);
}
