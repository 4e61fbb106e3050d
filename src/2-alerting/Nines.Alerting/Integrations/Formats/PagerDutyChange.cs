using System.Text.Json;
using Nines.Kernel;
using Nines.Measuring.Changes;

namespace Nines.Alerting.Integrations.Formats;

/// <summary>A change event of PagerDuty's Events API v2.</summary>
/// <param name="RoutingKey">The integration's key.</param>
/// <param name="Change">What it tells.</param>
internal sealed record PagerDutyChange(string RoutingKey, ChangeRequest Change)
{
    private static readonly string[] Versions = ["version", "build", "build_version", "release", "revision", "commit", "sha", "tag"];
    private static readonly string[] Places = ["environment", "env", "stage", "region"];

    /// <summary>Reads a body; problems carry PagerDuty's own words.</summary>
    public static Outcome<PagerDutyChange> Read(ReadOnlyMemory<byte> body)
    {
        var json = new SentJson();
        if (json.ParseObject(body) is not { } root) return Outcome<PagerDutyChange>.Failed(json.Problems);
        var key = SentJson.Text(root, "routing_key");
        if (string.IsNullOrWhiteSpace(key)) json.Wrong("routing_key", "'routing_key' is missing or blank", "");
        var payload = SentJson.Object(root, "payload");
        if (payload is null) json.Wrong("payload", "'payload' is missing or blank", "");
        else if (string.IsNullOrWhiteSpace(SentJson.Text(payload, "summary"))) json.Wrong("payload.summary", "'payload.summary' is missing or blank", "");
        if (json.Problems.Count > 0) return Outcome<PagerDutyChange>.Failed(json.Problems);
        var details = SentJson.Object(payload, "custom_details");
        return new PagerDutyChange(key, new(
            SentText.Line(SentJson.Text(details, "service"), 200), KindOf(SentJson.Text(details, "kind"), SentJson.Text(payload, "summary")), SentText.Line(SentJson.Text(payload, "summary")),
            First(details, Versions), First(details, Places), SentText.Time(SentJson.Text(payload, "timestamp")), Source: SentText.Line(SentJson.Text(payload, "source"), 200), Links: Links(root)));
    }

    private static string KindOf(string said, string summary)
    {
        if (said is "deploy" or "rollback" or "config" or "flag" or "other") return said;
        if (summary.Contains("rollback", StringComparison.OrdinalIgnoreCase) || summary.Contains("roll back", StringComparison.OrdinalIgnoreCase)) return "rollback";
        return summary.Contains("deploy", StringComparison.OrdinalIgnoreCase) || summary.Contains("release", StringComparison.OrdinalIgnoreCase) ? "deploy" : "other";
    }

    private static string First(JsonElement? details, string[] names) => names.Select(n => SentText.Line(SentJson.Text(details, n), 200)).FirstOrDefault(v => v.Length > 0) ?? "";

    private static Dictionary<string, string> Links(JsonElement root)
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var link in SentJson.List(root, "links").Take(10))
            if (SentText.Link(SentJson.Text(link, "href")) is { Length: > 0 } href) links.TryAdd(SentText.Line(SentJson.Text(link, "text"), 50) is { Length: > 0 } name ? name : $"link {links.Count + 1}", href);
        return links;
    }
}
