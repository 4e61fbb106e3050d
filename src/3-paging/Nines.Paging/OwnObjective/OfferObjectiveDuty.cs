using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.OwnObjective;

/// <summary>Applies the objective of pages once, when there is a first page to be measured.</summary>
internal sealed partial class OfferObjectiveDuty(IHouse house, CompiledManifests compiled, ApplyManifests apply, IOptions<OwnObjectiveOptions> options, ILogger<OfferObjectiveDuty> log) : Duty
{
    /// <summary>The manifest as it is shipped. 99 % and two failures: one late page is the page's own affair, several are a fault of Nines.</summary>
    public const string Manifest = """
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: pages-in-time
          displayName: Pages in time
          annotations: { nines/min-failures: "2" }
        spec:
          description: 99 % of pages miss no deadline on their way to somebody. Nines counts them itself.
          service: nines
          indicator:
            metadata: { name: pages-in-time }
            spec:
              ratioMetric:
                counter: true
                good: { metricSource: { type: nines, spec: { selector: 'nines_pages_total{deadlines="met"}' } } }
                total: { metricSource: { type: nines, spec: { selector: 'nines_pages_total' } } }
          timeWindow: [{ duration: 30d, isRolling: true }]
          budgetingMethod: Occurrences
          objectives: [{ target: 0.99 }]
        """;

    private static readonly ManifestKey Key = new("openslo/v1", "SLO", "pages-in-time");

    /// <inheritdoc />
    public override string Name => "own-objective.offer";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) =>
        options.Value.Offer && state.Get<PagesProven>() is { Offered: false } pages && (!pages.Open.IsEmpty || pages.InTime + pages.Late > 0) ? Instant.MinValue : null;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        if (compiled.For(house.State).Find(Key) is null)
        {
            var applied = await apply.ApplyAsync(Actor.Duty(Name), Manifest, null, dryRun: false, stop);
            if (!applied.Ok) LogRefused(log, string.Join(' ', applied.Problems));
        }

        await house.DecideAsync<bool>(Actor.Duty(Name), deciding =>
        {
            if (!deciding.State.Get<PagesProven>().Offered) deciding.Write(new("own-objective", Key.Name), new ObjectiveOffered(Key.Name));
            return true;
        }, stop: stop);
    }

    [LoggerMessage(3501, LogLevel.Warning, "The objective of pages could not be applied: {Problems}")]
    private static partial void LogRefused(ILogger log, string problems);
}
