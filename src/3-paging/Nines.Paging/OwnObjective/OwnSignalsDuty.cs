using Nines.Kernel;
using Nines.Measuring.Ingestion;
using NodaTime;

namespace Nines.Paging.OwnObjective;

/// <summary>Books pages as samples: at once when one ended or came late, and every minute that nothing happened, so that silence is known to be quiet.</summary>
internal sealed class OwnSignalsDuty(IHouse house, CountedIntake intake) : Duty
{
    private static readonly Duration Every = Duration.FromMinutes(1);

    private Instant _next = Instant.MinValue;
    private string _booked = "";

    /// <inheritdoc />
    public override string Name => "own-objective.book";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var pages = state.Get<PagesProven>();
        if (pages is { InTime: 0, Late: 0, Open.IsEmpty: true }) return null;
        return OwnSignals.Write(pages) == _booked ? _next : Instant.MinValue;
    }

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        var pages = house.State.Get<PagesProven>();
        await intake.AcceptAsync(OwnSignals.Since(intake.TextMark(OwnSignals.Mark), pages, now.ToUnixTimeMilliseconds()), stop);
        (_booked, _next) = (OwnSignals.Write(pages), now + Every);
    }
}
