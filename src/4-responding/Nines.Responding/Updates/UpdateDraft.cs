using System.Globalization;
using System.Text.RegularExpressions;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Updates;

/// <summary>A text that is ready to be read, changed and sent.</summary>
/// <param name="Template">The template that it was made from.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="Subject">Its headline.</param>
/// <param name="Text">The rest.</param>
public sealed record UpdateDraft(string Template, UpdateAudience Audience, string Subject, string Text)
{
    private static readonly Regex Place = new(@"\{(?<place>[a-zA-Z]+)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <summary>The places that a template may have, and what stands there.</summary>
    public static IReadOnlyDictionary<string, Func<UpdateFacts, string>> Places { get; } = new Dictionary<string, Func<UpdateFacts, string>>(StringComparer.Ordinal)
    {
        ["name"] = f => f.Incident.Name,
        ["title"] = f => f.Incident.Title,
        ["severity"] = f => f.Incident.Severity,
        ["services"] = f => f.Incident.Services.Count > 0 ? string.Join(", ", f.Incident.Services) : "Our service",
        ["impact"] = Impact,
        ["status"] = f => Status(f.Incident),
        ["statusSentence"] = f => StatusSentence(f.Incident),
        ["symptom"] = _ => "increased error rates",
        ["experience"] = f => f.Incident.Impact.Count > 0 ? "errors" : "problems",
        ["commander"] = f => f.Incident.Who(IncidentRole.Commander) is { Length: > 0 } who ? who : "nobody yet",
        ["channel"] = f => f.Channel.Length > 0 ? f.Channel : "none yet",
        ["next"] = f => f.Next is { } next ? Clock(next) : "when there is news",
        ["within"] = f => f.Next is { } next ? Span(Duration.Max(Duration.FromMinutes(1), next - f.Now)) : "the day",
        ["duration"] = f => Span(f.Incident.Clocks.ToRestore ?? (f.Incident.Clocks.Resolved ?? f.Now) - f.Incident.Clocks.Detected),
        ["cause"] = f => f.Incident.Cause.Length > 0 ? f.Incident.Cause : "not known yet",
        ["done"] = Done,
        ["link"] = f => $"{f.PublicUrl}/incidents/{f.Incident.Id}",
    };

    /// <summary>A template filled from facts.</summary>
    public static UpdateDraft Of(UpdateTemplate template, UpdateFacts facts) => new(template.Name, template.Audience, Fill(template.Subject, facts), Fill(template.Text, facts));

    /// <summary>The template that is offered: of that audience, for where the incident stands; null where there is none.</summary>
    public static UpdateTemplate? Offered(UpdatePolicy policy, IncidentView incident, UpdateAudience audience, bool said)
    {
        var stage = incident.State == "resolved" ? UpdateStage.Resolved : said ? UpdateStage.Progress : UpdateStage.First;
        var fitting = policy.Templates.Where(t => t.Audience == audience).ToArray();
        return Array.Find(fitting, t => t.Stage == stage) ?? fitting.FirstOrDefault();
    }

    /// <summary>The places of a text that nothing could stand in.</summary>
    public static IReadOnlyList<string> Unknown(string text) => [.. Place.Matches(text).Select(m => m.Groups["place"].Value).Where(p => !Places.ContainsKey(p)).Distinct(StringComparer.Ordinal)];

    /// <summary>Where it stands, in the words of status pages.</summary>
    public static string Status(IncidentView incident) => incident.Phase switch
    {
        IncidentPhase.Mitigate => "Identified",
        IncidentPhase.Resolve => "Monitoring",
        IncidentPhase.Review => "Resolved",
        _ => "Investigating",
    };

    // One pass: what a title says is text, never a place of its own.
    private static string Fill(string text, UpdateFacts facts) => Place.Replace(text, m => Places.TryGetValue(m.Groups["place"].Value, out var fact) ? fact(facts) : m.Value);

    private static string StatusSentence(IncidentView incident) => incident.Phase switch
    {
        IncidentPhase.Mitigate => "We have found what is wrong and are working on it.",
        IncidentPhase.Resolve => "A fix is in place, and we are watching whether it holds.",
        IncidentPhase.Review => "This is resolved.",
        _ => "We are still investigating.",
    };

    private static string Impact(UpdateFacts facts)
    {
        var incident = facts.Incident;
        if (incident.Impact.Count == 0) return incident.Services.Count > 0 ? $"{string.Join(", ", incident.Services)}; no indicator says that users feel it" : "not known yet";
        var worst = incident.Impact[0];
        var whole = facts.Incident.State == "resolved" || (incident.CleanMinutes ?? 0) > 0;
        return $"users of {(incident.Services.Count > 0 ? string.Join(", ", incident.Services) : worst.Objective)} {(whole ? $"felt it from {Clock(worst.From)} to {Clock(worst.Until)}" : $"feel it since {Clock(worst.From)}")}; "
            + string.Create(CultureInfo.InvariantCulture, $"{worst.Spent * 100:0.0} % of the budget of {worst.Objective} spent");
    }

    private static string Done(UpdateFacts facts)
    {
        var decisions = facts.Incident.Timeline.Where(l => l.Kind == TimelineKind.Decision).Select(l => l.Text).TakeLast(3).ToArray();
        return decisions.Length > 0 ? string.Join("; ", decisions) : "it is being looked into";
    }

    private static string Clock(Instant at) => at.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);

    // "[X hours Y minutes]", as the seed writes it.
    private static string Span(Duration length)
    {
        var minutes = (int)Math.Round(length.TotalMinutes);
        var (hours, rest) = (minutes / 60, minutes % 60);
        var words = new List<string>();
        if (hours > 0) words.Add(hours == 1 ? "1 hour" : $"{hours} hours");
        if (rest > 0 || hours == 0) words.Add(rest == 1 ? "1 minute" : $"{rest} minutes");
        return string.Join(' ', words);
    }
}
