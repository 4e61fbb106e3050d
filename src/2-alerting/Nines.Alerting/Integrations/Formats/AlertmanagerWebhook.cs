using System.Text.Json;
using Nines.Kernel;

namespace Nines.Alerting.Integrations.Formats;

/// <summary>
/// The body of Alertmanager's webhook, version 4, and of Grafana's contact point that copies it. Each alert is read by
/// itself: what the envelope says of all of them closes nothing, and an alert that is missing (<c>truncatedAlerts</c>)
/// says nothing either.
/// </summary>
internal static class AlertmanagerWebhook
{
    private const int MaxAlerts = 10_000;
    private const int MaxLabels = 64;

    /// <summary>The alerts of a body, or every problem.</summary>
    public static Outcome<IReadOnlyList<DoorEvent>> Read(ReadOnlyMemory<byte> body)
    {
        var json = new SentJson();
        return json.ParseObject(body) is { } root ? Read(json, root) : Outcome<IReadOnlyList<DoorEvent>>.Failed(json.Problems);
    }

    /// <summary>True for a body that looks like one: a list of alerts that each have labels.</summary>
    public static bool Fits(JsonElement root) => SentJson.List(root, "alerts") is { Count: > 0 } alerts && alerts.All(a => SentJson.Object(a, "labels") is not null);

    /// <summary>The alerts of an object.</summary>
    public static Outcome<IReadOnlyList<DoorEvent>> Read(SentJson json, JsonElement root)
    {
        if (SentJson.Text(root, "version") is { Length: > 0 } version && version is not ("4" or "1")) json.Wrong("version", $"The version is \"{SentText.Cut(version, 20)}\".", "Send version 4, as Alertmanager does since 0.5.");
        if (SentJson.Find(root, "alerts") is not { ValueKind: JsonValueKind.Array }) json.Wrong("alerts", "There is no list of alerts.", "Send what Alertmanager's webhook_configs sends.");
        var alerts = SentJson.List(root, "alerts");
        if (alerts.Count > MaxAlerts) json.Wrong("alerts", $"There are more than {MaxAlerts} alerts.", "Set max_alerts at the receiver.");
        var events = new List<DoorEvent>(alerts.Count);
        for (var i = 0; i < alerts.Count && i < MaxAlerts; i++)
            if (One(json, alerts[i], $"alerts[{i}]") is { } one) events.Add(one);
        return json.Problems.Count > 0 ? Outcome<IReadOnlyList<DoorEvent>>.Failed(json.Problems) : events;
    }

    private static DoorEvent? One(SentJson json, JsonElement alert, string path)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        // Names and values stay exactly as they are: they are the alert's identity at the sender, too.
        foreach (var (name, value) in SentJson.Texts(SentJson.Object(alert, "labels"), MaxLabels + 1))
            if (value.Length > 0) labels[name] = SentText.Cut(value, SentText.Value * 4);
        if (labels.Count == 0) json.Wrong(path + ".labels", "The alert has no labels.", "An alert is known by its labels; send at least alertname.");
        if (labels.Count > MaxLabels) json.Wrong(path + ".labels", $"The alert has more than {MaxLabels} labels.", "Send fewer.");
        var status = SentJson.Text(alert, "status");
        if (status is not ("firing" or "resolved")) json.Wrong(path + ".status", $"The status is \"{SentText.Cut(status, 20)}\".", "It is firing or resolved.");
        if (json.Problems.Count > 0) return null;
        var notes = Notes(alert);
        return new()
        {
            Action = status == "resolved" ? DoorAction.End : DoorAction.Fire,
            Title = SentText.Line(notes.GetValueOrDefault("summary") ?? notes.GetValueOrDefault("title") ?? labels.GetValueOrDefault("alertname") ?? "Alert"),
            Details = SentText.Block(notes.GetValueOrDefault("description") ?? notes.GetValueOrDefault("message") ?? ""),
            Severity = labels.GetValueOrDefault("severity") ?? labels.GetValueOrDefault("priority") ?? "",
            Service = labels.GetValueOrDefault("service") ?? "",
            Hints = [.. ServiceHints.Labels.Select(l => labels.GetValueOrDefault(l)).OfType<string>()],
            StartedAt = SentText.Time(SentJson.Text(alert, "startsAt")),
            EndsAt = SentText.Time(SentJson.Text(alert, "endsAt")),
            Labels = labels,
            Annotations = notes,
            GeneratorUrl = SentText.Link(SentJson.Text(alert, "generatorURL")),
        };
    }

    private static Dictionary<string, string> Notes(JsonElement alert)
    {
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in SentJson.Texts(SentJson.Object(alert, "annotations")))
            if (value.Length > 0) notes[SentText.Cut(name, 64)] = SentText.Block(value);
        if (notes.TryGetValue("runbook_url", out var runbook)) notes.TryAdd("runbook", runbook);
        // Grafana's own links.
        foreach (var (field, name) in ((string, string)[])[("dashboardURL", "link:dashboard"), ("panelURL", "link:panel")])
            if (SentText.Link(SentJson.Text(alert, field)) is { Length: > 0 } link) notes.TryAdd(name, link);
        return notes;
    }
}
