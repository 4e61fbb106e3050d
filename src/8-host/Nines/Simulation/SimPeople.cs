using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>
/// The people whose phones ring. Some take a page on within seconds, some after a while, some sleep through it; some give
/// it back, let it sleep, hand it on or ask for the next step.
/// </summary>
internal sealed class SimPeople(SimWorld world, SimRandom random)
{
    private readonly double _wakeful = random.Next(5, 60);

    /// <summary>A phone has a message that it had not before.</summary>
    public void Ring(Delivery delivery)
    {
        if (!delivery.About.StartsWith("page/", StringComparison.Ordinal) || IsQuiet(delivery) || !random.Percent(_wakeful)) return;
        var page = delivery.About["page/".Length..];
        var person = delivery.Target[..delivery.Target.IndexOf('/', StringComparison.Ordinal)];
        world.Clock.After(random.Spread(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(12)), () => Act(page, person));
    }

    /// <summary>It changed what stands on a screen: nobody looked up.</summary>
    private static bool IsQuiet(Delivery delivery) => delivery.Payload.TryGetProperty("event", out var said) && MessageEvent.IsQuiet(said.GetString() ?? "");

    private void Act(string page, string person)
    {
        if (!world.Up) return;
        var process = world.Process;
        var desk = process.Get<PageDesk>();
        process.Run(async () =>
        {
            var taken = await desk.AcknowledgeAsync(Actor.Local, page, person, "link", CancellationToken.None);
            if (taken.Ok) world.Ledger.Answered(page);
        });
        // Most leave it there.
        if (random.Percent(80)) return;
        var later = random.Next(4);
        var length = Duration.FromTimeSpan(random.Spread(TimeSpan.FromMinutes(1), TimeSpan.FromHours(3)));
        world.Clock.After(random.Spread(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), () => world.Call("second thoughts", p => later switch
        {
            0 => p.Get<PageDesk>().UnacknowledgeAsync(Actor.Local, page, person, CancellationToken.None),
            1 => p.Get<PageDesk>().SnoozeAsync(Actor.Local, page, length, person, CancellationToken.None),
            2 => p.Get<PageDesk>().EscalateAsync(Actor.Local, page, person, CancellationToken.None),
            _ => p.Get<PageDesk>().ReassignAsync(Actor.Local, page, ["p0"], person, CancellationToken.None),
        }));
    }
}
