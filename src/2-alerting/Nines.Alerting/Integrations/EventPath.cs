using System.Globalization;
using System.Text.Json;

namespace Nines.Alerting.Integrations;

/// <summary>
/// Where in an event a value stands: <c>labels.alertname</c>, <c>items[0].name</c>, <c>items[*].name</c> (all, joined),
/// <c>["a key with dots"]</c>. With <c>$.</c> before it, it begins at the whole body, also inside a list.
/// </summary>
internal sealed class EventPath
{
    private const int MaxSteps = 16;
    private const int MaxJoined = 20;

    private static readonly System.Buffers.SearchValues<char> NotInNames = System.Buffers.SearchValues.Create(" \t\n\"'{}|]");

    private readonly IReadOnlyList<Step> _steps;

    private EventPath(bool fromRoot, IReadOnlyList<Step> steps) => (FromRoot, _steps) = (fromRoot, steps);

    /// <summary>True where it begins at the whole body.</summary>
    public bool FromRoot { get; }

    /// <summary>Reads one; null where it is none.</summary>
    public static EventPath? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var fromRoot = text.StartsWith("$");
        if (fromRoot) text = text[1..].TrimStart('.');
        var steps = new List<Step>();
        while (!text.IsEmpty)
        {
            if (steps.Count == MaxSteps) return null;
            if (text[0] == '[')
            {
                if (Bracket(ref text) is not { } step) return null;
                steps.Add(step);
            }
            else
            {
                var end = text.IndexOfAny('.', '[');
                var name = end < 0 ? text : text[..end];
                if (name.IsEmpty || name.IndexOfAny(NotInNames) >= 0) return null;
                steps.Add(new(name.ToString(), -1));
                text = text[name.Length..];
            }

            if (text.StartsWith("."))
            {
                text = text[1..];
                if (text.IsEmpty || text[0] is '.' or '[') return null;
            }
        }

        return steps.Count == 0 && !fromRoot ? null : new(fromRoot, steps);
    }

    /// <summary>The texts there; none where the path leads nowhere or to an object.</summary>
    public IEnumerable<string> Texts(JsonElement root, JsonElement item) =>
        Values(FromRoot ? root : item, 0).Select(SentJson.Text).Where(t => t.Length > 0).Take(MaxJoined);

    /// <summary>The values there.</summary>
    public IEnumerable<JsonElement> Values(JsonElement root, JsonElement item) => Values(FromRoot ? root : item, 0);

    private IEnumerable<JsonElement> Values(JsonElement at, int step)
    {
        if (step == _steps.Count) return [at];
        var (name, index) = _steps[step];
        if (name is not null) return SentJson.Find(at, name) is { } below ? Values(below, step + 1) : [];
        if (at.ValueKind != JsonValueKind.Array) return [];
        if (index < 0) return at.EnumerateArray().Take(1000).SelectMany(e => Values(e, step + 1));
        return index < at.GetArrayLength() ? Values(at[index], step + 1) : [];
    }

    private static Step? Bracket(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(']');
        if (text.Length > 1 && text[1] is '"' or '\'')
        {
            var quote = text[2..].IndexOf(text[1]);
            end = quote < 0 || quote + 3 >= text.Length || text[quote + 3] != ']' ? -1 : quote + 3;
        }

        if (end < 2) return null;
        var inside = text[1..end];
        text = text[(end + 1)..];
        if (inside[0] is '"' or '\'') return new(inside[1..^1].ToString(), -1);
        if (inside is "*") return new(null, -1);
        return int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? new Step(null, index) : null;
    }

    private sealed record Step(string? Name, int Index);
}
