using Nines.Shell.Components;

namespace Nines.Responding.Remediation.Ui;

/// <summary>States of remedies and levels of rules as people see them.</summary>
internal static class RemedyWordsOf
{
    public static StateWord State(RemedyView remedy) => remedy.State switch
    {
        RemedyState.Proposed => new("plan", "todo", remedy.Level == RemedyLevel.Suggest ? "Suggested" : "Waits for approval"),
        RemedyState.Running => new("plan", "run", "Nines is at it"),
        RemedyState.Watching => new("plan", "eye", "Watching"),
        RemedyState.Helped => new("good", "ok", "Helped"),
        RemedyState.Failed => new("crit", "crit", "Did not help"),
        RemedyState.Rejected => new("none", "none", "Rejected"),
        _ => new("none", "done", "Lapsed"),
    };

    public static StateWord Step(RemedyStepView step) => step.State switch
    {
        "asExpected" => new("good", "ok", "As expected"),
        "unexpected" => new("warn", "warn", "Not as expected"),
        "failed" => new("crit", "crit", "Failed"),
        "unknown" => new("warn", "eye", "Unknown, look"),
        "calledOff" => new("none", "back", "Called off"),
        "running" => new("plan", "run", "Nines is at it"),
        "notDone" => new("none", "none", "Not done"),
        _ => new("none", "todo", "Waits"),
    };

    public static StateWord Level(RuleView rule) => rule.Stopped.Length > 0 ? new("warn", "ice", "Stopped") : rule.Level switch
    {
        RemedyLevel.Automatic => new("good", "run", "Acts by itself"),
        RemedyLevel.Approve => new("plan", "todo", "Asks"),
        _ => new("none", "chat", "Suggests"),
    };
}
