using System.Text.Json;
using Nines.Kernel;

namespace Nines.Alerting.Integrations.Formats;

/// <summary>Bodies of Grafana OnCall's own integrations: <c>formatted_webhook</c>, and Grafana's alerts from before version 8.</summary>
internal static class OnCallMessage
{
    /// <summary><c>formatted_webhook</c>: alert_uid, title, message, state, link_to_upstream_details, image_url.</summary>
    public static Outcome<DoorEvent> ReadFormatted(ReadOnlyMemory<byte> body)
    {
        var json = new SentJson();
        if (json.ParseObject(body) is not { } root) return Outcome<DoorEvent>.Failed(json.Problems);
        var title = SentText.Line(SentJson.Text(root, "title"));
        var key = SentText.Cut(SentJson.Text(root, "alert_uid"), 512);
        if (title.Length == 0 && key.Length == 0) json.Wrong("title", "There is neither a title nor an alert_uid.", "Send {\"alert_uid\":\"…\",\"title\":\"…\",\"state\":\"alerting\"}.");
        if (json.Problems.Count > 0) return Outcome<DoorEvent>.Failed(json.Problems);
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (SentText.Link(SentJson.Text(root, "image_url")) is { Length: > 0 } image) notes["link:image"] = image;
        return new DoorEvent
        {
            Action = StateWords.ActionOf(SentJson.Text(root, "state")),
            Key = key.Length > 0 ? key : title,
            Title = title.Length > 0 ? title : key,
            Details = SentText.Block(SentJson.Text(root, "message")),
            Severity = SentJson.Text(root, "severity"),
            Annotations = notes,
            GeneratorUrl = SentText.Link(SentJson.Text(root, "link_to_upstream_details")),
        };
    }

    /// <summary>Grafana: as Alertmanager since version 8, before that a rule and its state.</summary>
    public static Outcome<IReadOnlyList<DoorEvent>> ReadGrafana(ReadOnlyMemory<byte> body)
    {
        var json = new SentJson();
        if (json.ParseObject(body) is not { } root) return Outcome<IReadOnlyList<DoorEvent>>.Failed(json.Problems);
        if (SentJson.Text(root, "ruleName").Length == 0 && SentJson.Text(root, "ruleId").Length == 0) return AlertmanagerWebhook.Read(json, root);
        return new List<DoorEvent> { Legacy(root) };
    }

    private static DoorEvent Legacy(JsonElement root)
    {
        var (name, id) = (SentJson.Text(root, "ruleName"), SentJson.Text(root, "ruleId"));
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = SentText.Line(name.Length > 0 ? name : "rule " + id, SentText.Value) };
        foreach (var (tag, value) in SentJson.Texts(SentJson.Object(root, "tags"), 32))
            if (SentText.LabelName(tag) is { Length: > 0 } label && value.Length > 0) labels[label] = SentText.Line(value, SentText.Value);
        return new()
        {
            // alerting, no_data and pending ask for attention; ok and paused do not.
            Action = SentJson.Text(root, "state") is "ok" or "paused" ? DoorAction.End : DoorAction.Fire,
            Key = id.Length > 0 ? "rule-" + SentText.Cut(id, 64) : SentText.Cut(name, 512),
            Title = SentText.Line(SentJson.Text(root, "title") is { Length: > 0 } title ? title : name),
            Details = SentText.Block(SentJson.Text(root, "message")),
            Severity = labels.GetValueOrDefault("severity") ?? "",
            Service = labels.GetValueOrDefault("service") ?? "",
            Labels = labels,
            GeneratorUrl = SentText.Link(SentJson.Text(root, "ruleUrl")),
        };
    }
}
