using System.Text.Json;
using Nines.Alerting.Integrations.Formats;
using Nines.Kernel;

namespace Nines.Alerting.Integrations;

/// <summary>Reads events of any shape by a mapping: an object, a list of objects, or the items of a list inside.</summary>
internal static class MappedEvents
{
    /// <summary>Most events of one body.</summary>
    public const int MaxEvents = 1000;

    private const int MaxLabels = 32;

    /// <summary>The events of a JSON body; a body of Alertmanager's shape is read as that where the mapping says nothing else.</summary>
    public static Outcome<IReadOnlyList<DoorEvent>> Read(ReadOnlyMemory<byte> body, EventMapping mapping)
    {
        var json = new SentJson();
        return json.Parse(body) is { } root ? Read(json, root, mapping) : Outcome<IReadOnlyList<DoorEvent>>.Failed(json.Problems);
    }

    /// <summary>The events of a value.</summary>
    public static Outcome<IReadOnlyList<DoorEvent>> Read(SentJson json, JsonElement root, EventMapping mapping)
    {
        if (ReferenceEquals(mapping, EventMapping.Automatic) && root.ValueKind == JsonValueKind.Object && AlertmanagerWebhook.Fits(root)) return AlertmanagerWebhook.Read(json, root);
        IReadOnlyList<JsonElement> items = mapping.Each is { } each
            ? [.. each.Values(root, root).SelectMany(v => v.ValueKind == JsonValueKind.Array ? v.EnumerateArray().Take(MaxEvents + 1) : [v])]
            : root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Take(MaxEvents + 1)] : [root];
        if (items.Count == 0) json.Wrong("", "There is no event in the body.", mapping.Each is null ? "Send an object, or a list of objects." : "The path of each leads to no list in it.");
        if (items.Count > MaxEvents) json.Wrong("", $"There are more than {MaxEvents} events in the body.", "Send fewer at once.");
        var events = new List<DoorEvent>();
        for (var i = 0; i < items.Count && i < MaxEvents; i++)
            if (One(json, root, items[i], mapping, items.Count > 1 ? $"[{i}]" : "") is { } one) events.Add(one);
        return json.Problems.Count > 0 ? Outcome<IReadOnlyList<DoorEvent>>.Failed(json.Problems) : events;
    }

    private static DoorEvent? One(SentJson json, JsonElement root, JsonElement item, EventMapping mapping, string path)
    {
        if (item.ValueKind is JsonValueKind.Null or JsonValueKind.Array)
        {
            json.Wrong(path, "This is no event.", "Send an object, or a text.");
            return null;
        }

        // A bare text is its own title.
        var title = SentText.Line(item.ValueKind == JsonValueKind.Object ? mapping.Title.Render(root, item) : SentJson.Text(item));
        var state = mapping.State.Render(root, item).Trim();
        var action = mapping.Ignored.Contains(state) ? DoorAction.Tell : StateWords.ActionOf(state, mapping.Resolved, mapping.Acknowledged);
        var key = SentText.Line(mapping.Dedup.Render(root, item), 512);
        if (title.Length == 0 && key.Length == 0)
        {
            json.Wrong(path.Length == 0 ? "title" : path + ".title", "Nothing here says what is wrong.", "Send a title (or summary, message, text), or write a mapping for this sender: nines integration try shows what it makes.");
            return null;
        }

        var labels = Labels(root, item, mapping);
        return new()
        {
            Action = action,
            Key = key.Length > 0 ? key : title,
            Title = title.Length > 0 ? title : key,
            Details = Details(mapping.Details.Render(root, item), title),
            Severity = SentText.Line(mapping.Severity.Render(root, item), 64),
            Service = SentText.Line(mapping.Service.Render(root, item), SentText.Value),
            Hints = [.. ServiceHints.Labels.Select(l => labels.GetValueOrDefault(l)).OfType<string>()],
            StartedAt = SentText.Time(mapping.StartedAt.Render(root, item)),
            Labels = labels,
            Annotations = Links(root, item, mapping),
            GeneratorUrl = mapping.Links.TryGetValue("source", out var source) ? SentText.Link(source.Render(root, item)) : "",
        };
    }

    private static string Details(string text, string title) => SentText.Block(text) is var block && block == title ? "" : block;

    private static Dictionary<string, string> Labels(JsonElement root, JsonElement item, EventMapping mapping)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (mapping.TakesLabels)
            foreach (var (name, value) in SentJson.Texts(SentJson.Object(item, "labels"), MaxLabels).Concat(SentJson.Texts(SentJson.Object(item, "tags"), MaxLabels))) Add(name, value);
        foreach (var (name, template) in mapping.Labels) Add(name, template.Render(root, item));
        return labels;

        void Add(string name, string value)
        {
            if (SentText.LabelName(name) is { Length: > 0 } label && SentText.Line(value, SentText.Value) is { Length: > 0 } text) labels[label] = text;
        }
    }

    private static Dictionary<string, string> Links(JsonElement root, JsonElement item, EventMapping mapping)
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, template) in mapping.Links)
            if (name != "source" && SentText.Link(template.Render(root, item)) is { Length: > 0 } link) links[name == "runbook" ? name : "link:" + name] = link;
        return links;
    }
}
