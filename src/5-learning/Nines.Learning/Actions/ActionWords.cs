using Nines.Shell.Components;

namespace Nines.Learning.Actions;

/// <summary>States of actions as people see them. Pure.</summary>
public static class ActionWords
{
    /// <summary>The state with its colour and symbol; overdue is one of its own.</summary>
    public static StateWord State(ActionView action) => action switch
    {
        { Overdue: true } => new("crit", "clock", action.State == "open" ? "Overdue" : "Overdue, begun"),
        { State: "done" } => new("good", "ok", "Done"),
        { State: "dropped" } => new("none", "done", "Dropped"),
        { State: "in-progress" } => new("warn", "clock", "In progress"),
        _ => new("none", "todo", "Open"),
    };
}
