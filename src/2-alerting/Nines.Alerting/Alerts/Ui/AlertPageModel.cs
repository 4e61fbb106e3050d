namespace Nines.Alerting.Alerts.Ui;

/// <summary>The trail of an alert as a story: each stage is a question, and its verdict the answer.</summary>
public static class AlertPageModel
{
    /// <summary>The question that a stage answers.</summary>
    public static string Question(Stage stage) => stage switch
    {
        Stage.Dedup => "Is it known?",
        Stage.Route => "Where does it go?",
        Stage.Group => "With which others?",
        Stage.Inhibit => "Does another say it already?",
        Stage.Mute => "Is it a quiet time?",
        Stage.Silence => "Did somebody ask for silence?",
        _ => "Is somebody told?",
    };

    /// <summary>The picture of a stage.</summary>
    public static string IconOf(Stage stage) => stage switch
    {
        Stage.Notify => "send",
        Stage.Silence or Stage.Mute => "clock",
        Stage.Route => "swap",
        Stage.Group => "list",
        _ => "eye",
    };

    /// <summary>What moved somebody stands out.</summary>
    public static string Tone(Verdict verdict) => verdict.Outcome is "told" or "flapping" ? "plan" : "none";
}
