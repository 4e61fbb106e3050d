namespace Nines.Learning.Postmortems;

/// <summary>A part of the review meeting, with this document's points.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Minutes">How long.</param>
/// <param name="Ask">What is asked.</param>
/// <param name="Points">What of this document belongs to it.</param>
public sealed record AgendaItem(string Title, int Minutes, IReadOnlyList<string> Ask, IReadOnlyList<string> Points);

/// <summary>The agenda of a postmortem's review meeting: the policy's parts, each with the points of the document that belong to it. Pure.</summary>
public static class ReviewAgenda
{
    // More lines are read on the screen, not aloud.
    private const int MostPoints = 12;

    /// <summary>The agenda.</summary>
    /// <param name="postmortem">The document.</param>
    /// <param name="policy">The meeting's parts.</param>
    /// <param name="overdue">Overdue actions of other incidents of the same services, in words: whoever decides on new ones sees what is left of the old.</param>
    public static IReadOnlyList<AgendaItem> Of(PostmortemView postmortem, PostmortemPolicy policy, IReadOnlyList<string> overdue) =>
        [.. policy.Agenda.Select((part, i) => new AgendaItem(part.Title, part.Minutes, part.Ask, [.. Points(postmortem, i, overdue).Take(MostPoints)]))];

    private static IEnumerable<string> Points(PostmortemView postmortem, int part, IReadOnlyList<string> overdue) => part switch
    {
        0 => postmortem.Figures.Where(f => f.Key is "duration_minutes" or "time_to_detect_minutes" or "time_to_mitigate_minutes" or "time_to_resolve_minutes").Select(f => $"{f.Name}: {f.Words}")
            .Concat(postmortem.Sections.Where(s => s.Others.Count > 0).Select(s => $"Two texts stand in \"{s.Kind.Title}\"")),
        1 => Of(postmortem, PostmortemSections.RootCause).Concat(postmortem.Sections.Where(s => s.Kind.Group == "factors").SelectMany(s => s.Points.Select(p => $"{s.Kind.Title}: {p}"))),
        2 => postmortem.Actions.Select(a => $"{a.Name} {a.Priority} {a.Title}, {(a.Owner.Length > 0 ? a.Owner : "nobody")}, due {a.DeadlineDay}").DefaultIfEmpty("No action is written down yet.").Concat(overdue.Select(o => "Overdue: " + o)),
        3 => Of(postmortem, "detected-sooner").Concat(Of(postmortem, "went-wrong")).Concat(Of(postmortem, "lucky").Select(p => "We got lucky: " + p)),
        _ => [],
    };

    private static IEnumerable<string> Of(PostmortemView postmortem, string key) => PostmortemSections.Points(postmortem.Text(key));
}
