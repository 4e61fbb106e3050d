using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Paging.Schedules;
using Nines.Shell;
using NodaTime;

namespace Nines.Tests.Stories.Simulation;

/// <summary>Classic bugs of pagers, each put into the house by replacing a part of it; the product knows nothing of them.</summary>
internal static partial class Planted
{
    /// <summary>The message leaves while the commit that decides it is still under way.</summary>
    public static void SendBeforeCommit(IServiceCollection services) => services.AddSingleton<Reaction, SendsAtOnce>();

    /// <summary>When a group is due is remembered in memory only.</summary>
    public static void TimerInMemory(IServiceCollection services) => services.AddSingleton<Duty, ForgetfulFlush>();

    /// <summary>What a dead process was sending counts as sent.</summary>
    public static void CrashWhileSendingCountsAsSent(IServiceCollection services) => services.AddSingleton<IRoomLife, CountsAsSent>();

    /// <summary>Alerts that differ only in their instance count as one.</summary>
    public static void DedupEatsANewAlert(IServiceCollection services) => Replace<AlertBook>(services, new GreedyDedup());

    /// <summary>An end waits for nothing.</summary>
    public static void ResolveOvertakesPage(IServiceCollection services) => Replace<Outbox>(services, new HastyOutbox());

    /// <summary>An idempotency key that two different calls share: the second is answered, and nothing happens.</summary>
    public static void RepeatedKeyWithoutEffect(IServiceCollection services)
    {
        services.RemoveAll<IHouse>();
        services.AddSingleton<IHouse>(s => new KeyedTooCoarsely(s.GetRequiredService<House>(), s.GetRequiredService<TimeProvider>()));
    }

    /// <summary>When all rounds are over, nothing follows.</summary>
    public static void LastResortForgotten(IServiceCollection services) => Replace<PageBook>(services, new EndlessWait());

    /// <summary>A snapshot leaves something out, so that a start from it knows less than the house did.</summary>
    public static void SnapshotForgets(IServiceCollection services) => Replace<AlertBook>(services, new ForgetfulSnapshot());

    /// <summary>An acknowledgement is answered, and what was on its way goes on ringing.</summary>
    public static void AcknowledgeNotFenced(IServiceCollection services) => Replace<Outbox>(services, new DeafOutbox());

    /// <summary>The end of an override leaves a gap.</summary>
    public static void OverrideLeavesAGap(IServiceCollection services) => services.AddSingleton<IOnCallSchedules, GapAfterOverride>();

    private static void Replace<TState>(IServiceCollection services, Fold<TState> fold) where TState : class
    {
        Remove(services, d => d.ImplementationInstance is Fold<TState>);
        services.AddSingleton<Fold>(fold);
    }

    private static void Remove(IServiceCollection services, Predicate<ServiceDescriptor> which)
    {
        for (var i = services.Count - 1; i >= 0; i--)
            if (which(services[i])) services.RemoveAt(i);
    }
}

file sealed class SendsAtOnce(IEnumerable<IOutboxSender> senders) : Reaction<OutboxIntended>
{
    protected override void React(OutboxIntended happened, JournalEntry entry, Deciding deciding) =>
        _ = senders.First(s => s.Kind == happened.Kind).SendAsync(new(happened.Id, happened.Kind, happened.Target, happened.About, happened.Payload, 1), default);
}

file sealed class ForgetfulFlush(FlushGroupsDuty real) : Duty
{
    private HashSet<(string, Instant?)>? _forgotten;

    public override string Name => real.Name;

    public override Instant? NextDue(HouseState state)
    {
        var groups = state.Get<AlertBook>().Groups;
        _forgotten ??= [.. groups.Select(g => (g.Key, g.Value.FlushAt))];
        return groups.Where(g => g.Value.FlushAt is not null && !_forgotten.Contains((g.Key, g.Value.FlushAt))).Select(g => g.Value.FlushAt).Min();
    }

    public override Task RunAsync(Instant now, CancellationToken stop) => real.RunAsync(now, stop);
}

file sealed class CountsAsSent(IHouse house) : IRoomLife
{
    public Task StartAsync(CancellationToken stop) => house.DecideAsync(Actor.Duty("outbox.recover"), deciding =>
    {
        foreach (var effect in deciding.State.Get<Outbox>().Pending.Values)
            deciding.Write(Outbox.StreamOf(effect.Id), new OutboxSettled(effect.Id, EffectEnd.Accepted, effect.Attempts, "It was being sent when the process ended."));
        return Outcome<bool>.Of(true);
    }, stop: stop);

    public Task StopAsync(CancellationToken stop) => Task.CompletedTask;
}

/// <summary>A room's own fold, and something on top of it.</summary>
internal abstract class Altered<TState>(Fold<TState> real) : Fold<TState> where TState : class
{
    public override string Room => real.Room;

    public override int Version => real.Version;

    public override TState Empty => real.Empty;

    public override TState Apply(TState state, in Recorded happened) => real.Apply(state, in happened);

    public override ReadOnlyMemory<byte> Save(TState state) => real.Save(state);

    public override TState Load(ReadOnlyMemory<byte> data) => real.Load(data);
}

file sealed class GreedyDedup() : Altered<AlertBook>(new AlertBookFold())
{
    public override AlertBook Apply(AlertBook state, in Recorded happened)
    {
        var next = base.Apply(state, in happened);
        if (happened.Event is not AlertsTaken taken) return next;
        foreach (var alert in taken.Alerts)
            for (var i = 0; i < 3; i++)
            {
                var other = AlertLabels.Of(alert.Labels.Pairs.Select(p => p.Key == "instance" ? new(p.Key, $"i{i}") : p));
                if (next.Find(other.Fingerprint) is null) next = next with { ByFingerprint = next.ByFingerprint.SetItem(other.Number, alert.Id) };
            }

        return next;
    }
}

file sealed class HastyOutbox() : Altered<Outbox>(new OutboxFold())
{
    public override Outbox Apply(Outbox state, in Recorded happened) =>
        base.Apply(state, happened.Event is OutboxIntended intended ? happened with { Event = intended with { After = null } } : happened);
}

file sealed class DeafOutbox() : Altered<Outbox>(new OutboxFold())
{
    public override Outbox Apply(Outbox state, in Recorded happened) => happened.Event is OutboxCancelled ? state : base.Apply(state, in happened);
}

file sealed class EndlessWait() : Altered<PageBook>(new PageBookFold())
{
    public override PageBook Apply(PageBook state, in Recorded happened) =>
        base.Apply(state, happened.Event is PageStepTaken { Round: 3, Step: > 0 } step ? happened with { Event = step with { NextAt = null } } : happened);
}

file sealed class ForgetfulSnapshot() : Altered<AlertBook>(new AlertBookFold())
{
    public override AlertBook Load(ReadOnlyMemory<byte> data) => base.Load(data) with { Ended = [], EndedCount = 0 };
}

file sealed class KeyedTooCoarsely(House house, TimeProvider clock) : IHouse
{
    public HouseState State => house.State;

    public Task<Decided<T>> DecideAsync<T>(Actor actor, Func<Deciding, Outcome<T>> decide, string? key = null, CancellationToken stop = default) =>
        house.DecideAsync(actor, decide, actor.Text.StartsWith("door:", StringComparison.Ordinal) ? $"door/{clock.GetUtcNow():yyyyMMddHHmm}" : key, stop);

    public IDisposable Watch(Action<HouseState, IReadOnlyList<Recorded>> published) => house.Watch(published);

    public IDisposable Hold(Func<IReadOnlyList<Recorded>, Task> before) => house.Hold(before);

    public ValueTask<HouseState> StateAtAsync(long position, CancellationToken stop) => house.StateAtAsync(position, stop);
}

/// <summary>An override that is over leaves nobody on call until somebody looks again.</summary>
file sealed class GapAfterOverride(OnCallSchedules real) : IOnCallSchedules
{
    private static readonly Duration Gap = Duration.FromMinutes(1);

    public Shift? At(HouseState state, string schedule, Instant at) =>
        real.At(state, schedule, at) is { Layer: not "override" } shift && real.At(state, schedule, at - Gap) is { Layer: "override" } ? shift with { People = [] } : real.At(state, schedule, at);

    public IReadOnlyList<Shift> Between(HouseState state, string schedule, Instant from, Instant to) => real.Between(state, schedule, from, to);

    public IReadOnlyList<string> ShadowsAt(HouseState state, string schedule, Instant at) => real.ShadowsAt(state, schedule, at);
}
