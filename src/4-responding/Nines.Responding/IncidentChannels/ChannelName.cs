using System.Globalization;
using System.Text;
using Nines.Responding.Incidents;

namespace Nines.Responding.IncidentChannels;

/// <summary>A channel's name: <c>inc-2026-11-19-card-payments-fail</c>, as seed 003 writes it. Pure.</summary>
public static class ChannelName
{
    /// <summary>Slack takes at most 80 characters; a few are left for telling two of the same name apart.</summary>
    public const int Longest = 75;

    /// <summary>The name of an incident's channel.</summary>
    /// <param name="pattern">With the places {date}, {title} and {number}.</param>
    /// <param name="incident">The incident.</param>
    public static string Of(string pattern, Incident incident)
    {
        var name = pattern.Replace("{date}", incident.DeclaredAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{number}", incident.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{title}", incident.Title, StringComparison.Ordinal);
        var slug = Slug((incident.Drill ? "drill-" : "") + name);
        return slug.Length > 0 ? slug : $"inc-{incident.Number}";
    }

    /// <summary>Lower-case letters, digits and single hyphens; whatever else there is becomes one.</summary>
    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(c);
            if (char.IsAsciiLetterOrDigit(lower)) slug.Append(lower);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString()[..Math.Min(slug.Length, Longest)].Trim('-');
    }
}
