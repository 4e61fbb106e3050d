using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>Forgets those who never proved that it was them.</summary>
internal sealed class ForgetDuty(IHouse house, SubscriberAddresses addresses) : Duty
{
    /// <inheritdoc />
    public override string Name => "statuspages.forget";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => state.Get<StatusBook>().Pages.Values.Min(SubscriberRules.NextExpiry);

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        var gone = new List<string>();
        await house.DecideAsync(Actor.Duty(Name), deciding =>
        {
            gone.Clear();
            foreach (var (name, page) in deciding.State.Get<StatusBook>().Pages)
                foreach (var left in SubscriberRules.Expired(name, page, deciding.Now).Take(NoticeRule.Batch))
                {
                    deciding.Write(NoticeRule.StreamOf(name), left);
                    gone.Add(left.Id);
                }

            return Outcome<int>.Of(gone.Count);
        }, stop: stop);
        foreach (var id in gone) await addresses.EraseAsync(id, stop);
    }
}
