using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>
/// The people whose phones ring. Some take a page on within seconds, some after a while, some sleep through it; some give
/// it back, let it sleep, hand it on, ask for the next step or make it part of another one.
/// </summary>
internal sealed class SimPeople(SimWorld world, SimRandom random)
{
    // In one world in three they sleep deeply, and pages go all their rounds; in the others most hear the first call.
    private readonly double _wakeful = random.Percent(33) ? random.Next(5, 60) : random.Next(60, 96);

    // Nobody asks for more people about one page again and again, and nobody wavers about it twice: where everybody is called
    // each time, who takes it on and gives it back would fill a week with calls about one page.
    private readonly HashSet<(string Page, string Person)> _asked = [];
    private readonly HashSet<(string Page, string Person)> _wavered = [];

    /// <summary>A phone has a message that it had not before.</summary>
    public void Ring(Delivery delivery)
    {
        if (!delivery.About.StartsWith("page/", StringComparison.Ordinal) || IsQuiet(delivery) || !random.Percent(_wakeful)) return;
        var page = delivery.About["page/".Length..];
        var person = delivery.Target[..delivery.Target.IndexOf('/', StringComparison.Ordinal)];
        var way = random.Next(100);
        world.Clock.After(random.Spread(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(12)), () =>
        {
            if (world.Up) Act(page, person, delivery, way);
        });
    }

    /// <summary>It changed what stands on a screen: nobody looked up.</summary>
    private static bool IsQuiet(Delivery delivery) => delivery.Payload.TryGetProperty("event", out var said) && MessageEvent.IsQuiet(said.GetString() ?? "");

    private void Act(string page, string person, Delivery delivery, int way)
    {
        var process = world.Process;
        if (ChannelTraits.Of(delivery.Kind).CanAnswer && way < 50) process.Run(() => AnswerAsync(process, page, person, delivery.Id, way >= 42 && _asked.Add((page, person)) ? ContactAnswer.Escalate : ContactAnswer.Acknowledge));
        else if (way >= 94) process.Run(() => AtTheAlertsAsync(process, page, person));
        else process.Run(() => TakeOnAsync(process, page, person));
        // Most leave it there.
        if (random.Percent(75) || !_wavered.Add((page, person))) return;
        var later = random.Next(5);
        if (later == 2 && !_asked.Add((page, person))) return;
        var length = Duration.FromTimeSpan(random.Spread(TimeSpan.FromMinutes(1), TimeSpan.FromHours(3)));
        world.Clock.After(random.Spread(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), () => world.Call("second thoughts", p => later switch
        {
            0 => p.Get<PageDesk>().UnacknowledgeAsync(Actor.Local, page, person, CancellationToken.None),
            1 => p.Get<PageDesk>().SnoozeAsync(Actor.Local, page, length, person, CancellationToken.None),
            2 => p.Get<PageDesk>().EscalateAsync(Actor.Local, page, person, CancellationToken.None),
            3 => p.Get<PageDesk>().ReassignAsync(Actor.Local, page, ["p0"], person, CancellationToken.None),
            _ => MergeAsync(p, page, person),
        }));
    }

    /// <summary>By the button behind the message's link.</summary>
    private async Task TakeOnAsync(SimProcess process, string page, string person)
    {
        world.Ledger.Says(page, person);
        var taken = await process.Get<PageDesk>().AcknowledgeAsync(Actor.Local, page, person, "link", CancellationToken.None);
        if (taken.Ok) world.Ledger.Answered(taken.Value);
        // Whoever left has no page any more.
        if (taken.Ok || process.Get<CompiledManifests>().Catalog(process.State).PersonById(person) is not null) world.Ledger.Took(page, person, taken, process.State);
    }

    /// <summary>Where the message reached them: a key, a reply, a button.</summary>
    private async Task AnswerAsync(SimProcess process, string page, string person, string effect, string answer)
    {
        if (answer == ContactAnswer.Acknowledge) world.Ledger.Says(page, person);
        var news = await process.Get<IHouse>().DecideAsync(Actor.Person(person), deciding =>
        {
            var written = ReceiptRule.Answer(deciding.State.Get<ChannelBook>(), effect, answer, person, null, null);
            foreach (var (stream, happened) in written) deciding.Write(stream, happened);
            return Outcome<bool>.Of(written.Count > 0);
        });
        if (news.Outcome.Value && answer == ContactAnswer.Acknowledge && process.State.Get<PageBook>().OfThread(page) is { } open) world.Ledger.Answered(open.Id);
    }

    /// <summary>In the program where the alerts are listed.</summary>
    private async Task AtTheAlertsAsync(SimProcess process, string page, string person)
    {
        if (process.State.Get<PageBook>().OfThread(page) is not { EndedAt: null } open) return;
        world.Ledger.Says(page, person);
        var done = await process.Get<AlertDesk>().AcknowledgeAsync(Actor.Door("simulation"), [.. open.Alerts], person, "api", CancellationToken.None);
        if (done.Ok) world.Ledger.Answered(open.Id);
    }

    private async Task<Outcome<string>> MergeAsync(SimProcess process, string page, string person)
    {
        var into = process.State.Get<PageBook>().All.Values.Where(p => p.EndedAt is null && p.Run is not null && p.Id != page).OrderBy(p => p.Id, StringComparer.Ordinal).FirstOrDefault();
        if (into is null) return "";
        var merged = await process.Get<PageDesk>().MergeAsync(Actor.Local, page, into.Id, person, CancellationToken.None);
        if (merged.Ok) world.Ledger.Answered(page);
        return merged;
    }
}
