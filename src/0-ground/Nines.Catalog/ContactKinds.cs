namespace Nines.Catalog;

/// <summary>The kinds of contacts that a person may have, as manifests name them.</summary>
public static class ContactKinds
{
    /// <summary>Signed JSON over HTTP.</summary>
    public const string Webhook = "webhook";

    /// <summary>Mail over SMTP.</summary>
    public const string Email = "email";

    /// <summary>A text message.</summary>
    public const string Sms = "sms";

    /// <summary>A telephone call.</summary>
    public const string Voice = "voice";

    /// <summary>A Slack member or channel.</summary>
    public const string Slack = "slack";

    /// <summary>A Microsoft Teams channel or chat, by its workflow.</summary>
    public const string Teams = "teams";

    /// <summary>A PagerDuty service.</summary>
    public const string PagerDuty = "pagerduty";

    /// <summary>An Opsgenie integration.</summary>
    public const string Opsgenie = "opsgenie";

    /// <summary>A Mattermost incoming webhook.</summary>
    public const string Mattermost = "mattermost";

    /// <summary>A Discord webhook.</summary>
    public const string Discord = "discord";

    /// <summary>A topic of an ntfy server.</summary>
    public const string Ntfy = "ntfy";

    /// <summary>A browser on a phone or desktop that takes web push. It signs up by itself and stands in no manifest.</summary>
    public const string Push = "push";

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<string> All { get; } = [Push, Voice, Sms, Ntfy, PagerDuty, Opsgenie, Webhook, Slack, Teams, Mattermost, Discord, Email];

    /// <summary>Kinds that a manifest may write.</summary>
    public static IReadOnlyList<string> Written { get; } = [.. All.Where(k => k != Push)];

    /// <summary>True where a message of this kind wakes a sleeper; a webhook's receiver may, and says so to nobody.</summary>
    public static bool Rings(string kind) => kind is Push or Voice or Sms or Ntfy or PagerDuty or Opsgenie;
}
