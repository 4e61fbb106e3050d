using Nines.Catalog;
using Nines.Responding.Incidents;

namespace Nines.Responding.IncidentChannels;

/// <summary>What opens a channel: the payload of its effect.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Name">What it is to be called.</param>
/// <param name="Topic">What stands above it.</param>
/// <param name="Text">The first message.</param>
public sealed record OpenChannel(string Incident, string Name, string Topic, string Text);

/// <summary>What a channel is told: the payload of its effect.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Lines">The lines, without any format.</param>
public sealed record TellChannel(string Incident, IReadOnlyList<string> Lines);

/// <summary>What stands in a channel. Pure.</summary>
public static class ChannelMessages
{
    /// <summary>Lines in one message; what is more is counted.</summary>
    public const int MostLines = 20;

    private const int LongestLine = 500;

    /// <summary>The lines that are new for a channel: what was written there, it knows.</summary>
    public static IReadOnlyList<string> New(Incident incident, int told, CatalogView catalog)
    {
        string[] lines = [.. incident.Timeline.Skip(told).Where(l => l.Kind != TimelineKind.Chat).Select(l => Line(l, catalog))];
        return lines.Length <= MostLines ? lines : [.. lines.Take(MostLines), $"… and {lines.Length - MostLines} more in the timeline."];
    }

    /// <summary>The first message: what is wrong, since when, who commands, and where the rest stands.</summary>
    public static string First(Incident incident, string url, CatalogView catalog)
    {
        var commander = incident.Commander is { } who ? catalog.PersonById(who)?.Name ?? who : "nobody yet";
        var felt = incident.ImpactFrom is { } from ? $"Users feel it since {from:HH:mm} UTC." : "No indicator says that users feel it.";
        return $"{incident.Severity.Word()} {incident.Name}: {incident.Title}\n{felt} Commander: {commander}. Timeline, roles and suspects: {url}\nWrite here: it becomes the timeline. /nines help says what else works.";
    }

    private static string Line(TimelineLine line, CatalogView catalog)
    {
        var who = catalog.PersonById(line.By)?.Name ?? line.By;
        var text = line.Said(_ => who);
        if (line.Text == text && who.Length > 0) text += $" ({who})";
        return $"{line.At:HH:mm} {(text.Length > LongestLine ? text[..LongestLine] + "…" : text)}";
    }
}
