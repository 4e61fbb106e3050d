using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Measuring.Ingestion.Scrape;

namespace Nines.Measuring.Ingestion.Api;

/// <summary>How the scraped targets stand.</summary>
internal static class TargetsApi
{
    public static IResult List(ScrapeRounds rounds) => Results.Json(new { targets = rounds.Status().Select(Of) }, HouseJson.Options);

    private static object Of(ScrapeStatus status) => new
    {
        target = status.Target,
        job = status.Job,
        instance = status.Instance,
        page = status.Page,
        up = status.Up,
        lastRead = status.LastReadUnixMs == 0 ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(status.LastReadUnixMs),
        scrapeDurationSeconds = Math.Round(status.DurationMs / 1000, 4),
        samples = status.Samples,
        bytes = status.Bytes,
        error = status.Error,
        lines = status.Lines,
        reads = status.Reads,
        failures = status.Failures,
        missed = status.Missed,
    };
}
