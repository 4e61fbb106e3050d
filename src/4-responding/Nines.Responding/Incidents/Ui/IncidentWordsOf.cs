using Nines.Shell.Components;
using NodaTime;

namespace Nines.Responding.Incidents.Ui;

/// <summary>States, severities and lines as people see them.</summary>
internal static class IncidentWordsOf
{
    /// <summary>The phases that people see, in order.</summary>
    public static IReadOnlyList<IncidentPhase> Phases { get; } = Enum.GetValues<IncidentPhase>();

    public static StateWord Severity(IncidentView incident) => new(incident.Severity is "SEV1" or "SEV2" ? "crit" : "warn", "fire", incident.Severity);

    public static StateWord State(IncidentView incident) => incident.State switch
    {
        "resolved" => new("good", "ok", "Resolved"),
        "merged" => new("none", "done", "Merged"),
        "mitigated" => new("warn", "back", "Mitigated"),
        _ => new("crit", "fire", "Open"),
    };

    /// <summary>Colour and symbol of a line.</summary>
    public static (string Tone, string Icon) Line(TimelineKind kind) => kind switch
    {
        TimelineKind.Impact => ("crit", "crit"),
        TimelineKind.Alert or TimelineKind.Page => ("crit", "bell"),
        TimelineKind.Change => ("none", "deploy"),
        TimelineKind.State => ("plan", "fire"),
        TimelineKind.Role => ("none", "user"),
        TimelineKind.Decision => ("plan", "done"),
        TimelineKind.Correction => ("none", "back"),
        TimelineKind.Runbook => ("none", "book"),
        _ => ("none", "chat"),
    };

    /// <summary>Where a line leads; null for nowhere.</summary>
    public static string? Address(LineView line) => line.About.Split('/', 2) is [var kind and ("page" or "alert" or "incident" or "run" or "postmortem" or "drill"), var id] ? $"/{kind}s/{Uri.EscapeDataString(id)}" : null;

    /// <summary>Where a suspect leads; null for nowhere.</summary>
    public static string? Address(Suspect suspect) => suspect.About.Split('/', 2) is [var kind and ("objective" or "incident"), var id] ? $"/{kind}s/{Uri.EscapeDataString(id)}" : null;

    /// <summary>The answer: what users feel, who is at it, what is awaited.</summary>
    public static IReadOnlyList<Phrase> Answer(IncidentView incident, IncidentPolicy policy, Reader reader)
    {
        if (incident.State == "merged") return [$"It is part of {incident.MergedName}."];
        if (incident.Clocks.Resolved is { } over)
            return [Phrase.Bold("It is over"), " since ", Phrase.Time(over, TimeForm.Sentence, reader), incident.Clocks.ToRestore is { } felt ? $"; users felt it for {Figures.Span(felt)}." : "."];
        var felts = incident.Impact.Count == 0 ? (Phrase)"No indicator of its services says that users feel it" : Phrase.Bold(Feels(incident));
        var commands = incident.Who(IncidentRole.Commander) is { Length: > 0 } who ? $"{who} commands" : "nobody commands yet";
        var next = incident is { State: "mitigated", CleanMinutes: { } clean } ? $" Not over: {clean} of {(int)policy.CleanFor.TotalMinutes} minutes of clean data." : "";
        return [felts, $"; {commands}.{next}"];
    }

    private static string Feels(IncidentView incident) => incident.CleanMinutes is > 0 and var clean
        ? $"Users have not felt it for {Figures.Of(clean, "minute")}"
        : $"Users have felt it for {Figures.Span(incident.Clocks.ToRestore ?? Duration.Zero)}";
}
