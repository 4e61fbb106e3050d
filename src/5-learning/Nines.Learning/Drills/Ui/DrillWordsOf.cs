using Nines.Shell.Components;
using NodaTime;

namespace Nines.Learning.Drills.Ui;

/// <summary>Drills as people see them.</summary>
internal static class DrillWordsOf
{
    public static StateWord State(RunView run) => run.State switch
    {
        "open" => new("plan", "clock", "Under way"),
        "called-off" => new("none", "back", "Broken off"),
        _ => new("good", "done", "Over"),
    };

    public static StateWord Training(TrainingView training) => training.State switch
    {
        "overdue" => new("warn", "warn", "Overdue"),
        "never" => new("warn", "todo", "Never trained"),
        "trained" => new("good", "ok", "Trained"),
        _ => new("none", "none", "Not asked"),
    };

    public static StateWord Verdict(ScoreVerdict verdict) => verdict switch
    {
        ScoreVerdict.Met => new("good", "ok", "Met"),
        ScoreVerdict.Late => new("warn", "clock", "Partly"),
        ScoreVerdict.Missed => new("crit", "warn", "Missed"),
        _ => new("none", "none", "Not measured"),
    };

    public static (string Tone, string Icon) Line(CameView came) => came.Kind switch
    {
        InjectKind.Alert => ("crit", "bell"),
        InjectKind.Clue => ("plan", "find"),
        _ => ("none", "chat"),
    };

    public static string Kind(InjectKind kind) => kind switch { InjectKind.Alert => "Alert", InjectKind.Clue => "Question", _ => "The world" };

    public static string Role(DrillRole role) => role switch { DrillRole.Leader => "leads", DrillRole.OnCall => "on call", _ => "takes part" };

    public static string Points(ScoreItem item) => item.Verdict == ScoreVerdict.Unmeasured ? Figures.Unknown : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{item.Points:0.#} of {item.Of}");

    public static string Average(double? score) => score is { } known ? $"{Math.Round(known)}" : Figures.Unknown;

    /// <summary>The answer of a run.</summary>
    public static IReadOnlyList<Phrase> Answer(RunView run, Reader reader)
    {
        if (run.State == "called-off") return [Phrase.Bold("It was broken off"), $": {run.EndReason}"];
        if (run.EndedAt is not null) return run.Score is { } score ? [Phrase.Bold($"{score} of 100"), $" for {Names(run)}; {Worst(run)}"] : [Phrase.Bold("Nothing could be measured"), $": {run.EndReason}"];
        var waiting = run.Came.Where(c => c.Kind != InjectKind.World && c.Waits).ToArray();
        if (run.Came.Count == 0) return [Phrase.Bold("The drill runs"), "; nothing has come yet."];
        return waiting.Length == 0 ? [Phrase.Bold("The drill runs"), "; everything that came is in hand."]
            : [Phrase.Bold($"{Figures.Of(waiting.Length, "thing")} {(waiting.Length == 1 ? "waits" : "wait")} for somebody"), ": the last came ", Phrase.Time(waiting[^1].At, TimeForm.Ago, reader), "."];
    }

    public static string Names(RunView run) => string.Join(", ", run.People.Skip(1).Select(p => p.Person));

    /// <summary>Who is in it, in one sentence.</summary>
    public static string Who(RunView run) => run.Open
        ? $"{run.Leader} leads; {string.Join(", ", run.People.Skip(1).Select(p => $"{p.Person} {(p.Role == DrillRole.OnCall ? "is on call" : "takes part")}"))}."
        : $"{run.Leader} led; {Names(run)} took part.";

    private static string Worst(RunView run)
    {
        var missed = run.Items.Where(i => i.Verdict == ScoreVerdict.Missed).ToArray();
        var late = run.Items.Count(i => i.Verdict == ScoreVerdict.Late);
        return (missed.Length, late) switch
        {
            (0, 0) => "nothing was late or missed.",
            (_, 0) => $"{missed.Length} missed.",
            (0, _) => $"{late} late or by half.",
            _ => $"{missed.Length} missed, {late} late or by half.",
        };
    }

    public static string Length(Duration? length) => length is { } known ? Figures.Span(known) : Figures.Unknown;
}
