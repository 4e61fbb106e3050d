using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>Notices that a postmortem is overdue, and opens a ticket for it, in one commit.</summary>
internal sealed class PostmortemDuty(IHouse house, CompiledManifests manifests, AlertRoutes routes) : Duty
{
    /// <inheritdoc />
    public override string Name => "postmortems.overdue";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var book = state.Get<PostmortemBook>();
        if (book.All.Count == book.Finals.Count) return null;
        return book.Open.Where(p => !p.Overdue).Min(p => DueAt(state, p));
    }

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => house.DecideAsync(Actor.Duty(Name), deciding =>
    {
        var received = new List<ReceivedAlert>();
        foreach (var postmortem in deciding.State.Get<PostmortemBook>().Open)
        {
            if (postmortem.Overdue || DueAt(deciding.State, postmortem) is not { } due || due > deciding.Now) continue;
            deciding.Write(PostmortemDesk.StreamOf(postmortem.Id), new PostmortemOverdue(postmortem.Id, due));
            received.Add(new(OverduePostmortem.Alert(postmortem, deciding.State.Get<IncidentBook>().Find(postmortem.Id), due, deciding.Now)));
        }

        if (received.Count > 0)
            foreach (var (stream, happened) in Intake.Take(deciding.State.Get<AlertBook>(), routes.For(deciding.State), received, deciding.Now, deciding.NewId).Events) deciding.Write(stream, happened);
        return Outcome<int>.Of(received.Count);
    }, stop: stop);

    private Instant? DueAt(HouseState state, Postmortem postmortem)
    {
        var set = manifests.For(state);
        return OverduePostmortem.DueAt(postmortem, state.Get<IncidentBook>().Find(postmortem.Id)?.Services ?? [], PostmortemPolicies.Of(set), CatalogView.Of(set));
    }
}
