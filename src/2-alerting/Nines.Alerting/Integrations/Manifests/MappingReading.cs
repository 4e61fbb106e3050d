using System.Collections.Frozen;
using Nines.Catalog.Manifests;

namespace Nines.Alerting.Integrations.Manifests;

/// <summary>Reads the mapping of an integration; what is left out is taken from the shipped one.</summary>
internal static class MappingReading
{
    /// <summary>The mapping, as far as it can be read.</summary>
    /// <param name="field">The field <c>mapping</c>.</param>
    /// <param name="mail">True where mails are read.</param>
    public static EventMapping Read(Field field, bool mail)
    {
        var shipped = mail ? Mail.MailEvents.Mapping : EventMapping.Automatic;
        return new()
        {
            Each = Path(field.Optional("each")),
            Title = Template(field.Optional("title")) ?? shipped.Title,
            Details = Template(field.Optional("details")) ?? shipped.Details,
            Severity = Template(field.Optional("severity")) ?? shipped.Severity,
            Service = Template(field.Optional("service")) ?? shipped.Service,
            Dedup = Template(field.Optional("dedup")) ?? shipped.Dedup,
            State = Template(field.Optional("state")) ?? shipped.State,
            StartedAt = Template(field.Optional("startedAt")) ?? shipped.StartedAt,
            Resolved = Words(field.Optional("resolved")) ?? shipped.Resolved,
            Acknowledged = Words(field.Optional("acknowledged")) ?? shipped.Acknowledged,
            Ignored = Words(field.Optional("ignored")) ?? shipped.Ignored,
            Labels = Templates(field.Optional("labels"), labels: true),
            Links = field.Optional("links").Given ? Templates(field.Optional("links"), labels: false) : shipped.Links,
            TakesLabels = !field.Optional("labels").Given && shipped.TakesLabels,
        };
    }

    private static EventTemplate? Template(Field field)
    {
        if (field.Text() is not { Length: > 0 } text) return null;
        var read = EventTemplate.Parse(text);
        if (read.Ok) return read.Value;
        field.Wrong(read.Problems[0].What, read.Problems[0].Remedy);
        return null;
    }

    private static EventPath? Path(Field field)
    {
        if (field.Text() is not { Length: > 0 } text) return null;
        if (EventPath.Parse(text.Trim('{', '}')) is { } path) return path;
        field.Wrong($"\"{text}\" is not a path.", "Write one such as alerts, or data.items[*].");
        return null;
    }

    private static FrozenSet<string>? Words(Field field) => field.Given ? field.Texts().ToFrozenSet(StringComparer.OrdinalIgnoreCase) : null;

    private static Dictionary<string, EventTemplate> Templates(Field field, bool labels)
    {
        var templates = new Dictionary<string, EventTemplate>(StringComparer.Ordinal);
        foreach (var name in field.TextMap().Keys)
        {
            var one = field.Below(name);
            if (labels && SentText.LabelName(name) != name) one.Wrong($"\"{name}\" is not a label's name.", "Write letters, digits and underscores.");
            else if (Template(one) is { } template) templates[name] = template;
        }

        return templates;
    }
}
