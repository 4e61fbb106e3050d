using Nines.Kernel;
using NodaTime;

namespace Nines.Learning.Actions;

/// <summary>Looks every five minutes at what checks name: closes actions on evidence, and opens them again where it is gone.</summary>
internal sealed class CheckDuty(IHouse house, CheckReading checks) : Duty
{
    private static readonly Duration Every = Duration.FromMinutes(5);

    private Instant _looked = Instant.MinValue;

    /// <inheritdoc />
    public override string Name => "actions.check";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => !state.Get<ActionBook>().All.Values.Any(Watched) ? null : _looked == Instant.MinValue ? Instant.MinValue : _looked + Every;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        _looked = now;
        var state = house.State;
        // Read before it is decided: the writer waits for no indicator.
        var seen = state.Get<ActionBook>().All.Values.Where(Watched).Select(a => (a.Id, a.Check, Sight: checks.Of(state, a, now))).Where(s => s.Sight.Holds is not null).ToArray();
        if (seen.Length == 0) return;
        await house.DecideAsync(Actor.Duty(Name), deciding =>
        {
            foreach (var (id, check, sight) in seen)
            {
                if (deciding.State.Get<ActionBook>().All.GetValueOrDefault(id) is not { } action || action.Check != check) continue;
                foreach (var happened in ActionRules.Saw(action, sight, deciding.Now)) deciding.Write(ActionDesk.StreamOf(id), happened);
            }

            return Outcome<int>.Of(seen.Length);
        }, stop: stop);
    }

    private static bool Watched(ActionItem action) => action.Check is not null && (action.IsOpen || action.ByCheck);
}
