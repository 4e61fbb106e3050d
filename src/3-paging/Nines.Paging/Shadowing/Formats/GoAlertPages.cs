using System.Globalization;
using System.Text.Json;
using Nines.Paging.Imports;
using NodaTime;

namespace Nines.Paging.Shadowing.Formats;

/// <summary>GoAlert: the webhook of a contact or channel, and <c>alerts</c> of its GraphQL answers with their <c>recentEvents</c>.</summary>
internal static class GoAlertPages
{
    private const string Told = "Notification sent to ";

    /// <summary>One call of a webhook. It says that an alert is there, and no person.</summary>
    public static OutsideNews? Call(JsonElement root, Instant now)
    {
        var id = root.Text("AlertID");
        if (id.Length == 0) return null;
        var news = new OutsideNews { Id = id, Title = root.Text("Summary"), ServiceId = root.Text("ServiceID"), ServiceName = root.Text("ServiceName") };
        if (root.Text("Type") != "AlertStatus") return news with { OpenedAt = now };
        return Turn(root.Text("LogEntry"), now) is { } turn ? news with { Turn = turn } : news;
    }

    /// <summary>Alerts of GraphQL answers.</summary>
    public static IReadOnlyList<OutsideNews> Log(IReadOnlyList<JsonElement> files)
    {
        var said = new List<OutsideNews>();
        foreach (var alert in files.Select(f => f.At("data") ?? f).SelectMany(f => f.At("alerts").At("nodes").List().Concat(f.At("alert") is { } one ? [one] : [])))
        {
            var id = alert.Text("alertID") is { Length: > 0 } number ? number : alert.Text("id");
            if (id.Length == 0) continue;
            said.Add(new() { Id = id, Title = alert.Text("summary"), ServiceId = alert.At("service").At("id").Text(), ServiceName = alert.At("service").At("name").Text(), OpenedAt = OutsideJson.Moment(alert.At("createdAt")) });
            said.AddRange(Events(alert, id));
        }

        return said;
    }

    private static IEnumerable<OutsideNews> Events(JsonElement alert, string id)
    {
        var level = 1;
        foreach (var (text, at) in alert.At("recentEvents").At("nodes").List().Select(e => (Text: e.Text("message"), At: OutsideJson.Moment(e.At("timestamp")))).Where(e => e.At is not null).OrderBy(e => e.At))
        {
            if (text.StartsWith("Escalated to step", StringComparison.Ordinal)) level = Step(text) ?? level + 1;
            else if (text.StartsWith(Told, StringComparison.Ordinal)) yield return new() { Id = id, Called = [(new("", Who(text[Told.Length..]), ""), at!.Value, How(text[Told.Length..]), level)] };
            else if (Turn(text, at!.Value) is { } turn) yield return new() { Id = id, Turn = turn };
        }
    }

    private static OutsideTurn? Turn(string text, Instant at)
    {
        OutsideState? state = text.StartsWith("Acknowledged", StringComparison.Ordinal) ? OutsideState.Acknowledged : text.StartsWith("Closed", StringComparison.Ordinal) ? OutsideState.Resolved : null;
        var by = text.IndexOf(" by ", StringComparison.Ordinal);
        return state is { } turned ? new(at, turned, new("", by < 0 ? "" : Who(text[(by + 4)..]), "")) : null;
    }

    private static int? Step(string text) => int.TryParse(string.Concat(text.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)), NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null;

    /// <summary>A name before <c> via …</c> or <c> (…)</c>.</summary>
    private static string Who(string text)
    {
        var end = new[] { text.IndexOf(" via ", StringComparison.Ordinal), text.IndexOf(" (", StringComparison.Ordinal), text.Length }.Where(i => i >= 0).Min();
        return text[..end].Trim();
    }

    private static string How(string text)
    {
        var way = text[Who(text).Length..].Trim();
        if (way.StartsWith("via ", StringComparison.Ordinal)) way = way[4..];
        // What stands in brackets behind it is an address.
        var bracket = way.IndexOf('(', StringComparison.Ordinal);
        way = (bracket > 0 ? way[..bracket] : way).Trim('(', ')', ' ');
        return way.Length is > 0 and <= 30 && !way.Contains('@') && !way.Any(char.IsAsciiDigit) ? way : "notified";
    }
}
