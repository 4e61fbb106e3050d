using System.Globalization;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Measuring.Objectives;
using NodaTime;

namespace Nines.Alerting.Rules;

/// <summary>A breach of one of the six rules of good alerts.</summary>
/// <param name="Subject"><c>objective</c>, <c>rule</c> or <c>service</c>.</param>
/// <param name="Name">Which.</param>
/// <param name="Service">Its service.</param>
/// <param name="Rule">1 to 6.</param>
/// <param name="RuleText">The rule in words.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record LintFinding(string Subject, string Name, string Service, int Rule, string RuleText, string What, string Remedy);

/// <summary>
/// The six rules of alert design: a runbook, actionable, symptoms over causes, several windows, pages only for customer
/// impact, and few enough that people still look. Pure.
/// </summary>
public static class AlertLint
{
    /// <summary>So many pages a week and more tire a team out: the target is fewer.</summary>
    public const int TooManyPagesAWeek = 5;

    /// <summary>The rules, from 1.</summary>
    public static IReadOnlyList<string> Rules { get; } =
    [
        "Every alert has a runbook",
        "Every alert is actionable",
        "Symptoms over causes",
        "Several windows and burn rates",
        "Page only for customer impact",
        "Few enough pages to be looked at",
    ];

    /// <summary>What is wrong with an objective's alerts.</summary>
    public static IEnumerable<LintFinding> Of(Objective objective, Service? service)
    {
        if (objective.Policy.Pairs.Count == 0) yield break;
        var pages = objective.Policy.Pairs.Any(p => p.Severity == BurnSeverity.Page);
        if (ObjectiveAlerts.Runbook(service, "ErrorBudgetBurn", objective.Name) is null)
            yield return Say(1, "Whoever is called finds no runbook.", $"Name one under runbooks of the service {objective.Service}: default, or {objective.Name}.");
        foreach (var finding in Actionable(service, objective.Service)) yield return Say(2, finding.What, finding.Remedy);
        if (objective.Description.Length == 0)
            yield return Say(2, "It does not say what users feel when it burns.", "Write a description.");
        if (objective.Policy.Pairs.Count(p => p.Severity == BurnSeverity.Page) == 1)
            yield return Say(4, "One pair of windows pages: a slow burn comes late, or a fast one does.", "Use the shipped policy, or add a second pair.");
        if (pages && service?.Tier == ServiceTier.Experimental)
            yield return Say(5, $"It pages for {objective.Service}, on which nobody relies yet.", "Use a policy of tickets until somebody does.");

        LintFinding Say(int rule, string what, string remedy) => new("objective", objective.Name, objective.Service, rule, Rules[rule - 1], what, remedy);
    }

    /// <summary>What is wrong with a golden-signal rule.</summary>
    public static IEnumerable<LintFinding> Of(AlertRule watched, Service? service)
    {
        if (watched.Severity == AlertSeverity.Log) yield break;
        var pages = watched.Severity == AlertSeverity.Page;
        if (watched.Runbook is null && ObjectiveAlerts.Runbook(service, watched.Name, watched.Name) is null)
            yield return Say(1, "Whoever is called finds no runbook.", $"Write runbook:, or name one under runbooks of the service {watched.Service}.");
        foreach (var finding in Actionable(service, watched.Service)) yield return Say(2, finding.What, finding.Remedy);
        if (watched.Impact.Length == 0) yield return Say(2, "It does not say what users feel when it fires.", "Write impact:.");
        if (pages && watched.Signal == GoldenSignal.Saturation)
            yield return Say(3, "It pages for a cause: something is full, and perhaps nobody feels it.", "Make it a ticket, and page on the objective that users feel.");
        if (pages)
            yield return Say(4, "It pages on a single threshold.", "Make it a ticket, or write an objective, whose alerts look at several windows.");
        if (pages && (watched.Signal == GoldenSignal.Traffic || service?.Tier == ServiceTier.Experimental))
            yield return Say(5, watched.Signal == GoldenSignal.Traffic ? "It pages for traffic, which may be fewer people asking, not people failing." : $"It pages for {watched.Service}, on which nobody relies yet.", "Make it a ticket.");

        LintFinding Say(int rule, string what, string remedy) => new("rule", watched.Name, watched.Service, rule, Rules[rule - 1], what, remedy);
    }

    /// <summary>Services that page too often.</summary>
    public static IEnumerable<LintFinding> OfPages(AlertBook book, Instant now)
    {
        foreach (var service in book.Pages.Select(p => p.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var pages = book.PagesSince(service, now - Duration.FromDays(7));
            if (pages >= TooManyPagesAWeek)
                yield return new("service", service, service, 6, Rules[5], string.Create(CultureInfo.InvariantCulture, $"It paged {pages} times in a week; people stop looking when it is not fewer than {TooManyPagesAWeek}."), "Mend what pages most, raise its target's window, or make it a ticket.");
        }
    }

    private static IEnumerable<(string What, string Remedy)> Actionable(Service? service, string name)
    {
        if (service is null) yield return ($"The service {name} is not in the catalog, so nobody can act.", $"Write a Service named {name} with an owner.");
        else if (service.OwnerTeam is null && service.OwnerPerson is null) yield return ($"Nobody owns {name}, so nobody can act.", "Write owner: { team: … } or owner: { person: … }.");
    }
}
