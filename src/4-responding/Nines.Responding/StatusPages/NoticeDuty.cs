using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>Sends the next batch of a notice on its way, one commit each.</summary>
internal sealed class NoticeDuty(IHouse house, CompiledManifests manifests) : Duty
{
    /// <inheritdoc />
    public override string Name => "statuspages.notify";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        foreach (var page in state.Get<StatusBook>().Pages.Values)
            if (NoticeRule.Waits(page)) return Instant.MinValue;
        return null;
    }

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        foreach (var name in house.State.Get<StatusBook>().Pages.Keys)
            await house.DecideAsync(Actor.Duty(Name), deciding =>
            {
                var components = manifests.For(deciding.State).Find<StatusPage>(name)?.Keys ?? [];
                foreach (var (stream, happened) in NoticeRule.Next(name, deciding.State.Get<StatusBook>().Of(name), components, deciding.NewId)) deciding.Write(stream, happened);
                return Outcome<int>.Of(0);
            }, stop: stop);
    }
}
