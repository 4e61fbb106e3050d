using System.Globalization;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Briefs;

/// <summary>
/// What somebody needs who was asleep a minute ago: what users feel, what it may still cost, what changed last, what
/// helped before, the first thing to do, who else is awake. One screen, one text message, one spoken sentence. Pure:
/// built from the house's own data, without a model.
/// </summary>
/// <param name="About"><c>incident/ID</c> or <c>page/ID</c>.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Felt">What users feel, in the words of the indicators.</param>
/// <param name="Budget">What is left of the budget.</param>
/// <param name="Change">The last change that may be behind it; empty for none.</param>
/// <param name="Before">What it was the last time, and what helped; empty where it never was.</param>
/// <param name="Action">The first thing to do.</param>
/// <param name="Why">Why that.</param>
/// <param name="Awake">Who is at it.</param>
/// <param name="Text">All of it in 160 characters.</param>
/// <param name="Spoken">All of it in one sentence to be read aloud.</param>
/// <param name="Url">Where the rest stands.</param>
public sealed record Brief(
    string About, string Name, string Severity, string Title, string Felt, string Budget, string Change, string Before, string Action, string Why, string Awake, string Text, string Spoken, string Url)
{
    /// <summary>What one text message holds (GSM 03.40).</summary>
    public const int Longest = 160;

    // Right before, and its own: what changed then is undone before anybody looks further.
    private const double Likely = 0.4;

    /// <summary>The brief of some facts.</summary>
    public static Brief Of(BriefFacts facts)
    {
        var change = facts.Suspects.FirstOrDefault(s => s.Kind == SuspectKind.Change);
        var past = facts.Suspects.FirstOrDefault(s => s.Kind == SuspectKind.Past);
        var (action, why) = First(facts, change, past);
        var (felt, budget) = (FeltWords(facts), BudgetWords(facts));
        var awake = facts.Awake.Count == 0 ? "Nobody else is at it." : $"At it: {string.Join(", ", facts.Awake)}.";
        var brief = new Brief(
            facts.About, facts.Name, facts.Severity, facts.Title, felt, budget, change is null ? "" : $"{change.Text}. {change.Reason}", past is null ? "" : $"{past.Text}. {past.Reason}",
            action, why, awake, "", "", facts.Url);
        return brief with { Text = Short(facts, action), Spoken = Aloud(facts, action) };
    }

    /// <summary>The first safe thing to do, and why: what can be undone comes first.</summary>
    private static (string Action, string Why) First(BriefFacts facts, Suspect? change, Suspect? past)
    {
        if (facts.Over) return ("Nothing: it is over.", "");
        var dependency = facts.Suspects.FirstOrDefault(s => s.Kind == SuspectKind.Dependency);
        if (change is { Score: >= Likely } && change.Score >= (dependency?.Score ?? 0))
            return ($"Undo it: {Lower(change.Text)}.", $"{change.Reason} Putting it back can itself be undone.");
        if (dependency is not null && dependency.Score >= (past?.Score ?? 0)) return ($"Look there first: {dependency.Text}.", dependency.Reason);
        if (facts.Runbook.Length > 0) return ($"Follow the runbook: {facts.Runbook}", "Somebody who knew wrote it.");
        if (past is not null && past.Reason.Contains("What helped then:", StringComparison.Ordinal)) return ($"Try what helped before: {past.Reason[(past.Reason.IndexOf("What helped then:", StringComparison.Ordinal) + 17)..].Trim()}", $"{past.Text} was alike.");
        return facts.Mitigations.Count > 0 ? ($"{facts.Mitigations[0]}, if there was one.", "The fastest of the house's ways to stop the bleeding.") : ("Look at the page.", "");
    }

    private static string FeltWords(BriefFacts facts)
    {
        if (facts.Impact.Count == 0) return $"No indicator of {Services(facts, "its services")} says that users feel it; detected {Ago(facts.Detected, facts.Now)}.";
        var worst = facts.Impact[0];
        return worst.CleanMinutes > 0
            ? $"Users of {Services(facts, worst.Objective)} felt it for {Span(worst.Until - worst.From)}, and not for the last {worst.CleanMinutes} min."
            : $"Users of {Services(facts, worst.Objective)} have felt it for {Span(facts.Now - worst.From)}.";
    }

    private static string BudgetWords(BriefFacts facts)
    {
        if (facts.Budget is not { } left) return "No objective is known for it.";
        var spent = facts.Impact.FirstOrDefault(i => i.Objective == left.Objective) is { } impact ? string.Create(CultureInfo.InvariantCulture, $"{impact.Spent * 100:0.#} % of the budget of {left.Objective} went into this; ") : $"{left.Objective}: ";
        var rest = left.Minutes switch { null => "what is left is not known", <= 0 => "nothing is left", var m => string.Create(CultureInfo.InvariantCulture, $"{m:0} minutes of outage are left") };
        return $"{spent}{rest}{(left.Exhausts is { } at && left.Minutes > 0 ? $", gone in {Span(at - facts.Now)} at this rate" : "")}.";
    }

    /// <summary>As many parts as fit, the most telling first; a part is whole or not there.</summary>
    private static string Short(BriefFacts facts, string action)
    {
        var felt = facts.Impact.Count > 0 ? $"users feel it {Span(facts.Impact[0].CleanMinutes > 0 ? facts.Impact[0].Until - facts.Impact[0].From : facts.Now - facts.Impact[0].From)}" : "";
        var left = facts.Budget is { Minutes: { } m } ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, m):0} min budget left") : "";
        var awake = facts.Awake.Count > 0 ? $"awake: {string.Join(", ", facts.Awake)}" : "nobody else awake";
        var head = $"{facts.Severity} {Services(facts, "")}".Trim() + ": " + facts.Title;
        if (head.Length > 70) head = head[..69].TrimEnd() + "…";
        var text = head;
        foreach (var part in (string[])[felt, left, action.TrimEnd('.'), awake])
            if (part.Length > 0 && text.Length + 2 + part.Length <= Longest) text += "; " + part;
        return text;
    }

    private static string Aloud(BriefFacts facts, string action)
    {
        var sentence = $"{Spell(facts.Severity)}, {facts.Title}";
        if (facts.Impact.Count > 0) sentence += facts.Impact[0].CleanMinutes > 0 ? $", users felt it for {Words(facts.Impact[0].Until - facts.Impact[0].From)}" : $", users have felt it for {Words(facts.Now - facts.Impact[0].From)}";
        if (facts.Budget is { Minutes: { } minutes }) sentence += string.Create(CultureInfo.InvariantCulture, $", {Math.Max(0, minutes):0} minutes of budget are left");
        sentence += facts.Awake.Count > 0 ? $", {string.Join(" and ", facts.Awake)} {(facts.Awake.Count == 1 ? "is" : "are")} at it" : ", nobody else is at it";
        return $"{sentence}. {action}";
    }

    // A voice reads SEV2 letter by letter.
    private static string Spell(string severity) => severity.StartsWith("SEV", StringComparison.Ordinal) ? "Severity " + severity[3..] : char.ToUpperInvariant(severity[0]) + severity[1..];

    private static string Lower(string text) => text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;

    private static string Services(BriefFacts facts, string otherwise) => facts.Services.Count > 0 ? string.Join(", ", facts.Services) : otherwise;

    private static string Ago(Instant at, Instant now) => $"{Span(now - at)} ago";

    private static string Span(Duration length) => length < Duration.FromHours(2) ? $"{Math.Max(1, (int)length.TotalMinutes)} min" : $"{(int)length.TotalHours} h";

    private static string Words(Duration length)
    {
        var minutes = Math.Max(1, (int)length.TotalMinutes);
        return minutes < 120 ? minutes == 1 ? "one minute" : $"{minutes} minutes" : $"{minutes / 60} hours";
    }
}
