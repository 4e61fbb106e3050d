using NodaTime;

namespace Nines.Responding.Runbooks;

/// <summary>A step as doors show it.</summary>
/// <param name="Key">Its short name.</param>
/// <param name="Text">What is done.</param>
/// <param name="Command">What a person types; empty for nothing.</param>
/// <param name="Expected">What should come out.</param>
/// <param name="IfUnexpected">What to do where something else comes out.</param>
/// <param name="GoTo">The step or option that follows then.</param>
/// <param name="Does">What Nines can do itself, in words; empty for nothing.</param>
/// <param name="Approval">True where somebody must approve that.</param>
/// <param name="Median">How long it takes, by its last uses; null where nobody did it.</param>
public sealed record StepView(string Key, string Text, string Command, string Expected, string IfUnexpected, string GoTo, string Does, bool Approval, Duration? Median)
{
    /// <summary>The view of a step.</summary>
    public static StepView Of(RunbookStep step, RunbookUse use) => new(
        step.Key, step.Text, step.Command, step.Expected, step.IfUnexpected, step.GoTo, step.Run?.Words ?? "", step.Run is { Unapproved: false }, use.Median(step.Key));
}

/// <summary>An option as doors show it.</summary>
/// <param name="Key">Its short name.</param>
/// <param name="Name">What it is called.</param>
/// <param name="When">When it helps.</param>
/// <param name="Steps">What is done.</param>
public sealed record OptionView(string Key, string Name, string When, IReadOnlyList<StepView> Steps);

/// <summary>A runbook as doors show it, with what it came to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What it is about.</param>
public sealed record RunbookView(string Name, string Title)
{
    /// <summary>Names of the alerts that it is for.</summary>
    public IReadOnlyList<string> AlertNames { get; init; } = [];

    /// <summary>Labels that an alert must have.</summary>
    public IReadOnlyList<string> Match { get; init; } = [];

    /// <summary>Services that it is for.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Who keeps it right.</summary>
    public string Owner { get; init; } = "";

    /// <summary>What the alert means.</summary>
    public string Overview { get; init; } = "";

    /// <summary>Who feels it, and how.</summary>
    public string Impact { get; init; } = "";

    /// <summary>How to find out what it is.</summary>
    public IReadOnlyList<StepView> Diagnosis { get; init; } = [];

    /// <summary>Ways to stop the bleeding.</summary>
    public IReadOnlyList<OptionView> Mitigation { get; init; } = [];

    /// <summary>Whom to call when it takes too long; null for nobody.</summary>
    public RunbookEscalation? Escalation { get; init; }

    /// <summary>When it was last looked through; null where nobody says so.</summary>
    public Instant? ReviewedAt { get; init; }

    /// <summary>When it is to be looked through again; null where nobody ever did.</summary>
    public Instant? ReviewDue { get; init; }

    /// <summary><c>fresh</c>, <c>stale</c>, or <c>unknown</c> where nobody says when it was last looked through.</summary>
    public string Freshness { get; init; } = "unknown";

    /// <summary>Runs that began, drills left out.</summary>
    public int Uses { get; init; }

    /// <summary>Runs that helped.</summary>
    public int Helped { get; init; }

    /// <summary>Runs that did not.</summary>
    public int NotHelped { get; init; }

    /// <summary>Runs that were given up.</summary>
    public int Abandoned { get; init; }

    /// <summary>When it was used last; null for never.</summary>
    public Instant? LastUsedAt { get; init; }

    /// <summary>The share of runs with a verdict that helped; null where there is none.</summary>
    public double? Success => Helped + NotHelped == 0 ? null : (double)Helped / (Helped + NotHelped);

    /// <summary>What is wrong with it, in sentences.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>The view of a runbook.</summary>
    public static RunbookView Of(Runbook runbook, RunbookUse use, Instant now)
    {
        var reviewed = RunbookFreshness.ReviewedAt(runbook, use);
        return new(runbook.Name, runbook.Title)
        {
            AlertNames = runbook.AlertNames,
            Match = [.. runbook.Matchers.Select(m => m.ToString())],
            Services = runbook.Services,
            Owner = runbook.Owner,
            Overview = runbook.Overview,
            Impact = runbook.Impact,
            Diagnosis = [.. runbook.Plan.Diagnosis.Select(s => StepView.Of(s, use))],
            Mitigation = [.. runbook.Plan.Mitigation.Select(m => new OptionView(m.Key, m.Name, m.When, [.. m.Steps.Select(s => StepView.Of(s, use))]))],
            Escalation = runbook.Plan.Escalation,
            ReviewedAt = reviewed,
            ReviewDue = reviewed + runbook.ReviewEvery,
            Freshness = RunbookFreshness.Word(runbook, use, now),
            Uses = use.Uses,
            Helped = use.Helped,
            NotHelped = use.NotHelped,
            Abandoned = use.Abandoned,
            LastUsedAt = use.LastAt,
            Findings = RunbookFreshness.Findings(runbook, use, now),
        };
    }
}

/// <summary>Whether somebody has looked a runbook through of late. Pure.</summary>
public static class RunbookFreshness
{
    /// <summary>The later of what the runbook says itself and what people said here; null where neither does.</summary>
    public static Instant? ReviewedAt(Runbook runbook, RunbookUse use)
    {
        var said = runbook.LastUpdated?.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
        return said is null || use.ReviewedAt > said ? use.ReviewedAt ?? said : said;
    }

    /// <summary><c>fresh</c>, <c>stale</c> or <c>unknown</c>.</summary>
    public static string Word(Runbook runbook, RunbookUse use, Instant now) =>
        ReviewedAt(runbook, use) is not { } at ? "unknown" : at + runbook.ReviewEvery < now ? "stale" : "fresh";

    /// <summary>What is wrong with it.</summary>
    public static IReadOnlyList<string> Findings(Runbook runbook, RunbookUse use, Instant now)
    {
        var found = new List<string>();
        if (ReviewedAt(runbook, use) is not { } at) found.Add("Nobody says when it was last looked through.");
        else if (at + runbook.ReviewEvery < now) found.Add($"It was last looked through {(int)(now - at).TotalDays} days ago; every {(int)runbook.ReviewEvery.TotalDays} days somebody should.");
        if (use.Uses == 0) found.Add("It was never used: nobody knows whether it works.");
        if (use.NotHelped > use.Helped) found.Add($"It helped in {use.Helped} of {use.Helped + use.NotHelped} runs.");
        return found;
    }
}
