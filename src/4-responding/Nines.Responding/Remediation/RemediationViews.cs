using System.Text.Json.Serialization;
using Nines.Kernel;
using Nines.Responding.Runner;
using NodaTime;

namespace Nines.Responding.Remediation;

/// <summary>A rule as doors show it, with how far it is trusted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What it mends.</param>
public sealed record RuleView(string Name, string Title)
{
    /// <summary>Which alerts trigger it.</summary>
    public string Trigger { get; init; } = "";

    /// <summary>What must hold.</summary>
    public string Condition { get; init; } = "";

    /// <summary>What is done.</summary>
    public string Action { get; init; } = "";

    /// <summary>The runbook whose option is done; empty where one action is.</summary>
    public string Runbook { get; init; } = "";

    /// <summary>That option, as the rule names it.</summary>
    public string Option { get; init; } = "";

    /// <summary>Its steps, as they are written now; none where one action is done.</summary>
    public IReadOnlyList<RuleStepView> Steps { get; init; } = [];

    /// <summary>Why that cannot be done in this house; empty where it can.</summary>
    public string Cannot { get; init; } = "";

    /// <summary>When it gives up.</summary>
    public string EscalateIf { get; init; } = "";

    /// <summary>How much it may do.</summary>
    public string Limits { get; init; } = "";

    /// <summary>The most that its manifest allows.</summary>
    public RemedyLevel Ceiling { get; init; }

    /// <summary>What it may do.</summary>
    public RemedyLevel Level { get; init; }

    /// <summary>Tries that helped.</summary>
    public int Successes { get; init; }

    /// <summary>Tries that did not.</summary>
    public int Failures { get; init; }

    /// <summary>The lower bound of the share that helps, at 95 %.</summary>
    public double LowerBound { get; init; }

    /// <summary>The arithmetic in words.</summary>
    public string Trust { get; init; } = "";

    /// <summary>Why it is stopped; empty where it is not.</summary>
    public string Stopped { get; init; } = "";

    /// <summary>What it would do and does not, with the reason.</summary>
    public IReadOnlyList<string> HeldBack { get; init; } = [];

    internal static RuleView Of(RemediationRule rule, RemedyBook book, Outcome<RuleDeed> deed, IReadOnlyList<Problem> wrong)
    {
        var trust = book.TrustOf(rule.Name, deed.Ok ? deed.Value.Version : "");
        return new(rule.Name, rule.Title)
        {
            Trigger = string.Join(", ", rule.AlertNames.Concat(rule.Matchers.Select(m => m.ToString())).Concat(rule.Services)) + (rule.For > Duration.Zero ? $" for {FieldDuration.Format(rule.For)}" : ""),
            Condition = rule.Label is { } label ? $"{label.Name} {new QueryAction(label.Comparison, label.Limit).Compared}" : rule.Query?.Words ?? "",
            Action = rule.Runbook is { } choice ? deed.Ok ? deed.Value.Plan!.Words : choice.Words : rule.Action.Words,
            Runbook = rule.Runbook?.Runbook ?? "",
            Option = rule.Runbook?.Option ?? "",
            Steps = deed is { Ok: true, Value.Plan: { } plan } ? [.. plan.Steps.Select(RuleStepView.Of)] : [],
            Cannot = string.Join(" ", wrong.Select(p => $"{p.What} {p.Remedy}".Trim())),
            EscalateIf = $"after {rule.Escalation.Attempts} failed {(rule.Escalation.Attempts == 1 ? "try" : "tries")}{(rule.Escalation.AgainWithin is { } again ? $", or back within {FieldDuration.Format(again)}" : "")}",
            Limits = $"{rule.Limits.PerHour} an hour, {rule.Limits.AtOnce} at once, {rule.Limits.Targets} {(rule.Limits.Targets == 1 ? "target" : "targets")} an hour, {FieldDuration.Format(rule.Limits.CoolDown)} between two on one",
            Ceiling = rule.Ceiling,
            Level = trust.Level(rule.Ceiling),
            Successes = trust.Successes,
            Failures = trust.Failures,
            LowerBound = trust.LowerBound,
            Trust = trust.Words(rule.Ceiling),
            Stopped = book.StopOf(rule.Name)?.Reason ?? "",
            HeldBack = [.. book.Holds.Values.Where(h => h.Rule == rule.Name).OrderByDescending(h => h.At).Select(h => h.Reason).Distinct(StringComparer.Ordinal).Take(3)],
        };
    }
}

/// <summary>A step of a rule's runbook as doors show it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Text">What is done, as the runbook says it.</param>
/// <param name="Does">What Nines does.</param>
/// <param name="Expected">What should come out.</param>
public sealed record RuleStepView(string Key, string Text, string Does, string Expected)
{
    /// <summary>The view of a step.</summary>
    public static RuleStepView Of(RemedyStep step) => new(step.Key, step.Text, step.Action.Words, step.Expected.Length > 0 ? $"{step.Expected.TrimEnd('.')} ({step.Action.Expects})" : step.Action.Expects);
}

/// <summary>A step of a remedy as doors show it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Text">What is done, as the runbook says it.</param>
/// <param name="Does">What Nines does, with the labels filled in.</param>
/// <param name="Expected">What should come out.</param>
/// <param name="State"><c>waiting</c>, <c>running</c>, <c>asExpected</c>, <c>unexpected</c>, <c>failed</c>, <c>unknown</c>, <c>calledOff</c>, or <c>notDone</c> where the remedy ended before.</param>
public sealed record RemedyStepView(string Key, string Text, string Does, string Expected, string State)
{
    /// <summary>What came out; empty before.</summary>
    public string Observed { get; init; } = "";

    /// <summary>How long it took; null before its end.</summary>
    public Duration? Took { get; init; }

    /// <summary>Its call; empty before.</summary>
    public string Call { get; init; } = "";

    /// <summary>The steps of a remedy; none where it is one action.</summary>
    public static IReadOnlyList<RemedyStepView> Of(Remedy remedy) => remedy.Plan is not { } plan ? [] : [.. plan.Steps.Select((step, at) =>
    {
        var (written, done) = (RuleStepView.Of(step), at < remedy.Steps.Count ? remedy.Steps[at] : null);
        var state = done is null ? remedy.State is RemedyState.Proposed or RemedyState.Running ? "waiting" : "notDone" : done.Verdict is { } verdict ? StateOf(verdict) : "running";
        return new RemedyStepView(step.Key, step.Text, written.Does, written.Expected, state) { Observed = done?.Observed ?? "", Took = done?.Took, Call = done?.Call ?? "" };
    })];

    /// <summary>Its state in words.</summary>
    [JsonIgnore]
    public string Word => WordOf(State);

    /// <summary>The state of a step that ended so.</summary>
    public static string StateOf(RunnerVerdict verdict) => char.ToLowerInvariant(verdict.ToString()[0]) + verdict.ToString()[1..];

    /// <summary>A state in words.</summary>
    public static string WordOf(string state) => state switch
    {
        "asExpected" => "as expected",
        "unexpected" => "not as expected",
        "unknown" => "unknown, look",
        "calledOff" => "called off",
        "notDone" => "not done",
        _ => state,
    };
}

/// <summary>A remedy as doors show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">As people say it: <c>REM-4</c>.</param>
/// <param name="Rule">The rule.</param>
/// <param name="State">Where it stands.</param>
public sealed record RemedyView(string Id, string Name, string Rule, RemedyState State)
{
    /// <summary>The alert, by id.</summary>
    public string Alert { get; init; } = "";

    /// <summary>What burns; empty where the alert is not known any more.</summary>
    public string AlertTitle { get; init; } = "";

    /// <summary>Its service.</summary>
    public string Service { get; init; } = "";

    /// <summary>What it works on.</summary>
    public string Target { get; init; } = "";

    /// <summary>What is done.</summary>
    public string Action { get; init; } = "";

    /// <summary>The runbook whose option is done; empty where one action is.</summary>
    public string Runbook { get; init; } = "";

    /// <summary>The key of that option.</summary>
    public string Option { get; init; } = "";

    /// <summary>Its steps, with what came of each; none where one action is done.</summary>
    public IReadOnlyList<RemedyStepView> Steps { get; init; } = [];

    /// <summary>How far the rule was trusted.</summary>
    public RemedyLevel Level { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who approved, or rejected, it; empty for nobody.</summary>
    public string By { get; init; } = "";

    /// <summary>The call; empty before.</summary>
    public string Call { get; init; } = "";

    /// <summary>When it was proposed.</summary>
    public Instant ProposedAt { get; init; }

    /// <summary>By when the alert must be over; null before it is done.</summary>
    public Instant? JudgedBy { get; init; }

    /// <summary>When it ended; null before.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>What came out, and why it ended so.</summary>
    public string Observed { get; init; } = "";
}

/// <summary>All of it: whether it is stopped, and every rule.</summary>
/// <param name="Stopped">Why all of it is stopped; empty where it is not.</param>
/// <param name="Rules">Every rule.</param>
public sealed record RemediationView(string Stopped, IReadOnlyList<RuleView> Rules);
