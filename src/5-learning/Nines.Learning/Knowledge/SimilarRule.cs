using System.Globalization;
using Nines.Responding.Incidents;

namespace Nines.Learning.Knowledge;

/// <summary>An incident that was alike.</summary>
/// <param name="Name">As people say it.</param>
/// <param name="Title">What was wrong.</param>
/// <param name="Address">Where it stands.</param>
/// <param name="Likeness">From 0 to 1.</param>
/// <param name="Reasons">Why it is alike.</param>
/// <param name="Cause">What it was; empty where nobody wrote it.</param>
/// <param name="Helped">What helped; empty where nobody wrote it.</param>
public sealed record SimilarIncident(string Name, string Title, string Address, double Likeness, IReadOnlyList<string> Reasons, string Cause, string Helped);

/// <summary>
/// Which past incidents were like one: the same alerts rang, the same services suffered, the words are alike. Pure.
/// </summary>
public static class SimilarRule
{
    // The same alert of the same service is nearly the same fault; words alone may mean anything.
    private const double OfAlerts = 0.4;
    private const double OfServices = 0.25;
    private const double OfWords = 0.35;
    private const double Least = 0.2;

    /// <summary>Those that were alike, the likest first.</summary>
    /// <param name="incident">The one that is asked about.</param>
    /// <param name="past">All the others.</param>
    /// <param name="alertsOf">The names of the alerts of an incident.</param>
    /// <param name="words">How alike the words are, from 0 to 1, by id of the other.</param>
    /// <param name="most">So many at most.</param>
    public static IReadOnlyList<SimilarIncident> Of(
        Incident incident, IEnumerable<Incident> past, Func<Incident, IReadOnlyCollection<string>> alertsOf, IReadOnlyDictionary<string, double> words, int most = 5)
    {
        var alerts = alertsOf(incident);
        var found = new List<SimilarIncident>();
        foreach (var other in past)
        {
            if (other.Id == incident.Id || other.Drill || other.MergedInto.Length > 0) continue;
            string[] sameAlerts = [.. alerts.Intersect(alertsOf(other), StringComparer.Ordinal)];
            string[] sameServices = [.. incident.Services.Intersect(other.Services, StringComparer.Ordinal)];
            var likeWords = words.GetValueOrDefault(other.Id);
            var likeness = OfAlerts * Share(sameAlerts.Length, alerts.Count, alertsOf(other).Count) + OfServices * Share(sameServices.Length, incident.Services.Count, other.Services.Count) + OfWords * likeWords;
            if (likeness < Least) continue;
            var reasons = new List<string>();
            if (sameAlerts.Length > 0) reasons.Add($"the same alerts: {string.Join(", ", sameAlerts)}");
            if (sameServices.Length > 0) reasons.Add($"the same services: {string.Join(", ", sameServices)}");
            if (likeWords > 0.1) reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{likeWords * 100:0} % of the words' weight"));
            found.Add(new(other.Name, other.Title, "/incidents/" + other.Id, likeness, reasons, other.Cause, other.Helped));
        }

        return [.. found.OrderByDescending(f => f.Likeness).ThenByDescending(f => f.Name.Length).ThenByDescending(f => f.Name, StringComparer.Ordinal).Take(most)];
    }

    private static double Share(int both, int one, int other) => both == 0 ? 0 : (double)both / (one + other - both);
}
