
namespace Nines.Host.Simulation;

/// <summary>What many worlds came to; the fields are a promise to scripts.</summary>
internal sealed record SimReport(
    ulong Seed, double Years, int Worlds, int Alerts, int Pages, int Acknowledged, int Incidents, int IncidentAnswers, int MissedCheckIns, int Crashes, int Lost, int Late, int Duplicates, long Events, string Digest,
    IReadOnlyList<SimFinding> Broken);

/// <summary>A world in which a promise broke.</summary>
internal sealed record SimFinding(int World, string Kind, string What, string At, string Replay, IReadOnlyList<string> Before);

/// <summary>Runs worlds side by side, each on one thread, and adds them up in their order.</summary>
internal static class SimRun
{
    /// <summary>A simulated year is 52 worlds of a week.</summary>
    public const int WorldsOfAYear = 52;

    /// <summary>Runs them; stops early once so many have broken, or where it is told to. The report is of those that ran.</summary>
    public static SimReport Run(ulong seed, double years, int mostBroken, Action<IServiceCollection>? planted, Action<int, int> progress, CancellationToken stop)
    {
        var worlds = Worlds(years);
        var results = new SimResult?[worlds];
        var broken = 0;
        var done = 0;
        SideBySide.Run(worlds, number =>
        {
            if (stop.IsCancellationRequested || Volatile.Read(ref broken) >= mostBroken) return;
            results[number] = new SimWorld(seed, number, planted).Run();
            if (results[number]!.Break is not null) Interlocked.Increment(ref broken);
            progress(Interlocked.Increment(ref done), worlds);
        });
        return Add(seed, [.. results.OfType<SimResult>()]);
    }

    /// <summary>So many worlds are so many years; one at least.</summary>
    public static int Worlds(double years) => Math.Max(1, (int)Math.Round(years * WorldsOfAYear));

    private static SimReport Add(ulong seed, SimResult[] all)
    {
        var digest = all.Aggregate(14695981039346656037UL, (sum, one) => (sum ^ one.Digest) * 1099511628211UL);
        var findings = all.Where(r => r.Break is not null).Select(r => Finding(seed, r)).ToArray();
        return new(
            seed, (double)all.Length / WorldsOfAYear, all.Length, all.Sum(r => r.Alerts), all.Sum(r => r.Pages), all.Sum(r => r.Acknowledged), all.Sum(r => r.Incidents), all.Sum(r => r.IncidentAnswers), all.Sum(r => r.MissedCheckIns), all.Sum(r => r.Crashes), all.Count(r => r.Break?.Kind == Broken.Lost),
            all.Count(r => r.Break?.Kind == Broken.Late), all.Sum(r => r.Duplicates), all.Sum(r => r.Events), digest.ToString("x16", System.Globalization.CultureInfo.InvariantCulture), findings);
    }

    private static SimFinding Finding(ulong seed, SimResult result) => new(
        result.World, result.Break!.Kind.ToString().ToLowerInvariant(), result.Break.What, result.Break.At.ToString("c", System.Globalization.CultureInfo.InvariantCulture),
        $"nines simulate --seed {seed} --world {result.World}", result.Break.Before);
}
