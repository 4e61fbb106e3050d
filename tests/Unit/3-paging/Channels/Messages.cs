using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Tests.Unit.Paging.Channels;

/// <summary>Messages to render: an ordinary one, and one whose every text was written by somebody hostile.</summary>
internal static class Messages
{
    public static readonly Instant At = Instant.FromUtc(2026, 11, 21, 3, 0);

    public static ChannelMessage Ordinary(string happened = MessageEvent.Opened, AlertSeverity severity = AlertSeverity.Page) => new(
        happened, Page(happened), "https://nines.example.com/pages/01jd0000000000000000000002", severity, "checkout",
        "PAGE checkout: availability burns 20× too fast. 7,236 of 360,000 failed in the last 1 h.", At, "alice owns checkout.",
        happened is not (MessageEvent.Resolved or MessageEvent.Merged or MessageEvent.Code or MessageEvent.Test), Alerts(happened), Acknowledge(happened));

    public static ChannelMessage Hostile(string happened, AlertSeverity severity, int size = 40) => Ordinary(happened, severity) with
    {
        Text = Evil(size),
        Why = Evil(size),
        Service = Evil(size),
        Alerts = [.. Alerts(happened).Select(a => a with { Title = Evil(size), Reason = Evil(size), Impact = Evil(size), Runbook = "javascript:alert(1)", Links = a.Links.Add("evil)](http://x", "https://x.example.com/)<!channel>|'\"") })],
    };

    /// <summary>What ends a format, calls everybody, begins a header or a tag, and a character of two units at every border.</summary>
    public static string Evil(int size) => string.Concat(Enumerable.Repeat("<!channel> @everyone [x](javascript:y) </Say><Hangup/> *_~`|\\ \r\nBcc: x@y \u0000\u0008 & \" ' {{x}} 🔥", size));

    private static string Page(string happened) => happened == MessageEvent.Code ? "" : "01jd0000000000000000000002";

    private static string? Acknowledge(string happened) => happened is MessageEvent.Opened or MessageEvent.Updated or MessageEvent.Repeated or MessageEvent.Reopened or MessageEvent.Changed
        ? "https://nines.example.com/pages/01jd0000000000000000000002/acknowledge?k=202611.5kqk3a.abc" : null;

    private static IReadOnlyList<MessageAlert> Alerts(string happened) => happened is MessageEvent.Test or MessageEvent.Code ? [] :
    [
        new("01jd0000000000000000000001", happened == MessageEvent.Resolved ? "resolved" : "firing", "availability burns 20× too fast", "7,236 of 360,000 failed in the last 1 h.",
            At - Duration.FromMinutes(2), happened == MessageEvent.Resolved ? At : null, AlertLabels.Of(("service", "checkout")), "https://runbooks.example.com/checkout",
            ImmutableSortedDictionary<string, string>.Empty.Add("alert", "https://nines.example.com/alerts/01jd0000000000000000000001"), "Buyers cannot pay."),
    ];
}
