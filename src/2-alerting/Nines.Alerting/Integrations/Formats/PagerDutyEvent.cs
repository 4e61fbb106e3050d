using System.Text.Json;
using Nines.Kernel;

namespace Nines.Alerting.Integrations.Formats;

/// <summary>An event of PagerDuty's Events API v2.</summary>
/// <param name="RoutingKey">The integration's key.</param>
/// <param name="Event">What it says; the key is empty where a trigger brought none.</param>
internal sealed record PagerDutyEvent(string RoutingKey, DoorEvent Event)
{
    private const int LongestKey = 255;

    private static readonly string[] Hints = ["component", "group", "source"];
    private static readonly string[] Severities = ["critical", "error", "warning", "info"];

    /// <summary>Reads a body; problems carry PagerDuty's own words.</summary>
    public static Outcome<PagerDutyEvent> Read(ReadOnlyMemory<byte> body)
    {
        var json = new SentJson();
        if (json.ParseObject(body) is not { } root) return Outcome<PagerDutyEvent>.Failed(json.Problems);
        var key = Required(json, root, "routing_key", "");
        var action = Required(json, root, "event_action", "");
        if (action.Length > 0 && action is not ("trigger" or "acknowledge" or "resolve")) json.Wrong("event_action", "'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')", "");
        var dedup = SentJson.Text(root, "dedup_key");
        if (dedup.Length > LongestKey) json.Wrong("dedup_key", $"'dedup_key' is too long (maximum is {LongestKey} characters)", "");
        if (action is "acknowledge" or "resolve" && dedup.Length == 0) json.Wrong("dedup_key", "'dedup_key' is missing or blank", "");
        var payload = SentJson.Object(root, "payload");
        if (action == "trigger") Payload(json, payload);
        if (json.Problems.Count > 0) return Outcome<PagerDutyEvent>.Failed(json.Problems);
        return new PagerDutyEvent(key, Said(root, payload, action, dedup));
    }

    private static void Payload(SentJson json, JsonElement? payload)
    {
        if (payload is null)
        {
            json.Wrong("payload", "'payload' is missing or blank", "");
            return;
        }

        Required(json, payload, "summary", "payload.");
        Required(json, payload, "source", "payload.");
        var severity = Required(json, payload, "severity", "payload.");
        if (severity.Length > 0 && !Severities.Contains(severity, StringComparer.Ordinal))
            json.Wrong("payload.severity", "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')", "");
    }

    private static DoorEvent Said(JsonElement root, JsonElement? payload, string action, string dedup)
    {
        var details = SentJson.Object(payload, "custom_details");
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in (string[])["source", "component", "group", "class"])
            if (SentText.Line(SentJson.Text(payload, name), SentText.Value) is { Length: > 0 } value) labels[name] = value;
        if (labels.TryGetValue("class", out var kind)) labels["alertname"] = kind;
        return new()
        {
            Action = action switch { "trigger" => DoorAction.Fire, "acknowledge" => DoorAction.Acknowledge, _ => DoorAction.End },
            Key = dedup,
            Title = SentText.Line(SentJson.Text(payload, "summary")),
            Details = SentText.Block(DetailsOf(payload, details)),
            Severity = SentJson.Text(payload, "severity"),
            Service = SentText.Line(SentJson.Text(details, "service"), SentText.Value),
            Hints = [.. Hints.Select(labels.GetValueOrDefault).OfType<string>()],
            StartedAt = SentText.Time(SentJson.Text(payload, "timestamp")),
            Labels = labels,
            Annotations = Notes(root, details),
            GeneratorUrl = SentText.Link(SentJson.Text(root, "client_url")),
        };
    }

    private static string DetailsOf(JsonElement? payload, JsonElement? details)
    {
        // Alertmanager's templates put what fires there; other senders a text instead of an object.
        var firing = SentJson.Text(details, "firing");
        return firing.Length > 0 ? firing : SentJson.Text(payload, "custom_details");
    }

    private static Dictionary<string, string> Notes(JsonElement root, JsonElement? details)
    {
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in SentJson.Texts(details))
            if (value.Length > 0 && name is not ("firing" or "service")) notes["details." + SentText.Cut(name, 64)] = SentText.Block(value, SentText.Value);
        if (SentText.Line(SentJson.Text(root, "client")) is { Length: > 0 } client) notes["client"] = client;
        foreach (var link in SentJson.List(root, "links").Take(16))
            if (SentText.Link(SentJson.Text(link, "href")) is { Length: > 0 } href) notes.TryAdd("link:" + LinkName(SentJson.Text(link, "text"), notes.Count), href);
        foreach (var image in SentJson.List(root, "images").Take(16))
            if (SentText.Link(SentJson.Text(image, "src")) is { Length: > 0 } src) notes.TryAdd("link:" + LinkName(SentJson.Text(image, "alt"), notes.Count), src);
        return notes;
    }

    private static string LinkName(string text, int number) => SentText.Line(text, 60) is { Length: > 0 } name ? name : $"link {number}";

    private static string Required(SentJson json, JsonElement? owner, string name, string path)
    {
        var text = SentJson.Text(owner, name);
        if (string.IsNullOrWhiteSpace(text)) json.Wrong(path + name, $"'{path}{name}' is missing or blank", "");
        return text;
    }
}
