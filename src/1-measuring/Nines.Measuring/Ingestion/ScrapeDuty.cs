using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Ingestion.Scrape;
using NodaTime;

namespace Nines.Measuring.Ingestion;

/// <summary>Reads the pages of all <c>ScrapeTarget</c> manifests, each at its own moment of its interval. Every node reads for itself.</summary>
internal sealed class ScrapeDuty(ScrapeRounds rounds, CompiledManifests manifests, TimeProvider clock) : Duty
{
    private HouseState? _followed;

    public override string Name => "ingestion.scrape";

    public override bool EveryNode => true;

    public override Instant? NextDue(HouseState state)
    {
        if (!ReferenceEquals(_followed, state))
        {
            rounds.Follow([.. manifests.For(state).Of<ScrapeTarget>()]);
            _followed = state;
        }
        return rounds.NextDueMs is { } due ? Instant.FromUnixTimeMilliseconds(due) : null;
    }

    public override Task RunAsync(Instant now, CancellationToken stop)
    {
        rounds.StartDue(clock.UnixMs(), stop);
        return Task.CompletedTask;
    }
}
