using Nines.Catalog;
using Nines.Kernel;
using Nines.Paging.Channels;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>The providers between the house and people's phones, in the mood of the hour.</summary>
internal sealed class SimNetwork(SimWorld world, SimProcess process, SimFaults faults, SimRandom random)
{
    private static readonly TimeSpan Instantly = TimeSpan.FromMilliseconds(50);

    /// <summary>Carries one try.</summary>
    public async Task<SendOutcome> CarryAsync(Delivery delivery, CancellationToken stop)
    {
        if (process.Dead) return await SimJournal.Never<SendOutcome>();
        process.Ledger.Left(delivery);
        if (process.Dies(CrashPoint.BeforeSend)) return await SimJournal.Never<SendOutcome>();
        var mood = faults.MoodOf(delivery.Kind, process.World.Now);
        var wait = mood == Mood.Slow ? random.Spread(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(40)) : random.Spread(Instantly, TimeSpan.FromSeconds(1));
        if (mood == Mood.Dropping) wait = TimeSpan.FromDays(1);
        // A slow provider may well have the message when its caller gives up: it comes again under the same id.
        if (mood is Mood.Slow or Mood.Mute or Mood.Healthy) process.World.After(wait / 2, () => Arrive(delivery));
        await Task.Delay(mood == Mood.Mute ? TimeSpan.FromDays(1) : wait, process.Clock, stop);
        return Answer(delivery, mood);
    }

    private void Arrive(Delivery delivery)
    {
        // A machine that picks up hears every word and takes nothing on.
        var machine = delivery.Kind == ContactKinds.Voice && random.Percent(25);
        process.Ledger.Arrived(delivery, heard: !machine);
        process.Dies(CrashPoint.AfterSend);
        if (machine) world.Clock.After(random.Spread(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)), () => Receipt(delivery.Id, failed: true, "A machine picked up."));
        if (machine || !ChannelTraits.Of(delivery.Kind).ProvesDelivered) return;
        // Carriers say how far it came: mostly once, sometimes twice, not at all, late, or that it failed after all.
        var times = random.Percent(75) ? 1 : random.Next(3);
        for (; times > 0; times--)
        {
            var failed = random.Percent(10);
            process.World.After(random.Spread(TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(3)), () => Receipt(delivery.Id, failed, failed ? "undeliverable" : "delivered"));
        }
    }

    /// <summary>A call-back of the provider, to whatever process is there by then.</summary>
    private void Receipt(string effect, bool failed, string reason) => world.Call("receipt", now => now.Get<IHouse>().DecideAsync(Actor.Door("provider"), deciding =>
    {
        foreach (var (stream, happened) in ReceiptRule.Receive(deciding.State.Get<ChannelBook>(), effect, ProofStage.Delivered, failed, reason, null, null))
            deciding.Write(stream, happened);
        return Outcome<bool>.Of(true);
    }));

    private SendOutcome Answer(Delivery delivery, Mood mood)
    {
        switch (mood)
        {
            case Mood.Healthy or Mood.Slow or Mood.Lying:
                process.Ledger.Accepted(delivery);
                return new(SendVerdict.Accepted, "accepted");
            case Mood.Busy:
                return new(SendVerdict.Retry, "429 Too Many Requests", Duration.FromSeconds(random.Next(1, 90)));
            case Mood.Refusing:
                return new(SendVerdict.Refused, "410 Gone");
            case Mood.Garbage:
                throw new FormatException("The provider answered what nobody understands.");
            default:
                return new(SendVerdict.Retry, "500 Internal Server Error");
        }
    }
}

/// <summary>The way out of one kind, into the simulated network.</summary>
internal sealed class SimSender(string kind, SimNetwork network) : IOutboxSender
{
    public string Kind => kind;

    public Duration Timeout => Duration.FromSeconds(10);

    public Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop) => network.CarryAsync(delivery, stop);
}
