using System.Collections.Immutable;
using Nines.Catalog;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Reads what another program says about an alert, for every door alike: severity, service, title, runbook. Pure.</summary>
public static class ForeignAlert
{
    /// <summary>Labels that may name a service, in the order in which they are asked; <c>service</c> needs no catalog entry.</summary>
    public static IReadOnlyList<string> ServiceLabels { get; } = ["service", "app", "app_kubernetes_io_name", "application", "job", "component"];

    private static readonly string[] TitleNotes = ["summary", "title", "message"];
    private static readonly string[] ReasonNotes = ["description", "message", "summary"];

    /// <summary>The alert as the pipeline takes it.</summary>
    /// <param name="labels">What identifies it.</param>
    /// <param name="annotations">What the sender says besides.</param>
    /// <param name="startedAt">When it began.</param>
    /// <param name="source">Who found it: the door's word.</param>
    /// <param name="generatorUrl">Where the sender shows it; empty where it does not say.</param>
    /// <param name="catalog">The services.</param>
    /// <param name="without">The severity of an alert that says none.</param>
    public static Incoming Read(
        AlertLabels labels, ImmutableSortedDictionary<string, string> annotations, Instant startedAt, string source, string generatorUrl, CatalogView catalog, AlertSeverity without)
    {
        var service = Service(labels, catalog);
        var title = First(annotations, TitleNotes, labels["alertname"]);
        return new()
        {
            Labels = labels,
            Severity = SeverityWords.Of(labels, without),
            Source = source,
            Service = service,
            Title = title.Length > 0 ? title : labels.ToString(),
            Reason = First(annotations, ReasonNotes, ""),
            StartedAt = startedAt,
            Annotations = WithRunbook(annotations, catalog.Service(service)?.Service, labels["alertname"]),
            GeneratorUrl = generatorUrl,
        };
    }

    /// <summary>The service that labels name: <c>service</c> as it stands, others where the catalog knows the name; else empty.</summary>
    public static string Service(AlertLabels labels, CatalogView catalog)
    {
        if (labels["service"] is { Length: > 0 } said) return said;
        foreach (var name in ServiceLabels)
            if (labels[name] is { Length: > 0 } value && catalog.Service(value) is not null) return value;
        return "";
    }

    /// <summary>A runbook as Nines names it, from what the field calls <c>runbook_url</c>, else from the catalog.</summary>
    private static ImmutableSortedDictionary<string, string> WithRunbook(ImmutableSortedDictionary<string, string> notes, Service? service, string alertName)
    {
        if (notes.ContainsKey("runbook")) return notes;
        if (notes.TryGetValue("runbook_url", out var told) && told.Length > 0) return notes.Add("runbook", told);
        return ObjectiveAlerts.Runbook(service, alertName, alertName) is { } known ? notes.Add("runbook", known.ToString()) : notes;
    }

    private static string First(ImmutableSortedDictionary<string, string> notes, string[] names, string without)
    {
        foreach (var name in names)
            if (notes.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text)) return text;
        return without;
    }
}
