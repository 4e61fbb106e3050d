using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Access;

/// <summary>Erases the hashes of passwords that count no more; whatever crashes in between, they are erased in the end.</summary>
internal sealed class EraseSecretsDuty(IHouse house, IPersonKeys keys) : Duty
{
    public override string Name => "access.erase-secrets";

    public override Instant? NextDue(HouseState state) => state.Get<AccessState>().Spent.IsEmpty ? null : Instant.MinValue;

    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        var spent = house.State.Get<AccessState>().Spent;
        foreach (var secret in spent) await keys.EraseAsync(secret, stop);
        await house.DecideAsync<bool>(Actor.Duty(Name), deciding =>
        {
            deciding.Write(new("access", "secrets"), new SecretsErased([.. spent]));
            return true;
        }, stop: stop);
    }
}
