using Nines.Kernel;

namespace Nines.Alerting.Integrations.Formats;

/// <summary>A message of VictorOps' (Splunk On-Call's) REST endpoint.</summary>
internal static class VictorOpsMessage
{
    private const int LongestKey = 512;

    private static readonly string[] Known = ["message_type", "entity_id", "entity_display_name", "state_message", "state_start_time", "timestamp", "monitoring_tool", "routing_key", "ack_author", "ack_msg"];

    /// <summary>Reads a body.</summary>
    /// <param name="body">JSON.</param>
    /// <param name="route">The routing key of the address; empty for none.</param>
    public static Outcome<DoorEvent> Read(ReadOnlyMemory<byte> body, string route)
    {
        var json = new SentJson();
        if (json.ParseObject(body) is not { } root) return Outcome<DoorEvent>.Failed(json.Problems);
        var type = SentJson.Text(root, "message_type").ToUpperInvariant();
        var action = type switch
        {
            "CRITICAL" or "WARNING" => DoorAction.Fire,
            "ACKNOWLEDGEMENT" => DoorAction.Acknowledge,
            "RECOVERY" => DoorAction.End,
            _ => DoorAction.Tell,
        };
        if (type is not ("CRITICAL" or "WARNING" or "ACKNOWLEDGEMENT" or "INFO" or "RECOVERY"))
            json.Wrong("message_type", type.Length == 0 ? "message_type is missing." : $"message_type is \"{SentText.Cut(type, 40)}\".", "It is CRITICAL, WARNING, ACKNOWLEDGEMENT, INFO or RECOVERY.");
        var entity = SentJson.Text(root, "entity_id");
        if (entity.Length == 0 && action is DoorAction.Acknowledge or DoorAction.End) json.Wrong("entity_id", "entity_id is missing.", "Send the one of the alert that this is about.");
        if (entity.Length > LongestKey) json.Wrong("entity_id", $"entity_id is longer than {LongestKey} characters.", "Send a shorter one.");
        if (json.Problems.Count > 0) return Outcome<DoorEvent>.Failed(json.Problems);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (SentText.Line(route, 200) is { Length: > 0 } named) labels["route"] = named;
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in SentJson.Texts(root))
            if (value.Length > 0 && !Known.Contains(name, StringComparer.Ordinal)) notes["details." + SentText.Cut(name, 64)] = SentText.Block(value, SentText.Value);
        var display = SentJson.Text(root, "entity_display_name");
        var message = SentJson.Text(root, "state_message");
        if (SentText.Line(SentJson.Text(root, "monitoring_tool")) is { Length: > 0 } tool) notes["client"] = tool;
        return new DoorEvent
        {
            Action = action,
            Key = entity,
            Title = SentText.Line(display.Length > 0 ? display : message.Length > 0 ? message : entity),
            Details = SentText.Block(message),
            Severity = type.ToLowerInvariant(),
            Hints = route.Length > 0 ? [route] : [],
            StartedAt = SentText.Time(SentJson.Text(root, "state_start_time")) ?? SentText.Time(SentJson.Text(root, "timestamp")),
            Labels = labels,
            Annotations = notes,
            By = SentJson.Text(root, "ack_author"),
        };
    }
}
