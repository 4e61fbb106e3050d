using System.Text.Json;
using Nines.Kernel;
using NodaTime.Text;

namespace Nines.Measuring.Ingestion.Push;

/// <summary>
/// Reads pushed events: one JSON object, a list of them, or one object a line (NDJSON). Reports every problem at once;
/// a request with a problem is not taken at all.
/// </summary>
internal sealed class PushReader(long nowMs)
{
    /// <summary>Most events in one request.</summary>
    public const int MaxEvents = 10_000;

    private const int MaxProblems = 100, MaxLabels = 32, MaxText = 200;
    private const double MaxCount = 1e15;
    private const long OldestMs = 400L * 86_400_000, NewestMs = 600_000;
    private const string Form = """Write {"name":"checkout-orders","good":98,"total":100}.""";

    private readonly List<PushedEvents> _events = [];
    private readonly List<Problem> _problems = [];

    /// <summary>The events, or every problem.</summary>
    public static Outcome<IReadOnlyList<PushedEvents>> Read(ReadOnlyMemory<byte> body, bool lines, long nowMs)
    {
        var reader = new PushReader(nowMs);
        if (lines) reader.Lines(body);
        else reader.Document(body, "");
        if (reader._events.Count == 0 && reader._problems.Count == 0) reader.Wrong("", "The body holds no events.", Form);
        return reader._problems.Count > 0
            ? Outcome<IReadOnlyList<PushedEvents>>.Failed(reader._problems)
            : Outcome<IReadOnlyList<PushedEvents>>.Of(reader._events);
    }

    private void Lines(ReadOnlyMemory<byte> body)
    {
        var number = 0;
        while (!body.IsEmpty && _problems.Count < MaxProblems)
        {
            number++;
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (line.Span.Trim(" \r\t"u8).IsEmpty) continue;
            Document(line, $"line {number}");
        }
    }

    private void Document(ReadOnlyMemory<byte> text, string at)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                One(document.RootElement, at);
                return;
            }

            var index = 0;
            foreach (var element in document.RootElement.EnumerateArray())
                if (!One(element, $"{at}[{index++}]")) return;
        }
        catch (JsonException broken)
        {
            Wrong(at, $"This is not valid JSON: line {(broken.LineNumber ?? 0) + 1}, byte {broken.BytePositionInLine ?? 0}.", Form);
        }
        catch (InvalidOperationException)
        {
            // JsonElement refuses half a surrogate pair this way.
            Wrong(at, "A text is not valid Unicode.", "Send UTF-8.");
        }
    }

    // False where reading on makes no sense.
    private bool One(JsonElement element, string at)
    {
        if (_events.Count == MaxEvents)
        {
            Wrong(at, $"The body holds more than {MaxEvents} events.", "Send it in smaller parts.");
            return false;
        }

        if (_problems.Count >= MaxProblems) return false;
        if (element.ValueKind != JsonValueKind.Object)
        {
            Wrong(at, $"This is {Words(element)}, not an object.", Form);
            return true;
        }

        var before = _problems.Count;
        var path = at.Length == 0 ? "" : at + ".";
        var (name, key) = (Text(element, "name", path), Text(element, "key", path));
        if (string.IsNullOrEmpty(name)) Wrong(path + "name", "The events have no name.", Form);
        var total = Count(element, "total", path);
        var good = Count(element, "good", path);
        var bad = Count(element, "bad", path);
        Balance(path, total, ref good, bad);
        var when = When(element, path);
        var labels = Labels(element, path);
        Unknown(element, path);
        if (_problems.Count == before) _events.Add(new PushedEvents(name!, good!.Value, total!.Value, when, labels, string.IsNullOrEmpty(key) ? null : key));
        return true;
    }

    private void Balance(string path, double? total, ref double? good, double? bad)
    {
        if (total is null) Wrong(path + "total", "The events have no total.", Form);
        if (good is null == bad is null) Wrong(path + "good", good is null ? "Neither good nor bad is given." : "Both good and bad are given.", "Give one of them.");
        if (total is null) return;
        good ??= total - bad;
        if (good < 0) Wrong(path + "bad", $"There are more bad events ({bad}) than events in all ({total}).", "bad is at most total.");
        else if (good > total) Wrong(path + "good", $"There are more good events ({good}) than events in all ({total}).", "good is at most total.");
    }

    private double? Count(JsonElement element, string name, string path)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var count) && count is >= 0 and <= MaxCount) return count;
        Wrong(path + name, $"{Words(value)} is no number of events.", "Write a number from 0 to 1e15.");
        return 0;
    }

    private string? Text(JsonElement element, string name, string path)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= MaxText } text) return text;
        Wrong(path + name, $"{Words(value)} is no {name}.", $"Write a text of at most {MaxText} characters.");
        return "-";
    }

    private long When(JsonElement element, string path)
    {
        if (!element.TryGetProperty("at", out var value) || value.ValueKind == JsonValueKind.Null) return nowMs;
        if (value.ValueKind != JsonValueKind.String || OffsetDateTimePattern.Rfc3339.Parse(value.GetString()!) is not { Success: true, Value: var when })
        {
            Wrong(path + "at", $"{Words(value)} is no time.", "Write one such as 2026-03-01T12:00:00Z, or leave it out for now.");
            return nowMs;
        }

        var unixMs = when.ToInstant().ToUnixTimeMilliseconds();
        if (unixMs < nowMs - OldestMs) Wrong(path + "at", "The time is more than 400 days ago.", "Send what lies within a window; older events change nothing.");
        if (unixMs > nowMs + NewestMs) Wrong(path + "at", "The time is more than 10 minutes in the future.", "Check the sender's clock.");
        return unixMs;
    }

    private IReadOnlyList<KeyValuePair<string, string>> Labels(JsonElement element, string path)
    {
        if (!element.TryGetProperty("labels", out var value) || value.ValueKind == JsonValueKind.Null) return [];
        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong(path + "labels", $"{Words(value)} is no set of labels.", """Write {"region":"eu"}.""");
            return [];
        }

        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in value.EnumerateObject())
        {
            if (labels.Count == MaxLabels)
            {
                Wrong(path + "labels", $"There are more than {MaxLabels} labels.", "Keep those by which an objective tells events apart.");
                break;
            }

            if (!IsLabel(label.Name)) Wrong(path + "labels." + label.Name, $"\"{Short(label.Name)}\" is no label name.", "Use letters, digits and underscores, not a digit first; name and outcome are taken.");
            else if (label.Value.ValueKind != JsonValueKind.String || label.Value.GetString()!.Length > MaxText) Wrong(path + "labels." + label.Name, $"{Words(label.Value)} is no label value.", $"Write a text of at most {MaxText} characters.");
            else labels[label.Name] = label.Value.GetString()!;
        }

        return [.. labels];
    }

    private void Unknown(JsonElement element, string path)
    {
        foreach (var field in element.EnumerateObject())
            if (field.Name is not ("name" or "good" or "bad" or "total" or "at" or "labels" or "key"))
                Wrong(path + Short(field.Name), "There is no such field.", "Fields are name, good or bad, total, at, labels and key.");
    }

    private static bool IsLabel(string name)
    {
        if (name.Length is 0 or > MaxText || char.IsAsciiDigit(name[0]) || name is "name" or "outcome" || name.StartsWith("__", StringComparison.Ordinal)) return false;
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c != '_') return false;
        return true;
    }

    private static string Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => Short(value.GetRawText()),
    };

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private void Wrong(string path, string what, string remedy)
    {
        if (_problems.Count < MaxProblems) _problems.Add(Problem.Invalid(what, remedy, path.Length == 0 ? null : path));
    }
}
