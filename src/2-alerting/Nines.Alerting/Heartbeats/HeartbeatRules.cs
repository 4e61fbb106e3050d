using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Heartbeats;

/// <summary>Decides when a heartbeat stayed out, and how that reads as an alert. Pure.</summary>
public static class HeartbeatRules
{
    /// <summary>
    /// When a heartbeat counts as missed; null while it was never heard: whoever set it up has not begun yet. What another
    /// node heard is written down late, so its word gets that time on top; and after a start nobody could be heard for a
    /// while, so each gets its whole time anew.
    /// </summary>
    /// <param name="beat">The promise.</param>
    /// <param name="written">When it was written down as heard; null for never.</param>
    /// <param name="heard">When this node heard it; null for not since its start.</param>
    /// <param name="listening">Since when this node listens.</param>
    public static Instant? Deadline(Heartbeat beat, Instant? written, Instant? heard, Instant listening)
    {
        if (written is null && heard is null) return null;
        var deadline = listening + beat.Patience;
        if (heard is { } own) deadline = Instant.Max(deadline, own + beat.Patience);
        if (written is { } other && (heard is null || other > heard)) deadline = Instant.Max(deadline, other + beat.Patience + beat.WrittenEvery);
        return deadline;
    }

    /// <summary>When this node must write down what it heard; null while the book is new enough.</summary>
    public static Instant? WriteBy(Heartbeat beat, Instant? written, Instant heard) =>
        written is null ? heard : heard > written ? written.Value + beat.WrittenEvery : null;

    /// <summary>What identifies the alert.</summary>
    public static AlertLabels Labels(Heartbeat beat) => Labels(beat.Name, beat.Service, beat.Severity);

    /// <summary>The alert of a heartbeat that stayed out.</summary>
    public static Incoming Missed(Heartbeat beat, Instant last, Instant now, Service? service)
    {
        var notes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        notes["heartbeat"] = $"/heartbeats?q={Uri.EscapeDataString("name:" + beat.Name)}";
        if ((beat.Runbook ?? ObjectiveAlerts.Runbook(service, "HeartbeatMissed", beat.Name)) is { } runbook) notes["runbook"] = runbook.ToString();
        return new()
        {
            Labels = Labels(beat),
            Severity = beat.Severity,
            Source = "heartbeats",
            Service = beat.Service,
            Title = $"Nothing is heard of {Title(beat)}",
            Reason = Reason(beat, last),
            StartedAt = now,
            Annotations = notes.ToImmutable(),
        };
    }

    /// <summary>Why it counts as missed.</summary>
    public static string Reason(Heartbeat beat, Instant last) =>
        $"It was heard last at {NodaTime.Text.InstantPattern.General.Format(last)}; it is promised every {FieldDuration.Format(beat.Every)}{(beat.Grace > Duration.Zero ? $", with {FieldDuration.Format(beat.Grace)} of grace" : "")}.";

    /// <summary>Its name for people.</summary>
    public static string Title(Heartbeat beat) => beat.DisplayName.Length > 0 ? beat.DisplayName : beat.Name;

    private static AlertLabels Labels(string name, string service, AlertSeverity severity) =>
        AlertLabels.Of(("alertname", "HeartbeatMissed"), ("heartbeat", name), ("service", service), ("severity", severity.Word()));
}
