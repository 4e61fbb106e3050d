using Nines.Measuring.Changes;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>What kind of thing may be behind an incident.</summary>
public enum SuspectKind
{
    /// <summary>Somebody changed something on purpose.</summary>
    Change,

    /// <summary>Something that it depends on burns, too.</summary>
    Dependency,

    /// <summary>It happened before.</summary>
    Past,
}

/// <summary>Something that may be behind an incident.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Text">What.</param>
/// <param name="Reason">Why it is suspected, and why so much.</param>
/// <param name="Score">From 0 to 1; only the order counts.</param>
/// <param name="About">What it is: <c>change/ID</c>, <c>objective/NAME</c>, <c>incident/ID</c>.</param>
public sealed record Suspect(SuspectKind Kind, string Text, string Reason, double Score, string About);

/// <summary>What an incident's suspects are looked for in.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="From">When users began to feel it; its detection where no indicator says.</param>
/// <param name="Felt">True where an indicator says.</param>
/// <param name="Changes">Changes of its services and of what they depend on, around that time.</param>
/// <param name="Dependencies">What its services depend on.</param>
/// <param name="Upstream">What the indicators of those say, with their service.</param>
/// <param name="Past">Incidents that are over.</param>
public sealed record SuspectFacts(
    Incident Incident, Instant From, bool Felt, IReadOnlyList<Change> Changes, IReadOnlyCollection<string> Dependencies, IReadOnlyList<(string Service, MeasuredImpact Impact)> Upstream, IReadOnlyCollection<Incident> Past);

/// <summary>
/// Ranks what may be behind an incident, each with its reason: a change shortly before users felt it, a dependency that
/// burned first, an incident of the same words. A rank is where to look first, no verdict. Pure.
/// </summary>
public static class SuspectRule
{
    /// <summary>So far back a change is suspected.</summary>
    public static readonly Duration LooksBack = Duration.FromHours(24);

    // A change half an hour before counts half as much as one right before; most incidents follow within minutes.
    private static readonly Duration HalfLife = Duration.FromMinutes(30);

    // Minutes are counted whole, and clocks of build servers differ: what came a little after may still be it.
    private static readonly Duration Tolerance = Duration.FromMinutes(2);

    private const double OfDependency = 0.6;
    private const double LeastLikeness = 0.25;

    /// <summary>The suspects, the strongest first.</summary>
    public static IReadOnlyList<Suspect> Of(SuspectFacts facts, int most = 8) =>
        [.. Changes(facts).Concat(Dependencies(facts)).Concat(Past(facts)).OrderByDescending(s => s.Score).ThenBy(s => s.About, StringComparer.Ordinal).Take(most)];

    private static IEnumerable<Suspect> Changes(SuspectFacts facts)
    {
        foreach (var change in facts.Changes)
        {
            var before = facts.From - change.At;
            if (before < -Tolerance || before > LooksBack) continue;
            var own = facts.Incident.Services.Contains(change.Service);
            var score = Math.Pow(0.5, Math.Max(0, before.TotalMinutes) / HalfLife.TotalMinutes) * (own ? 1 : OfDependency);
            var whose = own ? "" : change.Service.Length == 0 ? "; it names no service" : $"; {string.Join(", ", facts.Incident.Services)} depends on {change.Service}";
            yield return new(SuspectKind.Change, ChangeWords.Of(change.Kind, change.Title, change.Service), $"{Distance(before)} {(facts.Felt ? "users began to feel it" : "it was detected")}{whose}.", score, "change/" + change.Id);
        }
    }

    private static IEnumerable<Suspect> Dependencies(SuspectFacts facts)
    {
        foreach (var (service, impact) in facts.Upstream)
        {
            var first = facts.From - impact.From;
            // What began to burn well after it is rather a consequence.
            var score = first >= -Tolerance ? 0.8 : 0.8 * Math.Pow(0.5, -first.TotalMinutes / HalfLife.TotalMinutes);
            yield return new(
                SuspectKind.Dependency, $"{impact.Objective} burns", $"{string.Join(", ", facts.Incident.Services)} depends on {service}, whose users began to feel it {(first >= Duration.Zero ? Distance(first).ToLowerInvariant() : $"{Minutes(-first)} after")} {(facts.Felt ? "they did here" : "it was detected here")}.",
                score, "objective/" + impact.Objective);
        }
    }

    private static IEnumerable<Suspect> Past(SuspectFacts facts)
    {
        foreach (var past in facts.Past)
        {
            if (past.Drill || past.MergedInto.Length > 0 || past.Id == facts.Incident.Id) continue;
            var likeness = Likeness(facts.Incident, past);
            if (likeness < LeastLikeness) continue;
            var helped = past.Helped.Length > 0 ? $" What helped then: {past.Helped}" : "";
            yield return new(SuspectKind.Past, $"{past.Name}: {past.Title}", $"{past.DeclaredAt:yyyy-MM-dd}, {past.Severity.Word()}: {(past.Cause.Length > 0 ? Sentence(past.Cause) : "nobody wrote down what it was.")}{helped}", 0.5 * likeness, "incident/" + past.Id);
        }
    }

    /// <summary>Shared services and shared words of the titles, each half (Jaccard's share of both).</summary>
    internal static double Likeness(Incident a, Incident b) => LikenessOf(a.Services, Words(a.Title), b.Services, Words(b.Title));

    /// <summary>The same of services and titles' words alone.</summary>
    internal static double LikenessOf(IReadOnlyCollection<string> services, string[] words, IReadOnlyCollection<string> otherServices, string[] otherWords) =>
        (Share(services, otherServices) + Share(words, otherWords)) / 2;

    private static double Share(IReadOnlyCollection<string> a, IReadOnlyCollection<string> b)
    {
        var all = a.Union(b, StringComparer.OrdinalIgnoreCase).Count();
        return all == 0 ? 0 : (double)a.Intersect(b, StringComparer.OrdinalIgnoreCase).Count() / all;
    }

    /// <summary>The words of a title that say something.</summary>
    internal static string[] Words(string title) =>
        [.. title.Split([' ', ',', '.', ':', '-', '/', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 2).Distinct(StringComparer.OrdinalIgnoreCase)];

    // People end their sentences, or they do not.
    private static string Sentence(string text) => text.TrimEnd() is var said && said[^1] is '.' or '!' or '?' ? said : said + ".";

    private static string Distance(Duration before) => before < Duration.FromMinutes(1) ? "At the minute in which" : $"{Minutes(before)} before";

    private static string Minutes(Duration length) => length < Duration.FromHours(2) ? $"{(int)length.TotalMinutes} min" : $"{(int)length.TotalHours} h";
}
