using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>An exercise that was declared for a drill is over with it: nobody has to clean up.</summary>
internal sealed class DrillCloseDuty(IHouse house, IncidentDesk incidents) : Duty
{
    /// <inheritdoc />
    public override string Name => "drills.close";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => Left(state) is { } run ? run.EndedAt : null;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        while (Left(house.State) is { } run)
        {
            var closed = await incidents.ResolveAsync(Actor.Duty(Name), run.Incident, new("It was a drill.", "The drill is over."), "", stop);
            // Somebody else closed it meanwhile; anything else is tried again, slower and slower.
            if (!closed.Ok && Left(house.State)?.Id == run.Id) throw new InvalidOperationException(closed.Problems[0].What);
        }
    }

    private static DrillRun? Left(HouseState state)
    {
        var (book, incidents) = (state.Get<DrillBook>(), state.Get<IncidentBook>());
        return book.Ended.Select(id => book.All[id]).FirstOrDefault(r => r.Incident.Length > 0 && incidents.All.GetValueOrDefault(r.Incident) is { Open: true, Drill: true });
    }
}
