using Nines.Alerting.Alerts;
using Nines.Alerting.Heartbeats;
using Nines.Kernel;
using static Nines.Host.Simulation.SimPromises;

namespace Nines.Host.Simulation;

/// <summary>A job that promised a sign of life: it gives it, stays out for a while, and comes back.</summary>
internal sealed class SimBeat(SimWorld world, SimPromises promises, TimeSpan outFrom, TimeSpan outUntil)
{
    public const string Name = "nightly";

    private static readonly TimeSpan Every = TimeSpan.FromHours(6);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);

    // What only the journal remembers gets the time on top in which a ping need not be written down.
    private static readonly TimeSpan Written = TimeSpan.FromHours(3);
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);

    // When it was heard last, and what the world had kept the house from until then.
    private (TimeSpan At, TimeSpan Excused)? _heard;

    /// <summary>Its manifest.</summary>
    public static string Manifest => $"apiVersion: nines/v1\nkind: Heartbeat\nmetadata: {{ name: {Name} }}\nspec: {{ every: 6h, grace: 30m, service: s0 }}\n";

    /// <summary>Gives its sign of life from now on.</summary>
    public void Beat()
    {
        var now = world.Clock.Now;
        if (now >= outFrom && now < outUntil)
        {
            if (_heard is { } last) promises.Expect(Broken.Lost, last.At + Every + Grace + Written + SimOwed.PageWithin - now + (promises.Excused - last.Excused), Missed, () => $"The heartbeat {Name} stays out since {last.At:c}, and nobody says so.");
            world.Clock.At(outUntil, Beat);
            return;
        }

        world.Clock.After(Every, Beat);
        Tell();
    }

    private void Tell()
    {
        var process = world.Process;
        if (!world.Up || process.Get<HeartbeatDesk>().All(process.State) is not [var beat])
        {
            world.Clock.After(TryAgain, Tell);
            return;
        }

        var heard = false;
        process.Run(async () =>
        {
            await process.Get<HeartbeatDesk>().HearAsync(beat, Actor.Door("simulation"), CancellationToken.None);
            heard = true;
            _heard = (world.Clock.Now, promises.Excused);
            if (Firing(process.State) is { } alert) world.Ledger.Break(Broken.Late, $"The heartbeat {Name} was heard again, and its alert {alert.Id} fires on.");
        });
        // Whoever hears no answer asks again.
        world.Clock.After(TryAgain, () =>
        {
            if (!heard) Tell();
        });
    }

    private Standing Missed(HouseState state)
    {
        if (world.Clock.Now >= outUntil || Firing(state) is not null) return Standing.Kept;
        // After a start nobody could be heard for a while, so each gets its whole time anew.
        return world.Unsettled || world.Clock.Now - world.Process.StartedAt < Every + Grace + SimOwed.PageWithin ? Standing.UnderWay : Standing.Broken;
    }

    private static Alert? Firing(HouseState state)
    {
        foreach (var (_, alert) in state.Get<AlertBook>().All)
            if (alert.Firing && alert.Source == "heartbeats") return alert;
        return null;
    }
}
