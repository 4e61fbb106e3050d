using Nines.Shell;
using NodaTime;
using Spectre.Console;

namespace Nines.Responding.Incidents.Cli;

/// <summary>An incident on a terminal: the answer first, then who, then what happened.</summary>
internal static class IncidentWords
{
    private const int TimeWidth = 20;

    public static void Write(IncidentView incident, IAnsiConsole screen)
    {
        screen.MarkupLineInterpolated($"[bold]{incident.Name} {incident.Severity} {incident.Title}[/]");
        screen.WriteLine(State(incident));
        foreach (var impact in incident.Impact)
            screen.WriteLine($"{impact.Objective}: users felt it for {Minutes(impact.Until - impact.From)}, {impact.Bad:0} bad events, {impact.Spent * 100:0.0} % of the budget.");
        foreach (var suspect in incident.Suspects) Hanging.Write(screen, "suspect", $"{suspect.Text}. {suspect.Reason}", TimeWidth);
        foreach (var role in incident.Roles) Hanging.Write(screen, RoleWords.Of(role.Role), role.Person, TimeWidth);
        foreach (var line in incident.Timeline) Hanging.Write(screen, $"{line.At:yyyy-MM-dd HH:mm}Z", line.By.Length > 0 && !line.Text.Contains(line.By, StringComparison.Ordinal) ? $"{line.Text} ({line.By})" : line.Text, TimeWidth);
    }

    /// <summary>Where it stands, in one sentence.</summary>
    public static string State(IncidentView incident) => incident.State switch
    {
        "resolved" => $"It is over since {Clock(incident.Clocks.Resolved!.Value)}{(incident.Override.Length > 0 ? ", before the indicators said so" : "")}.",
        "merged" => $"It is part of {incident.MergedName}.",
        "mitigated" => $"Mitigated at {Clock(incident.Clocks.Mitigated!.Value)}, not over{(incident.CleanMinutes is { } clean ? $": {clean} minutes of clean data so far" : "")}.",
        _ => $"Open since {Clock(incident.Clocks.Declared)}, phase {incident.Phase.ToString().ToLowerInvariant()}{(incident.Who(IncidentRole.Commander) is { Length: > 0 } who ? $"; {who} commands" : "; nobody commands")}.",
    };

    private static string Clock(Instant at) => $"{at:yyyy-MM-dd HH:mm}Z";

    private static string Minutes(Duration length) => length < Duration.FromHours(2) ? $"{length.TotalMinutes:0} min" : $"{length.TotalHours:0.#} h";
}
