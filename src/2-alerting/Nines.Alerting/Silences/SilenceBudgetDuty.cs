using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Silences;

/// <summary>Looks once a minute whether a silence costs more budget than was meant, and breaks it where it does.</summary>
internal sealed class SilenceBudgetDuty(IHouse house, SilenceBudgets budgets) : Duty
{
    private static readonly Duration Every = Duration.FromMinutes(1);

    // Only how often it looks; what it finds is decided from the journal and the signals, after a restart at once.
    private Instant _looked = Instant.MinValue;

    /// <inheritdoc />
    public override string Name => "silences.budget";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        Instant? due = null;
        foreach (var silence in state.Get<SilenceBook>().Open.Values)
            if (silence.Bounds is { MaxBudget: not null } && (due is null || silence.StartsAt < due)) due = silence.StartsAt;
        return due is { } at && _looked > Instant.MinValue ? Instant.Max(at, _looked + Every) : due;
    }

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        _looked = now;
        var watched = house.State.Get<SilenceBook>().Open.Values.Where(s => s.Bounds is { MaxBudget: not null } && s.ActiveAt(now)).ToArray();
        if (watched.Length == 0) return;
        var left = budgets.Of(watched.SelectMany(s => s.Bounds!.Budgets.Keys).ToHashSet(StringComparer.Ordinal), now);
        if (!watched.Any(s => SilenceBreaks.TooDear(s, left) is not null)) return;
        await house.DecideAsync(Actor.Duty(Name), deciding =>
        {
            foreach (var silence in deciding.State.Get<SilenceBook>().Open.Values)
                if (SilenceBreaks.TooDear(silence, left) is { } broke) deciding.Write(new("silence", silence.Id), broke);
            return Outcome<bool>.Of(true);
        }, stop: stop);
    }
}
