using Nines.Shell;
using Nines.Shell.Components;
using NodaTime;
using Spectre.Console;

namespace Nines.Responding.Security.Cli;

/// <summary>A case on a terminal: where it stands and the clocks first, then the rest.</summary>
internal static class SecurityScreenWords
{
    private const int Width = 20;

    public static void Head(SecurityView one, IAnsiConsole screen, Instant now)
    {
        var row = one.Row;
        screen.MarkupLineInterpolated($"[bold]{row.Name} {row.Severity} {row.Title}[/]");
        screen.WriteLine($"{Capital(row.State)}, phase {row.Phase}, {row.Kind}; {(row.Lead.Length > 0 ? $"{row.Lead} leads" : "nobody leads")}.");
        foreach (var duty in one.Duties) Hanging.Write(screen, duty.Key, $"{duty.Title}: {Duty(duty, now)}", Width);
    }

    public static void Write(SecurityView one, IAnsiConsole screen, Instant now)
    {
        Head(one, screen, now);
        if (one.Data is { } data) Hanging.Write(screen, "data of people", data.Personal ? $"{string.Join(", ", data.Kinds)}; {(data.People is { } people ? $"about {people} people" : "number unknown")}" : "none", Width);
        foreach (var role in one.Roles.Where(r => r.Person.Length > 0)) Hanging.Write(screen, SecurityWords.Word(role.Role), role.Person, Width);
        foreach (var item in one.Playbook) Hanging.Write(screen, $"{(item.Done ? "[x]" : "[ ]")} {item.Key}", $"{SecurityWords.Word(item.Phase)}: {item.Text}", Width);
        Evidence(one, screen);
        Hanging.Write(screen, "circle", one.Circle.Count > 0 ? string.Join(", ", one.Circle) : "nobody", Width);
        foreach (var line in one.Access) Hanging.Write(screen, Clock(line.At), $"{line.Who} {line.What}{(line.By.Length > 0 ? $" ({line.By})" : "")}", Width);
        foreach (var line in one.Timeline) Hanging.Write(screen, Clock(line.At), line.By.Length > 0 && !line.Text.Contains(line.By, StringComparison.Ordinal) ? $"{line.Text} ({line.By})" : line.Text, Width);
    }

    public static void Evidence(SecurityView one, IAnsiConsole screen)
    {
        foreach (var item in one.Evidence)
            Hanging.Write(screen, $"evidence {item.Number}", $"{item.Name}, {item.Size} bytes, SHA-256 {item.Sha256} (by the {item.HashedBy}); {(item.Kept ? "kept" : $"lies at {item.Where}")}; {item.Note} ({item.By}, {Clock(item.At)})", Width);
        foreach (var step in one.Custody) Hanging.Write(screen, $"evidence {step.Evidence}", $"{Clock(step.At)} {step.Why} ({step.By})", Width);
        foreach (var broken in one.BrokenChain) Hanging.Write(screen, "broken", broken, Width, "red");
    }

    public static string Duty(DutyView duty, Instant now) => duty.State switch
    {
        DutyState.Overdue => $"OVERDUE since {Clock(duty.Due!.Value)}",
        DutyState.Running when duty.Due is { } due => $"due {Clock(due)}, {Figures.Span(due - now)} left",
        DutyState.Running => $"runs since {Clock(duty.Since!.Value)}; the law names no number",
        DutyState.Told => $"told {Clock(duty.ToldAt!.Value)}, {duty.Reference}{(duty.ToldAt > duty.Due ? $", after the deadline {Clock(duty.Due.Value)}" : "")}",
        DutyState.NotNeeded => $"not needed. {duty.Why}",
        _ => $"waits. {duty.Why}",
    };

    public static string Clock(Instant at) => $"{at:yyyy-MM-dd HH:mm}Z";

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
