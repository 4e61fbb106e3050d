using System.Text.Json;
using Nines.Kernel;

namespace Nines.Alerting.Integrations.Formats;

/// <summary>Bodies of Opsgenie's Alert API. The limits are Opsgenie's own; what is too long is refused, as there.</summary>
internal static class OpsgenieRequest
{
    private static readonly string[] Hints = ["entity", "source", "job"];

    /// <summary>Reads a create request; without an alias the message is what identifies it.</summary>
    public static Outcome<DoorEvent> ReadCreate(ReadOnlyMemory<byte> body)
    {
        var json = new SentJson();
        if (json.ParseObject(body) is not { } root) return Outcome<DoorEvent>.Failed(json.Problems);
        var message = SentJson.Text(root, "message");
        if (string.IsNullOrWhiteSpace(message)) json.Wrong("message", "Message can not be empty.", "");
        Longest(json, root, "message", 130);
        Longest(json, root, "alias", 512);
        Longest(json, root, "description", 15_000);
        Longest(json, root, "entity", 512);
        Longest(json, root, "source", 100);
        Longest(json, root, "user", 100);
        Longest(json, root, "note", 25_000);
        var priority = SentJson.Text(root, "priority");
        if (priority.Length > 0 && priority is not ("P1" or "P2" or "P3" or "P4" or "P5")) json.Wrong("priority", "Priority is not valid: it is P1, P2, P3, P4 or P5.", "");
        var tags = Tags(json, root);
        var details = Details(json, root);
        if (json.Problems.Count > 0) return Outcome<DoorEvent>.Failed(json.Problems);
        return Create(root, message, priority, tags, details);
    }

    /// <summary>Reads the body of a close, acknowledge, snooze or note; an empty one is taken.</summary>
    public static Outcome<DoorEvent> ReadAction(ReadOnlyMemory<byte> body, DoorAction action)
    {
        var json = new SentJson();
        JsonElement? root = body.IsEmpty ? null : json.ParseObject(body);
        Longest(json, root, "user", 100);
        Longest(json, root, "note", 25_000);
        var until = SentText.Time(SentJson.Text(root, "endTime"));
        if (action == DoorAction.Snooze && until is null) json.Wrong("endTime", "End time can not be empty.", "");
        if (json.Problems.Count > 0) return Outcome<DoorEvent>.Failed(json.Problems);
        return new DoorEvent { Action = action, EndsAt = until, By = SentJson.Text(root, "user"), Details = SentText.Block(SentJson.Text(root, "note")) };
    }

    private static DoorEvent Create(JsonElement root, string message, string priority, string[] tags, KeyValuePair<string, string>[] details)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in (string[])["entity", "source"])
            if (SentText.Line(SentJson.Text(root, name), SentText.Value) is { Length: > 0 } value) labels[name] = value;
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (tags.Length > 0) notes["tags"] = string.Join(", ", tags);
        var service = "";
        foreach (var (name, value) in details)
        {
            // Alertmanager sends its common labels as details: they identify, and routes want them.
            if (name is "alertname" or "severity" or "job" or "instance" or "cluster" or "namespace") labels[name] = SentText.Line(value, SentText.Value);
            else if (name is "service") service = SentText.Line(value, SentText.Value);
            else notes["details." + SentText.Cut(name, 64)] = SentText.Block(value, SentText.Value);
        }

        if (priority.Length > 0) labels["priority"] = priority;
        var alias = SentJson.Text(root, "alias");
        return new()
        {
            Action = DoorAction.Fire,
            Key = alias.Length > 0 ? alias : message,
            Title = SentText.Line(message),
            Details = SentText.Block(SentJson.Text(root, "description")),
            Severity = priority.Length > 0 ? Word(priority) : labels.GetValueOrDefault("severity") ?? "",
            Service = service,
            Hints = [.. Hints.Select(labels.GetValueOrDefault).OfType<string>(), .. tags],
            Labels = labels,
            Annotations = notes,
            By = SentJson.Text(root, "user"),
        };
    }

    // Opsgenie's own scale: critical, high, moderate, low, informational. (The house's P3 is a log line; this one is not.)
    private static string Word(string priority) => priority switch { "P1" => "critical", "P2" => "high", "P3" => "warning", "P4" => "low", _ => "info" };

    private static string[] Tags(SentJson json, JsonElement root)
    {
        string[] tags = [.. SentJson.List(root, "tags").Take(21).Select(t => SentText.Line(SentJson.Text(t), SentText.Value)).Where(t => t.Length > 0)];
        if (tags.Length > 20) json.Wrong("tags", "There are more than 20 tags.", "");
        if (tags.Any(t => t.Length > 50)) json.Wrong("tags", "A tag is longer than 50 characters.", "");
        return tags;
    }

    private static KeyValuePair<string, string>[] Details(SentJson json, JsonElement root)
    {
        KeyValuePair<string, string>[] details = [.. SentJson.Texts(SentJson.Object(root, "details"), 200)];
        if (details.Sum(d => d.Key.Length + d.Value.Length) > 8000) json.Wrong("details", "Details are longer than 8000 characters together.", "");
        return details;
    }

    private static void Longest(SentJson json, JsonElement? root, string name, int most)
    {
        if (SentJson.Text(root, name).Length > most) json.Wrong(name, $"{char.ToUpperInvariant(name[0])}{name[1..]} is longer than {most} characters.", "");
    }
}
