using Nines.Shell.Components;

namespace Nines.Responding.Security.Ui;

/// <summary>States and deadlines as people see them.</summary>
internal static class SecurityWordsOf
{
    public static StateWord State(string state) => state switch
    {
        "confirmed" => new("crit", "shield", "Confirmed"),
        "suspected" => new("warn", "eye", "Suspected"),
        "dismissed" => new("none", "done", "False alarm"),
        _ => new("good", "ok", "Closed"),
    };

    public static StateWord Duty(DutyView duty, Reader reader) => duty.State switch
    {
        DutyState.Overdue => new("crit", "crit", "Overdue"),
        DutyState.Running when duty.Due is { } due && duty.Since is { } since && due - reader.Now < (due - since) / 4 => new("crit", "clock", "Nearly due"),
        DutyState.Running => new("warn", "clock", "Running"),
        DutyState.Told => duty.ToldAt > duty.Due ? new("warn", "send", "Told late") : new("good", "ok", "Told"),
        DutyState.NotNeeded => new("none", "done", "Not needed"),
        _ => new("none", "todo", "Waits"),
    };

    public static (string Tone, string Icon) Line(CaseLineKind kind) => kind switch
    {
        CaseLineKind.Finding => ("crit", "signal"),
        CaseLineKind.State => ("plan", "shield"),
        CaseLineKind.Role => ("none", "user"),
        CaseLineKind.Clock => ("warn", "clock"),
        CaseLineKind.Evidence => ("none", "file"),
        CaseLineKind.Correction => ("none", "back"),
        _ => ("none", "chat"),
    };

    /// <summary>The answer: the loudest clock, then who leads.</summary>
    public static IReadOnlyList<Phrase> Answer(SecurityView one, Reader reader)
    {
        var lead = one.Row.Lead.Length > 0 ? $"{one.Row.Lead} leads." : "Nobody leads it yet.";
        if (one.Row.State == "dismissed") return [Phrase.Bold("It was a false alarm"), "."];
        var late = one.Duties.Where(d => d.State == DutyState.Overdue).ToArray();
        if (late.Length > 0) return [Phrase.Bold($"{Figures.Of(late.Length, "deadline")} {(late.Length == 1 ? "is" : "are")} over"), $": {late[0].Title} ({late[0].Key}). {lead}"];
        if (one.Duties.FirstOrDefault(d => d.State == DutyState.Running && d.Due is not null) is { } next)
            return [Phrase.Bold($"{Figures.Span(next.Due!.Value - reader.Now)} left"), $" to {char.ToLowerInvariant(next.Title[0])}{next.Title[1..]} ({next.Key}), until ", Phrase.Time(next.Due.Value, TimeForm.Sentence, reader), $". {lead}"];
        if (one.Row.State == "closed") return [Phrase.Bold("It is over"), $". {one.Cause}"];
        return one.Row.State == "suspected" && !one.Starts.ContainsKey(ClockStart.Aware)
            ? [Phrase.Bold("Nobody knows yet whether it is real"), $"; no deadline runs before somebody says since when it is known. {lead}"]
            : [Phrase.Bold("No deadline runs"), $". {lead}"];
    }
}
