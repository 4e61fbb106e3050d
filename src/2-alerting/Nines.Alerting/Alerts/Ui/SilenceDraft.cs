using Nines.Alerting.Silences;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts.Ui;

/// <summary>What is typed into the form that asks for silence; kept when it was wrong.</summary>
public sealed record SilenceDraft(string Matchers, string For, string Owner, string Comment, string Ends = "", string MaxAlerts = "", string MaxBudget = "")
{
    private static readonly string[] Suggested = ["alertname", "service", "objective"];

    public static SilenceDraft Empty { get; } = new("", "", "", "");

    /// <summary>Fills in what an alert suggests: quiet about this service and this kind of alert, for two hours.</summary>
    public SilenceDraft Suggest(AlertView alert) => this == Empty
        ? this with { Matchers = string.Join(' ', Suggested.Where(n => alert.Labels[n].Length > 0).Select(n => $"{n}={alert.Labels[n]}")), For = "2h" }
        : this;

    /// <summary>What is asked, or why it cannot be read.</summary>
    public Outcome<SilenceRequest> Read()
    {
        var matchers = Matchers.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var problems = new List<Problem>();
        var untilResolved = Ends == "resolved";
        Duration? length = null;
        if (FieldDuration.TryParse(For.Trim(), out var read)) length = read;
        else if (!untilResolved || For.Trim().Length > 0) problems.Add(Problem.Invalid($"\"{For}\" is not a duration.", "Write one such as 30m, 2h or 1d.", "for"));
        var alerts = Number(MaxAlerts, "maxAlerts", "Write a whole number such as 20, or nothing.", problems);
        var share = Number(MaxBudget, "maxBudget", "Write a percentage such as 5, or nothing.", problems);
        return problems.Count > 0
            ? Outcome<SilenceRequest>.Failed(problems)
            : new SilenceRequest(matchers, For: length, Owner: Owner, Comment: Comment, UntilResolved: untilResolved, MaxBudget: share / 100, MaxAlerts: (int?)alerts);
    }

    private static double? Number(string text, string path, string remedy, List<Problem> problems)
    {
        var plain = text.Trim().TrimEnd('%').Trim();
        if (plain.Length == 0) return null;
        if (double.TryParse(plain, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e6) return number;
        problems.Add(Problem.Invalid($"\"{text}\" is not a number.", remedy, path));
        return null;
    }
}
