using Nines.Learning.Actions;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>The agenda of a review meeting, with what is overdue elsewhere: whoever decides on new actions sees what is left of the old.</summary>
public sealed class AgendaReading(PostmortemReading postmortems, ActionReading actions)
{
    /// <summary>The agenda of a postmortem.</summary>
    public IReadOnlyList<AgendaItem> Of(PostmortemView postmortem, Instant now)
    {
        var overdue = actions.Overdue(now).Where(a => a.IncidentId != postmortem.Id && postmortem.Facts?.Services.Contains(a.Service) == true).Select(a => $"{a.Name} {a.Title}, {(a.Owner.Length > 0 ? a.Owner : "nobody")}, was due {a.DeadlineDay}");
        return ReviewAgenda.Of(postmortem, postmortems.Policy, [.. overdue]);
    }
}
