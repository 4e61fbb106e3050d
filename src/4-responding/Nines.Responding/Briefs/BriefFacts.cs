using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Briefs;

/// <summary>What is left of the budget that burns most.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Minutes">Minutes of a total outage that it would still bear; null where nobody knows.</param>
/// <param name="Exhausts">When it is gone at the rate of the last hour; null for never.</param>
public sealed record BudgetLeft(string Objective, double? Minutes, Instant? Exhausts);

/// <summary>What a brief is made of: everything that the house knows about something that woke somebody.</summary>
/// <param name="About"><c>incident/ID</c> or <c>page/ID</c>.</param>
/// <param name="Name">As people say it: <c>INC-12</c>, or <c>Page</c>.</param>
/// <param name="Severity"><c>SEV2</c>, or <c>page</c>.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Services">Whose users feel it.</param>
/// <param name="Detected">When it was detected.</param>
/// <param name="Impact">What the indicators say, the costliest first.</param>
/// <param name="Budget">What is left; null where no objective is known.</param>
/// <param name="Suspects">What may be behind it, the strongest first.</param>
/// <param name="Awake">Who is at it, by handle.</param>
/// <param name="Over">True where it is over.</param>
/// <param name="Runbook">What to do, written by those who knew; empty for nothing.</param>
/// <param name="Mitigations">The house's ways to stop the bleeding, the fastest first.</param>
/// <param name="Url">Where the rest stands.</param>
/// <param name="Now">When.</param>
public sealed record BriefFacts(
    string About, string Name, string Severity, string Title, IReadOnlyList<string> Services, Instant Detected, IReadOnlyList<MeasuredImpact> Impact, BudgetLeft? Budget,
    IReadOnlyList<Suspect> Suspects, IReadOnlyList<string> Awake, bool Over, string Runbook, IReadOnlyList<string> Mitigations, string Url, Instant Now);
