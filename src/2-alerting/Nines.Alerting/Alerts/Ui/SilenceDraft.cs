using Nines.Alerting.Silences;
using Nines.Kernel;

namespace Nines.Alerting.Alerts.Ui;

/// <summary>What is typed into the form that asks for silence; kept when it was wrong.</summary>
public sealed record SilenceDraft(string Matchers, string For, string Owner, string Comment)
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
        return FieldDuration.TryParse(For.Trim(), out var length)
            ? new SilenceRequest(matchers, For: length, Owner: Owner, Comment: Comment)
            : Problem.Invalid($"\"{For}\" is not a duration.", "Write one such as 30m, 2h or 1d.", "for");
    }
}
