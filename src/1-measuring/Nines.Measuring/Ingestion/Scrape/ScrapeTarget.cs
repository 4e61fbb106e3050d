using Nines.Measuring.Ingestion.Access;
using NodaTime;

namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>What a <c>ScrapeTarget</c> manifest asks for: pages to be read at an interval.</summary>
/// <param name="Name">The manifest's name.</param>
/// <param name="Job">The label <c>job</c>; the name where none is given.</param>
/// <param name="Pages">The address of each page; its host and port are the label <c>instance</c>.</param>
/// <param name="Interval">From one read to the next, 1 s to 1 h.</param>
/// <param name="Timeout">For a whole read; at most the interval.</param>
/// <param name="Labels">Further labels of every series.</param>
/// <param name="HonorLabels">True: labels that the page writes itself stay as they are.</param>
/// <param name="SampleLimit">More samples than this refuse the page.</param>
/// <param name="Access">How its pages let Nines in.</param>
/// <param name="BodyLimit">More bytes than this, after inflating, refuse the page.</param>
public sealed record ScrapeTarget(
    string Name, string Job, IReadOnlyList<Uri> Pages, Duration Interval, Duration Timeout,
    IReadOnlyDictionary<string, string> Labels, bool HonorLabels, int SampleLimit, long BodyLimit, HttpAccess Access)
{
    /// <summary>As Prometheus' default is a minute, but pages about users should come sooner: 15 s.</summary>
    public static readonly Duration DefaultInterval = Duration.FromSeconds(15);

    /// <summary>As Prometheus: 10 s, or the interval where that is shorter.</summary>
    public static readonly Duration DefaultTimeout = Duration.FromSeconds(10);

    public const int DefaultSampleLimit = 500_000;

    public const long DefaultBodyLimit = 64L * 1024 * 1024;
}
