using Nines.Alerting.Alerts;
using Nines.Kernel;

namespace Nines.Host.Simulation;

/// <summary>
/// The program that carries alerts to the door, as Prometheus does: whatever its rules say at one moment travels in one
/// call.
/// </summary>
internal sealed class SimAgent(SimWorld world)
{
    private readonly List<(IReadOnlyList<ReceivedAlert> Says, Action<TakenAlert> Heard)> _says = [];
    private bool _leaves;

    /// <summary>Says something about an alert; whoever hears nothing says it again.</summary>
    public void Tell(IReadOnlyList<ReceivedAlert> says, Action<TakenAlert> heard)
    {
        _says.Add((says, heard));
        if (!_leaves) world.Clock.After(TimeSpan.Zero, Leave);
        _leaves = true;
    }

    private void Leave()
    {
        _leaves = false;
        var says = _says.ToArray();
        _says.Clear();
        if (!world.Up) return;
        var process = world.Process;
        process.Run(async () =>
        {
            var answer = await process.Get<AlertDesk>().TakeAsync(Actor.Door("simulation"), [.. says.SelectMany(s => s.Says)], CancellationToken.None);
            if (!answer.Ok) return;
            var at = 0;
            foreach (var (said, heard) in says)
            {
                heard(answer.Value[at]);
                at += said.Count;
            }
        });
    }
}
