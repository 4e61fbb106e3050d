using Nines.Alerting.Alerts;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Integrations;

/// <summary>What an action of Opsgenie's API is here.</summary>
/// <param name="Name">As its requests name it.</param>
/// <param name="Action">What is done.</param>
internal sealed record OpsgenieAction(string Name, DoorAction Action);

/// <summary>The actions below an alert, by the last word of their address.</summary>
internal static class OpsgenieActions
{
    private static readonly Dictionary<string, OpsgenieAction> All = new(StringComparer.Ordinal)
    {
        ["close"] = new("Close", DoorAction.End),
        ["acknowledge"] = new("Acknowledge", DoorAction.Acknowledge),
        ["unacknowledge"] = new("UnAcknowledge", DoorAction.Unacknowledge),
        ["snooze"] = new("Snooze", DoorAction.Snooze),
        // What follows is taken so that its sender goes on; an alert's words stay those with which it began.
        ["notes"] = new("AddNote", DoorAction.Tell),
        ["message"] = new("Update", DoorAction.Tell),
        ["description"] = new("Update", DoorAction.Tell),
        ["priority"] = new("Update", DoorAction.Tell),
        ["tags"] = new("AddTags", DoorAction.Tell),
        ["details"] = new("AddDetails", DoorAction.Tell),
    };

    /// <summary>The action of a word, or null.</summary>
    public static OpsgenieAction? Of(string word) => All.GetValueOrDefault(word);
}

/// <summary>What a list of alerts is asked for.</summary>
/// <param name="Open">Only open ones, only closed ones, or all.</param>
/// <param name="Alias">Only that alias; empty for all.</param>
/// <param name="Offset">How many to leave out.</param>
/// <param name="Limit">How many.</param>
public sealed record OpsgenieQuery(bool? Open, string Alias, int Offset, int Limit)
{
    /// <summary>Reads the parameters of a list; of Opsgenie's query language <c>status:open|closed</c> and <c>alias:…</c> are taken.</summary>
    public static Outcome<OpsgenieQuery> Read(string query, string offset, string limit)
    {
        bool? open = null;
        var alias = "";
        foreach (var term in query.Replace(": ", ":", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (term is "AND" or "and") continue;
            if (term is "status:open" or "status=open") open = true;
            else if (term is "status:closed" or "status=closed") open = false;
            else if (term.StartsWith("alias:", StringComparison.Ordinal) || term.StartsWith("alias=", StringComparison.Ordinal)) alias = term[6..].Trim('"');
            else return Problem.Invalid($"The query \"{SentText.Line(term, 60)}\" is not taken here: status:open, status:closed and alias:… are.", "", "query");
        }

        return new OpsgenieQuery(open, alias, Whole(offset, 0, 20_000), Whole(limit, 20, 100));
    }

    private static int Whole(string text, int otherwise, int most) => int.TryParse(text, out var number) && number >= 0 ? Math.Min(number, most) : otherwise;
}

/// <summary>Alerts as Opsgenie's API shows them.</summary>
internal static class OpsgenieAlerts
{
    /// <summary>The alert that an address names, of one sender; an alias names its newest.</summary>
    public static Alert? Find(HouseState state, string integration, string identifier, string type)
    {
        var (book, keys) = (state.Get<AlertBook>(), state.Get<DoorKeys>());
        var known = type == "alias" ? keys.Of(integration, SentText.Line(identifier, SentText.Value)) is [.., var newest] ? newest : null
            : type == "tiny" ? keys.ById.Values.FirstOrDefault(k => k.Integration == integration && OpsgenieRequestId.TinyOf(k.Id) == identifier)
            : keys.ById.GetValueOrDefault(identifier) is { } one && one.Integration == integration ? one : null;
        return known is null ? null : book.All.GetValueOrDefault(known.Id);
    }

    /// <summary>The alias of the alert that an address names; null where it names none.</summary>
    public static string? KeyOf(HouseState state, string integration, string identifier, string type) =>
        type == "alias" ? identifier : Find(state, integration, identifier, type)?.Labels[DoorKeys.KeyLabel];

    /// <summary>Alerts of one sender, the newest first.</summary>
    public static IEnumerable<Alert> List(HouseState state, string integration, OpsgenieQuery asked)
    {
        var book = state.Get<AlertBook>();
        return state.Get<DoorKeys>().ById.Values
            .Where(k => k.Integration == integration && (asked.Open is not { } open || k.EndedAt is null == open) && (asked.Alias.Length == 0 || k.Key == asked.Alias))
            .OrderByDescending(k => k.Id, StringComparer.Ordinal).Skip(asked.Offset).Take(asked.Limit)
            .Select(k => book.All.GetValueOrDefault(k.Id)).OfType<Alert>();
    }

    /// <summary>An alert in Opsgenie's form.</summary>
    public static object Show(Alert alert, AliasCounts counts) => new
    {
        id = alert.Id,
        tinyId = OpsgenieRequestId.TinyOf(alert.Id),
        alias = alert.Labels[DoorKeys.KeyLabel],
        message = alert.Title,
        description = alert.Reason,
        status = alert.Firing ? "open" : "closed",
        acknowledged = alert.AcknowledgedAt is not null,
        isSeen = alert.AcknowledgedAt is not null,
        snoozed = alert.SilencedBy.Length > 0,
        tags = alert.Annotations.TryGetValue("tags", out var tags) ? tags.Split(", ") : [],
        count = counts.Of(alert.Id),
        createdAt = Text(alert.StartedAt),
        lastOccurredAt = Text(alert.HeardAt),
        updatedAt = Text(alert.EndedAt ?? alert.HeardAt),
        source = alert.Labels["source"],
        owner = "",
        priority = alert.Labels["priority"] is { Length: > 0 } priority ? priority : alert.Severity switch { AlertSeverity.Page => "P1", AlertSeverity.Ticket => "P3", _ => "P5" },
        responders = Array.Empty<object>(),
        integration = new { name = alert.Source, type = "API" },
        entity = alert.Labels["entity"],
        details = alert.Annotations.Where(n => n.Key.StartsWith("details.", StringComparison.Ordinal)).ToDictionary(n => n.Key[8..], n => n.Value),
    };

    /// <summary>What became of a request.</summary>
    public static object? Status(HouseState state, string integration, OpsgenieRequestDone request)
    {
        if (request.Alert.Length > 0 && state.Get<DoorKeys>().ById.GetValueOrDefault(request.Alert)?.Integration is { } owner && owner != integration) return null;
        var alias = state.Get<DoorKeys>().ById.GetValueOrDefault(request.Alert)?.Key ?? "";
        var done = request.Result == OpsgenieResult.Done;
        return new
        {
            success = done,
            action = request.Action,
            processedAt = Text(request.At),
            integrationId = integration,
            isSuccess = done,
            status = done ? request.Action switch { "Create" => "Created alert", "Close" => "Closed alert", "Acknowledge" => "Acknowledged alert", "Snooze" => "Snoozed alert", _ => "Processed" } : "Alert does not exist",
            alertId = request.Alert,
            alias,
        };
    }

    private static string Text(Instant at) => NodaTime.Text.InstantPattern.CreateWithInvariantCulture("yyyy-MM-dd'T'HH:mm:ss.fff'Z'").Format(at);
}
